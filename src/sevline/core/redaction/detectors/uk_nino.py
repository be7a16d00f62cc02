"""UK National Insurance number."""

from sevline.core.redaction.detector import identity_number

_UNUSED = ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")


def is_valid(found: str) -> bool:
    """No check digit, but some prefixes are never given."""
    return not found.startswith(_UNUSED)


identity_number(
    "uk_nino",
    "UK National Insurance number",
    r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
    validate=is_valid,
)
