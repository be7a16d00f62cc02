"""Shippo token."""

from sevline.core.redaction.detector import token_format

token_format(
    "shippo_token",
    "Shippo token",
    r"shippo_(?:live|test)_[a-fA-F0-9]{40}",
    keywords=("shippo_",),
)
