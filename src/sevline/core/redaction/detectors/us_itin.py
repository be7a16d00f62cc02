"""US individual taxpayer number."""

from sevline.core.redaction.detector import identity_number


def is_valid(_found: str) -> bool:
    """Its form is all there is to know."""
    return True


identity_number(
    "us_itin",
    "US individual taxpayer number",
    r"9[0-9]{2}-(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])-[0-9]{4}",
    validate=is_valid,
)
