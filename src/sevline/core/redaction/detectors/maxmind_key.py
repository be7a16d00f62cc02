"""MaxMind licence key."""

from sevline.core.redaction.detector import token_format

token_format(
    "maxmind_key",
    "MaxMind licence key",
    r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk",
    keywords=("_mmk",),
)
