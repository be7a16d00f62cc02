"""Microsoft Teams webhook."""

from sevline.core.redaction.detector import token_format

token_format(
    "teams_webhook",
    "Microsoft Teams webhook",
    r"[A-Za-z0-9-]+\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/-]{80,200}",
    keywords=("webhook.office.com",),
)
