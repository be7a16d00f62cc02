"""Baidu Cloud key."""

from sevline.core.redaction.detector import token_format

token_format(
    "baidu_key",
    "Baidu Cloud key",
    r"bce-v3/ALTAK-[A-Za-z0-9]{20,24}/[a-f0-9]{40}",
    keywords=("bce-v3/ALTAK-",),
)
