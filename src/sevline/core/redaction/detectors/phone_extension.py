"""The last digits of a telephone number, by which a house knows who is called: `Durchwahl 12`, `her extension is 4471`."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_SURE = r"(?:durchwahl|nebenstelle|ext\.)"
_FIELD = rf"(?:{_SURE}|(?:phone[_ -]?)?extension|phone[_ -]?ext|poste|anexo|ramal|interno)"
#: What is within a server, where a house has its telephones.
_NO_PHONE = r"(?:err(?:or|ore|o)|fallo|fallito|falha|servidor|server|c(?:ó|o)d(?:igo|ice)|estado|stato|status|id|n(?:ú|u)mero|file|file[ ]?name)[ _-](?:interno|extension|poste)"
_OF_NO_PHONE = late(_NO_PHONE, re.IGNORECASE)
_SPLIT = late(r"(?P<head>.*?)(?P<number>[0-9]+)$", re.DOTALL)


def digits(found: str) -> str:
    parts = _SPLIT.match(found)
    return parts["number"] if parts else found


def is_extension(found: str) -> bool:
    return _OF_NO_PHONE.match(found) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    number = digits(found)
    return found[: len(found) - len(number)] + pseudonyms.token("PHONE", number)


detector(
    Detector(
        kind="phone_extension",
        title="Extension of a telephone",
        pattern=(
            rf"(?i:{BEGIN}{_NO_PHONE})[^0-9\r\n]{{1,12}}[0-9]+|(?i:{BEGIN}{_SURE})[ :.]{{1,2}}[0-9]{{2,6}}(?-u:\b)|(?i:{BEGIN}{_FIELD}(?:[\"'\\]{{0,4}}[ \t]?[:=][ \t]?[\"'\\]{{0,4}}|[ ](?:is|ist|est(?:[ ]le)?|es(?:[ ]el)?|é(?:[ ]o)?|è(?:[ ]il|[ ]lo)?|lautet)[ ]))[0-9]{{2,6}}(?-u:\b)"
        ),
        stage=Stage.NUMBER,
        any_case=True,
        rare=True,
        keywords=("durchwahl", "nebenstelle", " ext.", "extension is", "extension:", 'extension"', "extension=", "phone_ext", "phone ext", "phone-ext", "poste ", "poste:", "anexo", "ramal", "interno"),
        gate=rf"(?i:{_FIELD}[^0-9\r\n]{{1,12}}[0-9])",
        normalise=digits,
        validate=is_extension,
        render=pseudonym,
        in_clear=True,
    )
)  # fmt: skip
