"""Mapbox token."""

from sevline.core.redaction.detector import token_format

token_format(
    "mapbox_token",
    "Mapbox token",
    r"[pst]k\.eyJ[A-Za-z0-9_-]{40,200}\.[A-Za-z0-9_-]{20,30}",
    keywords=("k.eyJ",),
)
