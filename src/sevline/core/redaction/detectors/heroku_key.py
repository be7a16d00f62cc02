"""Heroku API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "heroku_key",
    "Heroku API key",
    r"HRKU-[A-Za-z0-9_-]{36,60}",
    keywords=("HRKU-",),
)
