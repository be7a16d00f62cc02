"""Cal.com key."""

from sevline.core.redaction.detector import token_format

token_format(
    "cal_key",
    "Cal.com key",
    r"cal_(?:live_)?[a-f0-9]{32}",
    keywords=("cal_",),
)
