"""Nylas key."""

from sevline.core.redaction.detector import token_format

token_format(
    "nylas_key",
    "Nylas key",
    r"nyk_v[0-9]_[A-Za-z0-9]{50,70}",
    keywords=("nyk_v",),
)
