"""Polish PESEL."""

from sevline.core.redaction.checksums import weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 1, 3, 7, 9 and a check digit mod 10."""
    return weighted_sum(found, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


identity_number(
    "pl_pesel",
    "Polish PESEL",
    r"[0-9]{11}",
    validate=is_valid,
    keywords=("pesel",),
)
