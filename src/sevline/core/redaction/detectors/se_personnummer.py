"""Swedish personnummer."""

from sevline.core.redaction.checksums import is_date, luhn, only_digits
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date (from day 61 for a coordination number) and Luhn's check over the last ten digits."""
    digits = only_digits(found)[-10:]
    day = int(digits[4:6])
    return is_date(int(digits[:2]), int(digits[2:4]), day - 60 if day > 60 else day) and luhn(digits)


identity_number(
    "se_personnummer",
    "Swedish personnummer",
    r"(?:19|20)?[0-9]{6}[-+][0-9]{4}",
    validate=is_valid,
)
