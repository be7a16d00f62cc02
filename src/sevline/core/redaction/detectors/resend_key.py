"""Resend key."""

from sevline.core.redaction.detector import token_format

token_format(
    "resend_key",
    "Resend key",
    r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}",
    keywords=("re_",),
)
