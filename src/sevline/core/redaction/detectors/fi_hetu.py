"""Finnish personal identity code."""

from sevline.core.redaction.checksums import is_date
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date, and the nine digits mod 31 as a character."""
    digits = found[:6] + found[7:10]
    known = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31] == found[10]
    return known and is_date(int(found[4:6]), int(found[2:4]), int(found[:2]))


identity_number(
    "fi_hetu",
    "Finnish personal identity code",
    r"[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]",
    validate=is_valid,
)
