"""Indian Aadhaar number."""

from sevline.core.redaction.checksums import only_digits, verhoeff
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Twelve digits with Verhoeff's check; neighbours are matched too, so that no card or UUID is cut short."""
    digits = only_digits(found)
    return len(found) == 14 and verhoeff(digits)


identity_number(
    "in_aadhaar",
    "Indian Aadhaar number",
    r"(?:[0-9A-Fa-f]+-)?[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}(?:[ -][0-9]{4})*(?:-[0-9A-Fa-f]+)?",
    validate=is_valid,
)
