"""International bank account numbers (ISO 13616), in one piece or in groups, in either case."""

import re

from sevline.core.redaction.checksums import mod97
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_MARK = "[ +.\u00a0\u2007\u2009\u202f-]"
_MARKS = late(f"%20|{_MARK}")
_LENGTHS = {
    country: int(length)
    for country, length in re.findall(
        r"([A-Z]{2})(\d\d)",
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27"
        "GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22"
        "MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28"
        "TL23TN24TR26UA29VA22VG24XK20YE30",
    )
}


def compact(found: str) -> str:
    """Without marks and in capitals, also of signs that a pattern takes for letters, such as the one for kelvin."""
    return _MARKS.sub("", found).casefold().upper()


def _account(found: str) -> str | None:
    """The account number at the start of the match: a word in capitals may follow it and look like one more group."""
    text = compact(found)
    length = _LENGTHS.get(text[:2], 0)
    if length and len(text) in (length - 1, length + 1) and mod97(text):
        return text  # a figure too few or too many, and yet the check holds: it was typed, or made up with care
    account = text[:length]
    if not length or len(account) != length or not mod97(account):
        return None
    return account if len(text) == length or _MARKS.match(found[_used(found, length) :]) else None


def is_account(found: str) -> bool:
    return _account(found) is not None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    account = _account(found) or compact(found)
    return pseudonyms.token("IBAN", account) + found[_used(found, len(account)) :]


def _used(found: str, rest: int) -> int:
    """How many characters of the match the account takes, with the marks between its groups."""
    used = 0
    for piece in re.findall(r"%20|.", found):
        if not rest:
            break
        used += len(piece)
        rest -= 0 if _MARKS.fullmatch(piece) else 1
    return used


detector(
    Detector(
        kind="iban",
        title="Bank account number (IBAN)",
        pattern=(
            rf"(?-u:\b)(?i:[A-Z]{{2}}[0-9]{{2}}(?:{_MARK}?[A-Z0-9]{{2,4}}){{3,8}}"
            rf"(?:{_MARK}?[A-Z0-9]{{1,3}})?)(?-u:\b)"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=rf"(?-u:\b)(?i:(?:{'|'.join(sorted(_LENGTHS))})[0-9]{{2}}{_MARK}?[A-Z0-9]{{4}})",
        validate=is_account,
        normalise=compact,
        render=pseudonym,
    )
)
