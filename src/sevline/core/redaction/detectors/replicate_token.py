"""Replicate API token."""

from sevline.core.redaction.detector import token_format

token_format(
    "replicate_token",
    "Replicate API token",
    r"r8_[A-Za-z0-9]{37}",
    keywords=("r8_",),
)
