"""Volcengine key."""

from sevline.core.redaction.detector import token_format

token_format(
    "volcengine_key",
    "Volcengine key",
    r"AKLT[A-Za-z0-9+/=]{40,60}",
    keywords=("AKLT",),
)
