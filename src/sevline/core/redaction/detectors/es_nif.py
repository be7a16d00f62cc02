"""Spanish NIF or NIE."""

from sevline.core.redaction.detector import compact, identity_number


def is_valid(found: str) -> bool:
    """The letter is the number mod 23; X, Y and Z count as 0, 1 and 2."""
    written = compact(found)
    number = written[:-1].translate(str.maketrans("XYZ", "012"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == written[-1]


identity_number(
    "es_nif",
    "Spanish NIF or NIE",
    r"(?:[0-9]{8}|[XYZ]-?[0-9]{7})-?[A-HJ-NP-TV-Z]",
    validate=is_valid,
)
