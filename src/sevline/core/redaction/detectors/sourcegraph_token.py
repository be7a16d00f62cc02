"""Sourcegraph access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "sourcegraph_token",
    "Sourcegraph access token",
    r"sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}",
    keywords=("sgp_",),
)
