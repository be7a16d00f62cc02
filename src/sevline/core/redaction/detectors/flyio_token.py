"""Fly.io access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "flyio_token",
    "Fly.io access token",
    r"fo1_[A-Za-z0-9_-]{43}|fm[12][ar]?_[A-Za-z0-9+/=_-]{80,2000}",
    keywords=("fo1_", "fm1", "fm2_"),
)
