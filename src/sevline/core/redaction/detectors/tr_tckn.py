"""Turkish identity number."""

from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """The tenth digit from the odd and even places, the last from the ten before it."""
    digits = [int(digit) for digit in found]
    tenth = (sum(digits[0:9:2]) * 7 - sum(digits[1:8:2])) % 10
    return tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


identity_number(
    "tr_tckn",
    "Turkish identity number",
    r"[1-9][0-9]{10}",
    validate=is_valid,
    keywords=(
        "tckn",
        "kimlik",
        "tc no",
        "tc_no",
        "t.c.",
        "kimliği",
        "tc:",
    ),
)
