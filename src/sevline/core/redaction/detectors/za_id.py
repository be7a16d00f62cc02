"""South African identity number."""

from sevline.core.redaction.checksums import is_date, luhn
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """A date and Luhn's check."""
    return is_date(int(found[:2]), int(found[2:4]), int(found[4:6])) and luhn(found)


identity_number(
    "za_id",
    "South African identity number",
    r"[0-9]{13}",
    validate=is_valid,
    keywords=(
        "id number",
        "id_number",
        "idnumber",
        "id-number",
        "sa id",
        "sa_id",
        "sa-id",
        "rsa id",
        "rsa_id",
        "za_id",
    ),
)
