"""Telegram bot token."""

from sevline.core.redaction.detector import token_format

token_format(
    "telegram_token",
    "Telegram bot token",
    r"(?:bot)?[0-9]{5,16}:AA?[A-Za-z0-9_-]{33,34}",
    keywords=(":A",),
)
