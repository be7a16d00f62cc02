"""Alibaba Cloud access key id."""

from sevline.core.redaction.detector import token_format

token_format(
    "alibaba_key",
    "Alibaba Cloud access key id",
    r"LTAI[A-Za-z0-9]{12,22}",
    keywords=("LTAI",),
)
