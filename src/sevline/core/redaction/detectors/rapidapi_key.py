"""RapidAPI key."""

from sevline.core.redaction.detector import token_format

token_format(
    "rapidapi_key",
    "RapidAPI key",
    r"[a-f0-9]{10}msh[a-f0-9]{15}p1[a-f0-9]{6}jsn[a-f0-9]{12}",
    keywords=("jsn",),
)
