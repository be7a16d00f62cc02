"""IMEI of a mobile device."""

from sevline.core.redaction.checksums import luhn, only_digits
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Luhn's check over fifteen digits."""
    return luhn(only_digits(found))


identity_number(
    "imei",
    "IMEI of a mobile device",
    r"[0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{6}[ -]?[0-9]",
    validate=is_valid,
    keywords=("imei",),
)
