"""Korean resident registration number."""

from sevline.core.redaction.checksums import is_date, only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date, and a check digit mod 11 over the twelve digits before it."""
    digits = only_digits(found)
    check = (11 - weighted_sum(digits[:12], (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return is_date(int(digits[:2]), int(digits[2:4]), int(digits[4:6])) and check == int(digits[12])


identity_number(
    "kr_rrn",
    "Korean resident registration number",
    r"[0-9]{6}-[1-8][0-9]{6}",
    validate=is_valid,
)
