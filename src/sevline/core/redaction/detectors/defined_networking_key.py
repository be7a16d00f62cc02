"""Defined Networking key."""

from sevline.core.redaction.detector import token_format

token_format(
    "defined_networking_key",
    "Defined Networking key",
    r"dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}",
    keywords=("dnkey-",),
)
