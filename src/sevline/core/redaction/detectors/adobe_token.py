"""Adobe client secret."""

from sevline.core.redaction.detector import token_format

token_format(
    "adobe_token",
    "Adobe client secret",
    r"p8e-[A-Za-z0-9_-]{32}",
    keywords=("p8e-",),
)
