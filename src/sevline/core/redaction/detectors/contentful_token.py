"""Contentful management token."""

from sevline.core.redaction.detector import token_format

token_format(
    "contentful_token",
    "Contentful management token",
    r"CFPAT-[A-Za-z0-9_-]{43}",
    keywords=("CFPAT-",),
)
