"""Portuguese NIF."""

from sevline.core.redaction.checksums import weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 9 to 2, the check digit mod 11."""
    rest = weighted_sum(found[:8], range(9, 1, -1)) % 11
    return int(found[8]) == (0 if rest < 2 else 11 - rest)


identity_number(
    "pt_nif",
    "Portuguese NIF",
    r"[1-35689][0-9]{8}",
    validate=is_valid,
    keywords=(" nif ", "nif:", "nif=", 'nif"', "contribuinte", "vat_", "vat n", "vat:", "vat="),
)
