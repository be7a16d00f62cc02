"""Chinese resident identity number."""

from sevline.core.redaction.checksums import is_date
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date, and ISO 7064 MOD 11-2."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(found[:17]))
    check = "10X98765432"[total % 11]
    return is_date(int(found[6:10]), int(found[10:12]), int(found[12:14])) and check == found[17].upper()


identity_number(
    "cn_id",
    "Chinese resident identity number",
    r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]",
    validate=is_valid,
)
