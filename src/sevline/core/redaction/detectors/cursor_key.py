"""Cursor key."""

from sevline.core.redaction.detector import token_format

token_format(
    "cursor_key",
    "Cursor key",
    r"(?:crsr|key)_[a-f0-9]{64}",
    keywords=("crsr_", "key_"),
)
