"""Telephone numbers as people write them at home: in groups that begin with a nought, or beside another number."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.checksums import only_digits
from sevline.core.redaction.detector import BEGIN, UNLED, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.shield import STAND_IN

#: Area or network, then the groups that some country writes: Great Britain and Australia, Germany and the Netherlands,
#: Switzerland and Turkey, France, Japan, Sweden. The number of digits in a group is what tells it from other numbers.
_GROUPED = (
    r"0[1-9][0-9]{1,3}[ ][0-9]{3,4}[ ][0-9]{3,4}"
    r"|0[6-9][0-9]{4}[ ][0-9]{5}|0[1-9][0-9]{2,4}/[0-9]{3,5}-[0-9]{1,4}|0[1-9][0-9]{2,4}/[0-9]{6,8}|0[1-9][0-9]{2,3}[ -][0-9]{6,8}|06[ -](?:[0-9]{8}|[0-9]{4}[ ][0-9]{4}|[0-9]{2}(?:[ ][0-9]{2}){3})"
    r"|0[1-9][0-9]{1,2}[ ][0-9]{3}[ ][0-9]{2}[ ][0-9]{2}"
    r"|0[1-9](?:[ .-][0-9]{2}){4}"
    r"|0[1-9][0-9]{0,2}-[0-9]{3,4}-[0-9]{4}"
    r"|0[1-9][0-9]{0,2}-[0-9]{2,3}[ ][0-9]{2,3}[ ][0-9]{2}"
    r"|0[1-9][0-9]{0,4}[ ]/[ ][0-9]{2,8}(?:[ -][0-9]{1,6}){0,3}"
    r"|0[1-9][0-9]{1,4}[ ]?[/-][ ]?[0-9]{3,5}(?:[ ][0-9]{2,5}){1,2}"
    r"|\([1-9][0-9]\)[ ]?9[ ]?[0-9]{4}-[0-9]{4}"
    r"|\(0[ ]?[1-9][0-9]{0,4}\)[ ]?[0-9]{2,8}(?:[ -][0-9]{1,6}){0,4}"
)
_ANY = r"\(?[0-9](?:[ ./()-]{0,2}[0-9]){6,13}"
#: What joins a second number to the first.
_JOINED = r"(?:[ ]?[,;/|][ ]?|[ ](?:or|and|oder|und|ou|et|o|y|e|of|en)[ ])(?:[A-Za-zÀ-ž]{2,8}[ ]){0,2}"
_EXTENSION = (
    r"(?:;ext=|[ ,-]{0,2}(?:x|ext\.?|extension|Durchwahl|DW|Nst\.?|poste|int\.?|ramal|anexo)[ .:]{0,2})[0-9]{1,6}"
)
_SPLIT = late(rf"(?P<head>.*?)(?P<number>{_ANY}|\+?[0-9][0-9 ./()-]*[0-9])$", re.DOTALL)
_IS_GROUPED = late(_GROUPED)
_PSEUDONYM = late(EVERY_PSEUDONYM)
_JOINED_HEAD = late(rf"<PHONE-[0-9a-f]{{16}}>{_JOINED}$")
_AFTER_ONE = late(rf"<PHONE-[0-9a-f]{{16}}>(?:{_JOINED}|{_EXTENSION})")


def _parts(found: str) -> tuple[str, str]:
    """What stands before the number, and the number."""
    if _IS_GROUPED.fullmatch(found):
        return "", found
    before = _PSEUDONYM.match(found)
    start = before.end() if before else 0
    parts = _SPLIT.match(found, start)
    return (found[: parts.start("number")], parts["number"]) if parts else (found, "")


def is_number(found: str) -> bool:
    head, number = _parts(found)
    figures = len(only_digits(number))
    if _IS_GROUPED.fullmatch(found):
        return 7 <= figures <= 13
    if _PSEUDONYM.match(head):
        if _IS_GROUPED.fullmatch(number):
            return True
        return _AFTER_ONE.match(found) is not None and (figures < 7) == (_JOINED_HEAD.search(head) is None)
    return False


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, number = _parts(found)
    return head + pseudonyms.token("PHONE", only_digits(number))


def digits(found: str) -> str:
    return only_digits(_parts(found)[1])


detector(
    Detector(
        kind="phone_in_text",
        title="Telephone number as it is written within its country",
        # With digits before or behind it is a part of something longer, and no number then.
        pattern=(
            rf"{STAND_IN}(?:{_JOINED}{_ANY}|{_EXTENSION})(?-u:\b)"
            rf"|(?:[A-Za-z0-9_]*[0-9A-Za-z_][.:/_+-]|[0-9]+[ ]|(?:[0-9][0-9A-Fa-f]|[A-Fa-f][0-9])[ ]|(?:[Vv]ersion|[Rr]elease|[Bb]uild|v)[ ])?{BEGIN}(?:{_GROUPED})(?-u:\b)(?:[:._/-][0-9A-Za-z]+|[ ][0-9A-Fa-f]{{2,}}(?-u:\b))?"
        ),
        stage=Stage.NUMBER,
        gate=(
            UNLED
            + r"\([1-9][0-9]\)[ ]?9[ ]?[0-9]{4}-|\(?0[ ]?[1-9][0-9]{0,4}\)?(?:[ -][0-9]{3}|[ ]?/[ ]?[0-9]{2}|(?:[ .-][0-9]{2}){3})"
            rf"|{STAND_IN}[ ,;/|a-zA-Z.=]{{1,20}}[0-9(]"
        ),
        validate=is_number,
        normalise=digits,
        render=pseudonym,
        in_clear=True,
    )
)
