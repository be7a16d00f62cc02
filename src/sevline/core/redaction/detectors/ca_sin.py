"""Canadian social insurance number in three groups."""

from sevline.core.redaction.checksums import luhn, only_digits
from sevline.core.redaction.detector import identity_number

_LENGTH = len("046-454-286")


def is_valid(found: str) -> bool:
    """Luhn's check over nine digits; neighbours are matched too, so that no longer number is cut."""
    digits = only_digits(found)
    return len(found) == _LENGTH and luhn(digits) and len(set(digits)) > 1


identity_number(
    "ca_sin",
    "Canadian social insurance number",
    r"(?:[0-9A-Za-z_.]+-)*[1-79][0-9]{2}-[0-9]{3}-[0-9]{3}(?:[-.][0-9A-Za-z]+)*",
    validate=is_valid,
    gate=r"(?-u:\b)[1-79][0-9]{2}-[0-9]{3}-[0-9]{3}(?-u:\b)",
)
