"""Braintree or PayPal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "braintree_token",
    "Braintree or PayPal access token",
    r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}",
    keywords=("access_token$",),
)
