"""Norwegian identity number."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Two check digits mod 11."""
    digits = only_digits(found)
    first = weighted_sum(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    return first == 0 and weighted_sum(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


identity_number(
    "no_fnr",
    "Norwegian identity number",
    r"[0-7][0-9]{5} ?[0-9]{5}",
    validate=is_valid,
    keywords=(
        "fødselsnummer",
        "fnr",
        "personnummer",
        "national_id",
        "national id",
    ),
)
