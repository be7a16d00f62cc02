"""Signing secret of a webhook."""

from sevline.core.redaction.detector import token_format

token_format(
    "stripe_webhook_secret",
    "Signing secret of a webhook",
    r"whsec_[A-Za-z0-9+/]{24,88}={0,2}",
    keywords=("whsec_",),
)
