"""Onfido token."""

from sevline.core.redaction.detector import token_format

token_format(
    "onfido_token",
    "Onfido token",
    r"api_(?:live|sandbox)(?:_[a-z]{2})?\.[A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]{32}",
    keywords=("api_live", "api_sandbox"),
)
