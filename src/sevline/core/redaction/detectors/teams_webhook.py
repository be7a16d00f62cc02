"""Microsoft Teams webhook."""

from sevline.core.redaction.detector import token_format

token_format(
    "teams_webhook",
    "Microsoft Teams webhook",
    r"(?:[A-Za-z0-9-]+\.webhook|outlook)\.office(?:365)?\.com/webhook(?:b2)?/[A-Za-z0-9@/-]{80,250}",
    keywords=(".office.com/webhook", ".office365.com/webhook"),
)
