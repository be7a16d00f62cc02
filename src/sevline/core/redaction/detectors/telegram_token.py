"""Telegram bot token."""

from sevline.core.redaction.detector import token_format

token_format(
    "telegram_token",
    "Telegram bot token",
    r"\d{8,10}:AA[A-Za-z0-9_-]{33}",
    keywords=(":AA",),
)
