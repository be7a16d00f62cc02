"""Unkey root key."""

from sevline.core.redaction.detector import token_format

token_format(
    "unkey_key",
    "Unkey root key",
    r"unkey_[A-Za-z0-9]{22,}",
    keywords=("unkey_",),
)
