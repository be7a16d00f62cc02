"""Infracost API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "infracost_key",
    "Infracost API key",
    r"ico-[A-Za-z0-9]{32}",
    keywords=("ico-",),
)
