"""Packagist token."""

from sevline.core.redaction.detector import token_format

token_format(
    "packagist_token",
    "Packagist token",
    r"packagist_[ou][ru]t_[a-f0-9]{68}",
    keywords=("packagist_",),
)
