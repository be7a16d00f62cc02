"""Perplexity key."""

from sevline.core.redaction.detector import token_format

token_format(
    "perplexity_key",
    "Perplexity key",
    r"pplx-[A-Za-z0-9]{48}",
    keywords=("pplx-",),
)
