"""Samsara token."""

from sevline.core.redaction.detector import token_format

token_format(
    "samsara_key",
    "Samsara token",
    r"samsara_api_[A-Za-z0-9]{30}",
    keywords=("samsara_api_",),
)
