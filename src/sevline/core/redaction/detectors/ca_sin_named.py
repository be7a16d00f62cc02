"""Canadian social insurance number beside its name."""

from sevline.core.redaction.checksums import luhn, only_digits
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Luhn's check over nine digits."""
    return luhn(only_digits(found))


identity_number(
    "ca_sin_named",
    "Canadian social insurance number beside its name",
    r"[1-79][0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}",
    validate=is_valid,
    keywords=(
        "social insurance",
        "social_insurance",
        "sin ",
        "sin =",
        "sin no",
        "<sin>",
        "sin:",
        "sin=",
        'sin"',
        "_sin",
    ),
)
