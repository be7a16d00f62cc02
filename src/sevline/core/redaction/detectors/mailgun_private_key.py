"""Mailgun private key of the newer form."""

from sevline.core.redaction.detector import token_format

token_format(
    "mailgun_private_key",
    "Mailgun private key of the newer form",
    r"[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}",
    gate=r"[a-f0-9]{8}-[a-f0-9]{8}-[a-f0-9]{8}",
)
