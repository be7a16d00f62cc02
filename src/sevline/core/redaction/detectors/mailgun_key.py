"""Mailgun API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "mailgun_key",
    "Mailgun API key",
    r"key-[a-f0-9]{32}",
    keywords=("key-",),
)
