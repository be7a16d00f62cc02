"""Elastic Cloud key."""

from sevline.core.redaction.detector import token_format

token_format(
    "elastic_key",
    "Elastic Cloud key",
    r"essu_[A-Za-z0-9+/=_-]{40,120}",
    keywords=("essu_",),
)
