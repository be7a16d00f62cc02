"""Brazilian CPF."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Two check digits mod 11, each over all digits before it."""
    digits = only_digits(found)
    first = weighted_sum(digits, range(10, 1, -1)) * 10 % 11 % 10
    second = weighted_sum(digits, range(11, 1, -1)) * 10 % 11 % 10
    return digits[9:] == f"{first}{second}" and len(set(digits)) > 1


identity_number(
    "br_cpf",
    "Brazilian CPF",
    r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}",
    validate=is_valid,
)
