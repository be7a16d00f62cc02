"""GitHub tokens, whose last six characters are a check sum of the others."""

from sevline.core.redaction.checksums import base62_crc32
from sevline.core.redaction.detector import token_format


def has_right_sum(found: str) -> bool:
    """Old test tokens carry no sum: 36 mixed characters behind the prefix are taken for one all the same."""
    body = found[4:]
    return base62_crc32(body[:30]) == body[30:36] or len(set(body)) > 12


token_format(
    "github_token",
    "GitHub token",
    r"gh[opsur]_[A-Za-z0-9]{36,251}",
    keywords=("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    validate=has_right_sum,
)
