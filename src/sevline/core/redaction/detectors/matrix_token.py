"""Access token of a Matrix server."""

from sevline.core.redaction.detector import token_format

token_format(
    "matrix_token",
    "Matrix access token",
    r"sy[tr]_[A-Za-z0-9_-]{2,120}_[A-Za-z]{20}_[A-Za-z0-9]{6}",
    keywords=("syt_", "syr_"),
)
