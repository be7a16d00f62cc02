"""National Health Service number."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Nine digits by weights 10 to 2, and the check digit mod 11."""
    digits = only_digits(found)
    if len(digits) != 10:
        return False
    return -weighted_sum(digits, range(10, 1, -1)) % 11 == int(digits[9]) and len(set(digits)) > 1


identity_number(
    "uk_nhs",
    "National Health Service number",
    # After a slash it is one of several numbers, as proxies write their times.
    r"(?:[0-9]+/)?[0-9]{3} [0-9]{3} [0-9]{4}",
    validate=is_valid,
    gate=r"[0-9]{3} [0-9]{3} [0-9]{4}",
)
