"""Dynatrace token."""

from sevline.core.redaction.detector import token_format

token_format(
    "dynatrace_token",
    "Dynatrace token",
    r"dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}",
    keywords=("dt0",),
)
