"""Pulumi access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "pulumi_token",
    "Pulumi access token",
    r"pul-[a-f0-9]{40}",
    keywords=("pul-",),
)
