"""Honeycomb key."""

from sevline.core.redaction.detector import token_format

token_format(
    "honeycomb_key",
    "Honeycomb key",
    r"hc[a-z]{2}k_[a-z0-9]{58}",
    keywords=("hcaik_", "hcxik_", "hcamk_", "hcxmk_", "hcalk_", "hcxlk_"),
)
