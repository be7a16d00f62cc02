"""age secret key."""

from sevline.core.redaction.detector import token_format

token_format(
    "age_key",
    "age secret key",
    r"AGE-SECRET-KEY-1[A-Z0-9]{50,60}",
    keywords=("AGE-SECRET-KEY-1",),
)
