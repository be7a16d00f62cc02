"""Keys of services that nobody has listed: a word that says key, and then letters and digits without any sense."""

import re

from sevline.core.redaction.detector import token_format
from sevline.core.redaction.late import late

_MARK = r"(?:sk|rk|pa|sec|pat|tok|token|secret|live|prod|sandbox|oat|(?:api|access|secret|private|auth)[_-]?key)"
_SPLIT = late(rf"(?:[A-Za-z0-9]+[_-]){{0,3}}?{_MARK}[_-](?P<tail>.*)", re.DOTALL)
_SEGMENTS = late(r"[_-]")
_DIGIT_RUNS = late(r"[0-9]+")
_CHANGES = late(r"(?<=[a-z])[^a-z]|(?<=[A-Z])[^A-Z]|(?<=[0-9])[^0-9]")
_LONG_LOWER = late(r"[a-z]{7}")
_UUID = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = late(r"[A-Z]?[a-z]{3,}|[A-Z]{3,}")


def is_key(found: str) -> bool:
    """Twenty characters or more in which letters and digits change about as often as chance changes them."""
    parts = _SPLIT.fullmatch(found)
    if parts is None or found.startswith("pk_") or _UUID.search(found):
        return False
    tail = parts["tail"]
    segments = _SEGMENTS.split(tail)
    if len(max(segments, key=len)) < 16 and (len(tail) < 30 or any(map(_WORD.fullmatch, segments))):
        return False
    changes = len(_CHANGES.findall(tail)) / len(tail)
    runs = len(_DIGIT_RUNS.findall(tail))
    mixed = changes >= 0.28 if runs > 1 else changes >= 0.38 and _LONG_LOWER.search(tail) is None
    return runs > 0 and mixed and any(map(str.isalpha, tail))


token_format(
    "vendor_key",
    "Key in the form that services use",
    rf"(?:[A-Za-z0-9]{{1,20}}[_-]){{0,3}}{_MARK}[_-][A-Za-z0-9_-]{{20,200}}",
    keywords=("sk_",
        "sec_", "pa-", "sk-", "rk_", "pat_", "pat-", "tok_", "token_", "token-", "secret_", "secret-", "live_", "live-",
              "prod_", "prod-", "sandbox_", "oat_", "key_", "key-"),
    gate=rf"{_MARK}[_-][A-Za-z0-9_-]{{20}}",
    validate=is_key,
)  # fmt: skip
