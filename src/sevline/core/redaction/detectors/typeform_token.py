"""Typeform token."""

from sevline.core.redaction.detector import token_format

token_format(
    "typeform_token",
    "Typeform token",
    r"tfp_[A-Za-z0-9_.=-]{59}",
    keywords=("tfp_",),
)
