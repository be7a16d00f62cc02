"""Discord webhook."""

from sevline.core.redaction.detector import token_format

token_format(
    "discord_webhook",
    "Discord webhook",
    r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[A-Za-z0-9_-]{60,80}",
    keywords=("/api/webhooks/",),
)
