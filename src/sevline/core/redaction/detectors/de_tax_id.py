"""German tax identification number."""

from sevline.core.redaction.checksums import mod11_10, only_digits
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """One digit stands twice or three times among the first ten; the last is by MOD 11,10."""
    digits = only_digits(found)
    return len(set(digits[:10])) in (8, 9) and mod11_10(digits)


identity_number(
    "de_tax_id",
    "German tax identification number",
    r"[1-9][0-9] ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}",
    validate=is_valid,
    keywords=("steuer", "idnr", "tax_id", "tax id", "taxid", " tin ", "tin:", "tin=", 'tin"'),
)
