"""Rootly key."""

from sevline.core.redaction.detector import token_format

token_format(
    "rootly_key",
    "Rootly key",
    r"rootly_[a-f0-9]{64}",
    keywords=("rootly_",),
)
