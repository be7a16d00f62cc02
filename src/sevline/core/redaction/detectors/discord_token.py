"""Discord bot token."""

from sevline.core.redaction.detector import token_format

token_format(
    "discord_token",
    "Discord bot token",
    r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",
    gate=r"\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27}",
)
