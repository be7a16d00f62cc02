"""Lob API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "lob_key",
    "Lob API key",
    r"(?:live|test)_(?:pub_)?[a-f0-9]{31,35}",
    keywords=(
        "live_",
        "test_",
    ),
)
