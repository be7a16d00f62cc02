"""Australian business number."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """One less in the first place, then weights and mod 89."""
    digits = only_digits(found)
    lowered = str(int(digits[0]) - 1) + digits[1:] if digits[0] != "0" else digits
    return weighted_sum(lowered, (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) % 89 == 0


identity_number(
    "au_abn",
    "Australian business number",
    r"[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}",
    validate=is_valid,
    keywords=("abn ", "abn =", "abn no", "<abn>", "abn:", "abn=", 'abn"', "business number"),
)
