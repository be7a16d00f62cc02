"""Legal entity identifier."""

from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """ISO 7064 MOD 97-10 over all twenty characters."""
    return int("".join(str(int(character, 36)) for character in found)) % 97 == 1


identity_number(
    "lei",
    "Legal entity identifier",
    r"[0-9A-Z]{18}[0-9]{2}",
    validate=is_valid,
    keywords=("lei ", "lei =", "lei no", "<lei>", "lei:", "lei=", 'lei"', "legal entity", "lei_code", "leicode"),
)
