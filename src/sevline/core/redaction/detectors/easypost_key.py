"""EasyPost key."""

from sevline.core.redaction.detector import token_format

token_format(
    "easypost_key",
    "EasyPost key",
    r"EZ[AT]K[A-Za-z0-9]{54}",
    keywords=(
        "EZAK",
        "EZTK",
    ),
)
