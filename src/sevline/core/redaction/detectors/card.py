"""Payment card numbers: known issuer ranges with their lengths, and a right check digit."""

from sevline.core.redaction.checksums import luhn, verhoeff
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

#: Between groups people and programs put blanks of all kinds, hyphens and dashes of all kinds, points, strokes and
#: underscores, and a hyphen or a stroke with a blank on both sides.
_MARK = "(?:[ +._/-]{1,3}|[\u00a0\u2007\u2009\u202f\u2010-\u2013])"
_MARKS = late(_MARK)
_ISSUERS = late(
    r"4\d{12}(?:\d{3})?(?:\d{3})?"  # Visa
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Mastercard
    r"|220[0-4]\d{12}"  # Mir
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[689]\d)\d{11}"  # Diners Club
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}"  # Discover, UnionPay
    r"|60\d{14}|50(?:6[0-9]|8[5-9]|9[0-9])\d{12}|636[23]\d{12}|9792\d{12}"  # RuPay, Hipercard, Verve, Elo, Troy
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"  # Maestro
    r"|35(?:2[89]|[3-8]\d)\d{12}|(?:2131|1800)\d{11}"  # JCB
)


DIGITS_OF_ARTICLE = 13


def digits(found: str) -> str:
    return found if found.isdigit() else _MARKS.sub("", found)


def is_article(number: str) -> bool:
    """Thirteen digits with the check digit of GTIN, by which goods are numbered: cards have more today."""
    if len(number) != DIGITS_OF_ARTICLE:
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number)) % 10 == 0


def is_card(found: str) -> bool:
    """Digits after a decimal point are matched with it, and so are no card; nor is the number of an article."""
    number = digits(found)
    if is_article(number):
        return False
    return _ISSUERS.fullmatch(number) is not None and luhn(number) and len(set(number)) > 1


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """As many digits with the same marks between them; begins with 9 and fails the checks of cards and Aadhaar."""
    number = digits(found)
    fresh = "9" + pseudonyms.digits("card", number, len(number) - 1)
    while luhn(fresh) or verhoeff(fresh):
        fresh = fresh[:-1] + str((int(fresh[-1]) + 1) % 10)
    if len(number) == len(found):
        return fresh
    source = iter(fresh)
    return "".join(next(source) if "0" <= mark <= "9" else mark for mark in found)


detector(
    Detector(
        kind="card",
        title="Payment card number",
        pattern=(
            r"(?-u:\b)(?:[0-9]+\.[0-9]{12,19}|1800[0-9]{11}|9792[0-9]{12}|[2-6][0-9]{11,18}"
            rf"|(?:[2-6][0-9]{{3}}|9792){_MARK}[0-9]{{4}}{_MARK}[0-9]{{4}}{_MARK}[0-9]{{4}}(?:{_MARK}[0-9]{{3}})?"
            rf"|[36][0-9]{{3}}{_MARK}[0-9]{{6}}{_MARK}[0-9]{{4,5}})(?-u:\b)"
        ),
        stage=Stage.PERSONAL,
        gate=(
            r"(?-u:\b)(?:4[0-9]{12}|5[0-5][0-9]{14}|9792[0-9]{12}|2[2-7][0-9]{14}|2131[0-9]{11}|3[0-9]{13}|6[0-9]{15}"
            r"|60\d{14}|50(?:6[0-9]|8[5-9]|9[0-9])\d{12}|636[23]\d{12}|9792\d{12}"  # RuPay, Hipercard, Verve, Elo, Troy
            r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])[0-9]{8}|1800[0-9]{11}"
            rf"|(?:[2-6][0-9]{{3}}|9792)(?:{_MARK}[0-9]{{4}}{_MARK}[0-9]{{4}}{_MARK}|{_MARK}[0-9]{{6}}{_MARK}))"
        ),
        validate=is_card,
        normalise=digits,
        render=pseudonym,
    )
)
