"""Adafruit IO key."""

from sevline.core.redaction.detector import token_format

token_format(
    "adafruit_key",
    "Adafruit IO key",
    r"aio_[A-Za-z0-9]{28}",
    keywords=("aio_",),
)
