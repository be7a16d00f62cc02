"""Svix key."""

from sevline.core.redaction.detector import token_format

token_format(
    "svix_key",
    "Svix key",
    r"(?:test)?sk_[A-Za-z0-9_-]{30,36}\.(?:us|eu|in|ca|au)",
    keywords=("sk_",),
)
