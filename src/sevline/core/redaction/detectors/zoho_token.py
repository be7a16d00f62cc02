"""Zoho token."""

from sevline.core.redaction.detector import token_format

token_format(
    "zoho_token",
    "Zoho token",
    r"1000\.[0-9a-f]{32}\.[0-9a-f]{32}",
    keywords=("1000.",),
)
