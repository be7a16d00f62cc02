"""Danish CPR number."""

from sevline.core.redaction.checksums import is_date, only_digits
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date; newer numbers have no check digit."""
    digits = only_digits(found)
    return is_date(int(digits[4:6]), int(digits[2:4]), int(digits[:2]))


identity_number(
    "dk_cpr",
    "Danish CPR number",
    r"[0-3][0-9][01][0-9]{3}-?[0-9]{4}",
    validate=is_valid,
    keywords=("cpr",),
)
