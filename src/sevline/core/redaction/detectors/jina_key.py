"""Jina key."""

from sevline.core.redaction.detector import token_format

token_format(
    "jina_key",
    "Jina key",
    r"jina_[A-Za-z0-9_-]{50,70}",
    keywords=("jina_",),
)
