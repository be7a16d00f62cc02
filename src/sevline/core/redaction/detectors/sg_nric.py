"""Singapore NRIC or FIN."""

from sevline.core.redaction.checksums import weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 2, 7, 6, 5, 4, 3, 2 and a letter by the rest mod 11; T and G begin four further on."""
    total = weighted_sum(found[1:8], (2, 7, 6, 5, 4, 3, 2)) + (4 if found[0] in "TG" else 0)
    letters = "JZIHGFEDCBA" if found[0] in "ST" else "XWUTRQPNMLK"
    return letters[total % 11] == found[8]


identity_number(
    "sg_nric",
    "Singapore NRIC or FIN",
    r"[STFG][0-9]{7}[A-Z]",
    validate=is_valid,
)
