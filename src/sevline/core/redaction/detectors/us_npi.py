"""US national provider identifier."""

from sevline.core.redaction.checksums import luhn
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Luhn's check with 80840 before it."""
    return luhn("80840" + found)


identity_number(
    "us_npi",
    "US national provider identifier",
    r"[12][0-9]{9}",
    validate=is_valid,
    keywords=("npi",),
)
