"""Tencent Cloud key."""

from sevline.core.redaction.detector import token_format

token_format(
    "tencent_key",
    "Tencent Cloud key",
    r"AKID[A-Za-z0-9]{32}",
    keywords=("AKID",),
)
