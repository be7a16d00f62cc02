"""Adyen key."""

from sevline.core.redaction.detector import token_format

token_format(
    "adyen_key",
    "Adyen key",
    r"AQE[A-Za-z][A-Za-z0-9+/._=-]{60,300}",
    keywords=("AQE",),
)
