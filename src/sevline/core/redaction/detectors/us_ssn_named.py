"""US social security number beside its name."""

from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Nine digits in a row, by the rules of the number in groups."""
    return found[:3] not in ("000", "666") and found[3:5] != "00" and found[5:] != "0000"


identity_number(
    "us_ssn_named",
    "US social security number beside its name",
    r"[0-8][0-9]{8}",
    validate=is_valid,
    # The three letters as a word or a part of a name, not those in `className` or in noise.
    gate=(
        r"(?-u:\b)(?i:ssn)(?:(?-u:\b)|[_A-Z])|_(?i:ssn)(?:(?-u:\b)|_)|[a-z]S(?:sn|SN)(?-u:\b)"
        r"|(?i:social[ _-]?security)"
    ),
    keywords=(
        "ssn",
        "social security",
        "social_security",
        "socialsecurity",
    ),
)
