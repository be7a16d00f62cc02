"""Dutch citizen service number."""

from sevline.core.redaction.checksums import weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """The eleven test: weights 9 to 2, and -1 for the last digit."""
    digits = found.zfill(9)
    return weighted_sum(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 and len(set(digits)) > 1


identity_number(
    "nl_bsn",
    "Dutch citizen service number",
    r"[0-9]{8,9}",
    validate=is_valid,
    keywords=(
        "bsn",
        "burgerservice",
        "sofi",
    ),
)
