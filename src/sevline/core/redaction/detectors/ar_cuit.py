"""Argentine CUIT or CUIL."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 5 to 2 and 7 to 2, the check digit mod 11."""
    digits = only_digits(found)
    check = 11 - weighted_sum(digits[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return check % 11 == int(digits[10])


identity_number(
    "ar_cuit",
    "Argentine CUIT or CUIL",
    r"(?:2[03-7]|3[034])-[0-9]{8}-[0-9]",
    validate=is_valid,
)
