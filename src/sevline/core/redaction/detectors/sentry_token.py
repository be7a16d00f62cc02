"""Sentry token."""

from sevline.core.redaction.detector import token_format

token_format(
    "sentry_token",
    "Sentry token",
    r"sntry[su]_[A-Za-z0-9+/=_-]{60,300}",
    keywords=("sntrys_", "sntryu_"),
)
