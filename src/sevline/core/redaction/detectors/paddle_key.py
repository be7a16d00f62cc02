"""Paddle key."""

from sevline.core.redaction.detector import token_format

token_format(
    "paddle_key",
    "Paddle key",
    r"pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}",
    keywords=("pdl_",),
)
