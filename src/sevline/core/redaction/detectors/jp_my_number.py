"""Japanese individual number."""

from sevline.core.redaction.checksums import only_digits, weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 6 to 2 and 7 to 2, the check digit mod 11."""
    digits = only_digits(found)
    rest = weighted_sum(digits[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(digits[11]) == (0 if rest < 2 else 11 - rest)


identity_number(
    "jp_my_number",
    "Japanese individual number",
    r"[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}",
    validate=is_valid,
    keywords=(
        "my number",
        "mynumber",
        "my_number",
        "individual number",
        "individual_number",
    ),
)
