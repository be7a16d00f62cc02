"""Brazilian CNPJ."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Two check digits mod 11 with weights that run from 2 to 9 and again."""
    digits = only_digits(found)
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    first = weighted_sum(digits, weights[1:]) * 10 % 11 % 10
    second = weighted_sum(digits, weights) * 10 % 11 % 10
    return digits[12:] == f"{first}{second}"


identity_number(
    "br_cnpj",
    "Brazilian CNPJ",
    r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-[0-9]{2}",
    validate=is_valid,
)
