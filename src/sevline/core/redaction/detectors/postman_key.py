"""Postman API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "postman_key",
    "Postman API key",
    r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
    keywords=("PMAK-",),
)
