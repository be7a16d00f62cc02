"""Neon key."""

from sevline.core.redaction.detector import token_format

token_format(
    "neon_key",
    "Neon key",
    r"napi_[a-z0-9]{40,80}",
    keywords=("napi_",),
)
