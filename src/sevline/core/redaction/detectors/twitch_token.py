"""Twitch chat token."""

from sevline.core.redaction.detector import token_format

token_format(
    "twitch_token",
    "Twitch chat token",
    r"oauth:[a-z0-9]{30}",
    keywords=("oauth:",),
)
