"""Notion integration token."""

from sevline.core.redaction.detector import token_format

token_format(
    "notion_token",
    "Notion integration token",
    r"secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,60}",
    keywords=("secret_", "ntn_"),
)
