"""Plaid access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "plaid_token",
    "Plaid access token",
    (
        r"access-(?:sandbox|development|"
        r"production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    ),
    keywords=(
        "access-sandbox-",
        "access-development-",
        "access-production-",
    ),
)
