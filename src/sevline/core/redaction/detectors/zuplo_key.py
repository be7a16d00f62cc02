"""Zuplo key."""

from sevline.core.redaction.detector import token_format

token_format(
    "zuplo_key",
    "Zuplo key",
    r"zpka_[a-f0-9]{32}_[a-f0-9]{8}",
    keywords=("zpka_",),
)
