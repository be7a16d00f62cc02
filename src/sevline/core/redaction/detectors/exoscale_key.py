"""Exoscale key."""

from sevline.core.redaction.detector import token_format

token_format(
    "exoscale_key",
    "Exoscale key",
    r"EXO[a-f0-9]{24}",
    keywords=("EXO",),
)
