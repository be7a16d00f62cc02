"""Mandrill key."""

from sevline.core.redaction.detector import token_format

token_format(
    "mandrill_key",
    "Mandrill key",
    r"md-[A-Za-z0-9_-]{22}",
    keywords=("md-",),
)
