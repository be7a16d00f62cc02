"""Render key."""

from sevline.core.redaction.detector import token_format

token_format(
    "render_key",
    "Render key",
    r"rnd_[A-Za-z0-9]{28,40}",
    keywords=("rnd_",),
)
