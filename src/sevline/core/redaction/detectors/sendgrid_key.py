"""SendGrid API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "sendgrid_key",
    "SendGrid API key",
    r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    keywords=("SG.",),
)
