"""age secret key."""

from sevline.core.redaction.detector import token_format

token_format(
    "age_key",
    "age secret key",
    r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
    keywords=("AGE-SECRET-KEY-1",),
)
