"""Scaleway access key."""

from sevline.core.redaction.detector import token_format

token_format(
    "scaleway_key",
    "Scaleway access key",
    r"SCW[A-Z0-9]{17}",
    keywords=("SCW",),
)
