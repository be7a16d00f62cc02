"""Apify token."""

from sevline.core.redaction.detector import token_format

token_format(
    "apify_key",
    "Apify token",
    r"apify_api_[A-Za-z0-9]{34,40}",
    keywords=("apify_api_",),
)
