"""Harness access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "harness_token",
    "Harness access token",
    r"[ps]at\.[A-Za-z0-9_-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}",
    keywords=(
        "pat.",
        "sat.",
    ),
)
