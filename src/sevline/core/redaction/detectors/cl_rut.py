"""Chilean RUT in its groups."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 2 to 7 from the right, the check mod 11; ten is a K."""
    body, check = only_digits(found[:-1]).zfill(8), found[-1].upper()
    return "0K987654321"[weighted_sum(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11] == check


identity_number(
    "cl_rut",
    "Chilean RUT",
    r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9Kk]",
    validate=is_valid,
)
