"""Indian permanent account number of a person."""

from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Its fourth letter says that it is a person's; numbers run from 0001."""
    return found[5:9] != "0000"


identity_number(
    "in_pan",
    "Indian permanent account number",
    r"[A-Z]{3}P[A-Z][0-9]{4}[A-Z]",
    validate=is_valid,
)
