"""Belgian national number."""

from sevline.core.redaction.checksums import only_digits
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """97 less the nine digits mod 97, with a 2 before them for those born since 2000."""
    digits = only_digits(found)
    return int(digits[9:]) in (97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97)


identity_number(
    "be_rrn",
    "Belgian national number",
    r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}",
    validate=is_valid,
)
