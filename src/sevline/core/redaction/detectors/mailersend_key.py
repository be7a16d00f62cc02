"""MailerSend key."""

from sevline.core.redaction.detector import token_format

token_format(
    "mailersend_key",
    "MailerSend key",
    r"mlsn\.[a-f0-9]{64}",
    keywords=("mlsn.",),
)
