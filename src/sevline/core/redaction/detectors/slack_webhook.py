"""Slack incoming webhook."""

from sevline.core.redaction.detector import token_format

token_format(
    "slack_webhook",
    "Slack incoming webhook",
    r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/+]{30,80}",
    keywords=("hooks.slack.com",),
)
