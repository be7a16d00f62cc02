"""Scalingo token."""

from sevline.core.redaction.detector import token_format

token_format(
    "scalingo_token",
    "Scalingo token",
    r"tk-us-[A-Za-z0-9_-]{48}",
    keywords=("tk-us-",),
)
