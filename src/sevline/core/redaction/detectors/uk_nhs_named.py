"""National Health Service number beside its name."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """As for the number in groups."""
    digits = only_digits(found)
    return -weighted_sum(digits, range(10, 1, -1)) % 11 == int(digits[9])


identity_number(
    "uk_nhs_named",
    "National Health Service number beside its name",
    r"[0-9]{3}-?[0-9]{3}-?[0-9]{4}",
    validate=is_valid,
    keywords=("nhs",),
)
