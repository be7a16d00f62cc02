"""Together AI key."""

from sevline.core.redaction.detector import token_format

token_format(
    "together_key",
    "Together AI key",
    r"tgp_v1_[A-Za-z0-9_-]{43}",
    keywords=("tgp_v1_",),
)
