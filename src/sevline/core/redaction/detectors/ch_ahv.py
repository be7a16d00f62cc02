"""Swiss AHV number."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """The check digit of EAN-13."""
    digits = only_digits(found)
    return weighted_sum(digits, (1, 3) * 6 + (1,)) % 10 == 0


identity_number(
    "ch_ahv",
    "Swiss AHV number",
    r"756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}",
    validate=is_valid,
)
