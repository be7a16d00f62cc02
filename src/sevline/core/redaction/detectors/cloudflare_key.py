"""Cloudflare origin CA key."""

from sevline.core.redaction.detector import token_format

token_format(
    "cloudflare_key",
    "Cloudflare origin CA key",
    r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}",
    keywords=("v1.0-",),
)
