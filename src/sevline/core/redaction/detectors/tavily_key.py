"""Tavily key."""

from sevline.core.redaction.detector import token_format

token_format(
    "tavily_key",
    "Tavily key",
    r"tvly-(?:dev-|prod-)?[A-Za-z0-9-]{20,60}",
    keywords=("tvly-",),
)
