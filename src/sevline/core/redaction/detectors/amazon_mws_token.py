"""Amazon Marketplace token."""

from sevline.core.redaction.detector import token_format

token_format(
    "amazon_mws_token",
    "Amazon Marketplace token",
    r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    keywords=("amzn.mws.",),
)
