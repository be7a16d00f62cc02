"""ngrok auth token."""

from sevline.core.redaction.detector import token_format

token_format(
    "ngrok_token",
    "ngrok auth token",
    r"[12][A-Za-z0-9]{26}_[A-Za-z0-9]{18,22}",
    gate=r"(?-u:\b)[12][A-Za-z0-9]{26}_[A-Za-z0-9]{18}",
)
