"""Zapier webhook."""

from sevline.core.redaction.detector import token_format

token_format(
    "zapier_webhook",
    "Zapier webhook",
    r"hooks\.zapier\.com/hooks/catch/\d+/[A-Za-z0-9_-]+",
    keywords=("hooks.zapier.com",),
)
