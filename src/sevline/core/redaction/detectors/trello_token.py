"""Trello token."""

from sevline.core.redaction.detector import token_format

token_format(
    "trello_token",
    "Trello token",
    r"ATTA[0-9a-f]{64}[0-9A-F]{8}",
    keywords=("ATTA",),
)
