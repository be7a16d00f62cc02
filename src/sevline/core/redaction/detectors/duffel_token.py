"""Duffel access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "duffel_token",
    "Duffel access token",
    r"duffel_(?:test|live)_[A-Za-z0-9_=-]{43}",
    keywords=("duffel_",),
)
