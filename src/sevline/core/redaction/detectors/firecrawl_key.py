"""Firecrawl key."""

from sevline.core.redaction.detector import token_format

token_format(
    "firecrawl_key",
    "Firecrawl key",
    r"fc-[a-f0-9]{32}",
    keywords=("fc-",),
)
