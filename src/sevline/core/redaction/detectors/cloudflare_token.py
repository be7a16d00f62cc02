"""Cloudflare API token."""

from sevline.core.redaction.detector import token_format

token_format(
    "cloudflare_token",
    "Cloudflare API token",
    r"cf(?:ut|at|k)_[A-Za-z0-9]{40,50}",
    keywords=(
        "cfut_",
        "cfat_",
        "cfk_",
    ),
)
