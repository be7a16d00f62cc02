"""Australian tax file number."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights of nine places, the sum divisible by 11."""
    digits = only_digits(found)
    weights = (1, 4, 3, 7, 5, 8, 6, 9, 10) if len(digits) == 9 else (10, 7, 8, 4, 6, 3, 5, 1)
    return weighted_sum(digits, weights) % 11 == 0


identity_number(
    "au_tfn",
    "Australian tax file number",
    r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{2,3}",
    validate=is_valid,
    keywords=(
        "tfn",
        "tax file",
    ),
)
