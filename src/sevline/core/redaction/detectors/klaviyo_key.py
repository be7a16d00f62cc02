"""Klaviyo private key."""

from sevline.core.redaction.detector import token_format

token_format(
    "klaviyo_key",
    "Klaviyo private key",
    r"pk_[a-f0-9]{34}",
    keywords=("pk_",),
)
