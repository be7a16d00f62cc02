"""Ubidots token."""

from sevline.core.redaction.detector import token_format

token_format(
    "ubidots_key",
    "Ubidots token",
    r"BBFF-[A-Za-z0-9]{30}",
    keywords=("BBFF-",),
)
