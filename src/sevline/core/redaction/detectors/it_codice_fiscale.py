"""Italian codice fiscale."""

from sevline.core.redaction.detector import compact, identity_number

_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def is_valid(found: str) -> bool:
    """Characters in odd places count by a table, those in even places by their order; the last letter is the sum."""
    written = compact(found)
    total = 0
    for place, character in enumerate(written[:15]):
        order = int(character) if character.isdigit() else ord(character) - 65
        total += order if place % 2 else _ODD[order]
    return chr(65 + total % 26) == written[15]


identity_number(
    "it_codice_fiscale",
    "Italian codice fiscale",
    r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]|[a-z]{6}[0-9]{2}[a-ehlmprst][0-9]{2}[a-z][0-9]{3}[a-z]",
    validate=is_valid,
)
