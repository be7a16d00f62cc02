"""Telephone numbers in the international form (E.164) and in the North American numbering plan."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import lru_cache

from sevline.core.redaction.detector import UNLED, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_NOT_DIGITS = late(r"%2[089B]|\D", re.IGNORECASE)
_GROUP = late(r"(?:%20|[ .()/\u00a0\u2009\u202f-])+(\d+)")
_NANP = late(r"1[2-9]\d\d[2-9]\d{6}")
_PLUS = ("+", "%2B", "%2b")
#: Country codes, for a number whose 00 stands apart: pairs of digits with blanks between are no numbers by themselves.
_COUNTRY = (
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|2(?:1[1-8]|[2-6][0-9]|9[0-9])|3[578][0-9]|42[0-3]|50[0-9]|59[0-9]|6[7-9][0-9]|85[0-9]|88[0-9]|9[679][0-9])"
)
_APART = late(rf"00 {_COUNTRY} (?:\(0\) ?)?(?P<rest>[0-9][0-9 ./-]*)")
_PAIRS = late(r"[0-9]{2}(?: [0-9]{2})*")


@lru_cache(maxsize=64)
def digits(found: str) -> str:
    """The number with its country code; ten digits alone are North American."""
    number = _NOT_DIGITS.sub("", _fitting(found))
    if number.startswith("00"):
        return number[2:]
    return number if found.startswith(_PLUS) or len(number) != 10 else "1" + number


def is_number(found: str) -> bool:
    number = digits(found)
    if found.startswith("00 "):
        apart = _APART.fullmatch(found)
        return apart is not None and 9 <= len(number) <= 15 and _PAIRS.fullmatch(apart["rest"]) is None
    if found.startswith((*_PLUS, "00")) and number[:1] != "1":
        return 8 <= len(number) <= 15 and number[0] != "0"
    return _NANP.fullmatch(number) is not None and number[2:4] != "11"


@lru_cache(maxsize=64)
def _fitting(found: str) -> str:
    """Groups of digits that follow a number after a blank are left out as soon as the number would be too long."""
    if not found.startswith((*_PLUS, "00")):
        return found
    number = _NOT_DIGITS.sub("", found)
    end, more = len(found), len(number) - (11 if number.startswith("1") else 15)
    for group in reversed(list(_GROUP.finditer(found)) if more > 0 else ()):  # of some lines there are very many
        if more <= 0 or group.end() != end:
            break
        end, more = group.start(), more - len(group[1])
    return found[:end]


#: Numbers in one piece, one behind the other: all are masked at once, for a pass would come for each of them.
_ROW = late(r"(?P<first>00[1-9]\d+)(?:[ .-]+00[1-9]\d+)+")
_PIECE = late(r"\d+")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    def token(number: str) -> str:
        return pseudonyms.token("PHONE", digits(number))

    fitting = _fitting(found)
    if (row := _ROW.match(found)) is not None and row["first"] == fitting:
        return (
            _PIECE.sub(lambda piece: token(piece[0]) if is_number(piece[0]) else piece[0], row[0]) + found[row.end() :]
        )
    return token(fitting) + found[len(fitting) :]


detector(
    Detector(
        kind="phone",
        title="Telephone number",
        pattern=(
            r"\+[0-9]{1,3}(?:[ ./\u00a0\u2009\u202f-]|[ ][/-][ ])?(?:\([0-9]{1,4}\)[ ./-]?)?[0-9]{1,5}(?:(?:[ ./\u00a0\u2009\u202f-]|[ ][/-][ ])?[0-9]{2,9}){1,6}(?-u:\b)"
            # After another group of digits it is a part of a longer number.
            r"|(?-u:\b)[A-Z0-9]*[0-9][ .-]00[1-9][0-9 ./-]+"
            r"|(?-u:\b)00[1-9][0-9]{0,2}[ ./-](?:\(0\)[ ]?)?[0-9]{1,5}(?:[ ./-]?[0-9]{2,9}){1,6}(?-u:\b)"
            # The same with a blank after the 00; a pair of digits before it shows a dump of bytes.
            rf"|(?-u:\b)(?:[0-9A-Fa-f]{{2}}[ ])*00[ ]{_COUNTRY}[ ](?:\(0\)[ ]?)?[0-9]{{1,5}}(?:[ ./-]?[0-9]{{2,9}}){{1,6}}(?-u:\b)"
            # After a slash it is one of several numbers, as proxies write their times.
            r"|(?-u:\b)[0-9]+/[0-9]{3} [0-9]{3} [0-9]{4}(?-u:\b)"
            r"|(?-u:\b)(?:1[ .-])?[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}(?-u:\b)(?:[-.][0-9]+)?"
            r"|(?:(?-u:\b)1[ .-]?)?\([0-9]{3}\)[ .-]?[0-9]{3}[ .-][0-9]{4}(?-u:\b)"
        ),
        stage=Stage.NUMBER,
        gate=UNLED
        + r"(?:\+[1-9][0-9 ./()\u00a0\u2009\u202f-]{6}|00[ ]?[1-9][0-9]{0,2}[ ./-][0-9(]|[0-9]{3}\)?[ .-]?[0-9]{3}[ .-][0-9]{4})",
        validate=is_number,
        normalise=digits,
        render=pseudonym,
    )
)
