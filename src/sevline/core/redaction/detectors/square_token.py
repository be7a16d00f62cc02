"""Square token."""

from sevline.core.redaction.detector import token_format

token_format(
    "square_token",
    "Square token",
    r"sq0[a-z]{3}-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9_-]{60}",
    keywords=("sq0", "EAAA"),
)
