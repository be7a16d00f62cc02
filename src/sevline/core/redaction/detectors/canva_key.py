"""Canva client secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "canva_key",
    "Canva client secret",
    r"cnvca[A-Za-z0-9_-]{30,60}",
    keywords=("cnvca",),
)
