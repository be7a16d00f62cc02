"""Payment card numbers: known issuer ranges with their lengths, and a right check digit."""

import re

from sevline.core.redaction.checksums import luhn
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms

_MARKS = re.compile(r"[ +-]")
_GROUPS = re.compile(r"[0-9]+")
SHORTEST = 12
_FORMS = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3))
_ISSUERS = re.compile(
    r"4\d{12}(?:\d{3})?(?:\d{3})?"  # Visa
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[689]\d)\d{11}"  # Diners Club
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}"  # Discover, UnionPay
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"  # Maestro
    r"|35(?:2[89]|[3-8]\d)\d{12}|(?:2131|1800)\d{11}"  # JCB
)


def digits(found: str) -> str:
    return found if found.isdigit() else _MARKS.sub("", found)


def is_number(digits_: str) -> bool:
    return _ISSUERS.fullmatch(digits_) is not None and luhn(digits_) and len(set(digits_)) > 1


def place(found: str) -> tuple[int, int] | None:
    """Where the card stands in a run of digit groups: all of it, or groups of a card's form beside other numbers."""
    if len(found) < SHORTEST:
        return None
    if is_number(digits(found)):
        return 0, len(found)
    if found.isdigit():
        return None
    groups = list(_GROUPS.finditer(found))
    for start in range(len(groups)):
        for form in (*_FORMS, (16,), (15,)):
            part = groups[start : start + len(form)]
            if tuple(len(group.group()) for group in part) == form:
                begin, end = part[0].start(), part[-1].end()
                if (begin, end) != (0, len(found)) and is_number(digits(found[begin:end])):
                    return begin, end
    return None


def is_card(found: str) -> bool:
    return place(found) is not None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """As many digits with the same marks between them; begins with 9, which no issuer has, and fails the check."""
    start, end = place(found) or (0, 0)
    number = digits(found[start:end])
    fresh = "9" + pseudonyms.digits("card", number, len(number) - 1)
    if luhn(fresh):
        fresh = fresh[:-1] + str((int(fresh[-1]) + 1) % 10)
    source = iter(fresh)
    shaped = "".join(mark if mark in " +-" else next(source) for mark in found[start:end])
    return found[:start] + shaped + found[end:]


detector(
    Detector(
        kind="card",
        title="Payment card number",
        # Longer runs are matched on purpose, so that no card is cut out of a longer number.
        pattern=r"(?-u:\b)[0-9]{1,4}(?:[ +-]?[0-9]{2,7}){2,7}(?-u:\b)",
        stage=Stage.PERSONAL,
        gate=r"[1-6][0-9]{3}[ +-]?[0-9]{4,6}[ +-]?[0-9]{4}",
        validate=is_card,
        normalise=digits,
        render=pseudonym,
    )
)
