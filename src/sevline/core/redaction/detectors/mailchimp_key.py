"""Mailchimp API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "mailchimp_key",
    "Mailchimp API key",
    r"[a-f0-9]{32}-us\d{1,2}",
    gate=r"[a-f0-9]{8}-us\d",
)
