"""PASETO token."""

from sevline.core.redaction.detector import token_format

token_format(
    "paseto_token",
    "PASETO token",
    r"v[1-4]\.(?:local|public)\.[A-Za-z0-9_-]{40,}(?:\.[A-Za-z0-9_-]+)?",
    keywords=(
        "v1.local.",
        "v1.public.",
        "v2.local.",
        "v2.public.",
        "v3.local.",
        "v3.public.",
        "v4.local.",
        "v4.public.",
    ),
)
