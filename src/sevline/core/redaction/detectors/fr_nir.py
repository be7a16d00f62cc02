"""French social security number."""

from sevline.core.redaction.detector import compact, identity_number


def is_valid(found: str) -> bool:
    """97 less the number mod 97; the departments of Corsica count as 19 and 18."""
    written = compact(found)
    number = written[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(number) % 97 == int(written[13:])


identity_number(
    "fr_nir",
    "French social security number",
    r"[12] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}",
    validate=is_valid,
)
