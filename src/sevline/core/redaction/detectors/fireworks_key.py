"""Fireworks AI key."""

from sevline.core.redaction.detector import token_format

token_format(
    "fireworks_key",
    "Fireworks AI key",
    r"fw_[A-Za-z0-9]{22,32}",
    keywords=("fw_",),
)
