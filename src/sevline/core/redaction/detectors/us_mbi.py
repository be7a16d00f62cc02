"""US Medicare beneficiary identifier."""

from sevline.core.redaction.detector import compact, identity_number

_LENGTH = 11


def is_valid(found: str) -> bool:
    """Letters and digits have fixed places, which proves it: no check digit."""
    return len(compact(found)) == _LENGTH


identity_number(
    "us_mbi",
    "US Medicare beneficiary identifier",
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y]{2}[0-9]{2}",
    validate=is_valid,
)
