"""DigitalOcean token."""

from sevline.core.redaction.detector import token_format

token_format(
    "digitalocean_token",
    "DigitalOcean token",
    r"do[oprt]_v1_[a-f0-9]{64}",
    keywords=("_v1_",),
)
