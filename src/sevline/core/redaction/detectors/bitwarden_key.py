"""Bitwarden access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "bitwarden_key",
    "Bitwarden access token",
    r"0\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}",
    gate=r"0\.[0-9a-f]{8}-[0-9a-f]{4}-",
)
