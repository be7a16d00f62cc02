"""Mexican CURP."""

from sevline.core.redaction.checksums import is_date
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date in the middle; its form is long enough to prove it."""
    return is_date(int(found[4:6]), int(found[6:8]), int(found[8:10]))


identity_number(
    "mx_curp",
    "Mexican CURP",
    r"[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z0-9][0-9]",
    validate=is_valid,
)
