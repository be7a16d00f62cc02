"""Passport number beside its name."""

from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Forms of several countries; it takes a digit."""
    return any(character.isdigit() for character in found)


identity_number(
    "passport",
    "Passport number beside its name",
    r"[A-Z]{1,2}[0-9]{6,8}|[0-9]{9}|[0-9]{2}[A-Z]{2}[0-9]{5}|[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}",
    validate=is_valid,
    keywords=(
        "passport",
        "reisepass",
        "passeport",
    ),
)
