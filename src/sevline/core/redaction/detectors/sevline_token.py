"""Access token of this product."""

from sevline.core.redaction.detector import token_format

token_format(
    "sevline_token",
    "Sevline access token",
    r"svl_[A-Za-z0-9_-]{43}",
    keywords=("svl_",),
)
