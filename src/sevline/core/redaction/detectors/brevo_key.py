"""Brevo key."""

from sevline.core.redaction.detector import token_format

token_format(
    "brevo_key",
    "Brevo key",
    r"xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}|xsmtpsib-[a-f0-9]{64}-[A-Za-z0-9]{16}",
    keywords=(
        "xkeysib-",
        "xsmtpsib-",
    ),
)
