"""Okta API token."""

from sevline.core.redaction.detector import token_format

token_format(
    "okta_token",
    "Okta API token",
    r"00[A-Za-z0-9_-]{40}",
    gate=r"(?-u:\b)00[A-Za-z0-9_-]{40}(?-u:\b)",
)
