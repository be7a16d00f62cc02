"""Tailscale key."""

from sevline.core.redaction.detector import token_format

token_format(
    "tailscale_key",
    "Tailscale key",
    r"tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,30}-[A-Za-z0-9]{20,50}",
    keywords=("tskey-",),
)
