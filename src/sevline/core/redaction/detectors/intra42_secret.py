"""Intra42 client secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "intra42_secret",
    "Intra42 client secret",
    r"s-s4t2(?:ud|af)-[a-f0-9]{64}",
    keywords=("s-s4t2",),
)
