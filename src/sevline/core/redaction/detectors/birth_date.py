"""Dates of birth in fields and sentences that call them so."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms

NAMES = (
    r"date[ _-]?of[ _-]?birth|birth[ _-]?date|birthday|dob|d\.o\.b\.|geburtsdatum|geburtstag"
    r"|date[ _-]de[ _-]naissance|fecha[ _-]de[ _-]nacimiento"
)
_DATE = (
    r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:T[0-9:.]+Z?)?"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{6}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?\.? [A-Za-zÀ-ÿ]{3,10},? (?:19|20)[0-9]{2}"
    r"|[A-Za-zÀ-ÿ]{3,10} [0-9]{1,2}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{2}"
)
_SPLIT = re.compile(rf"(.*?)({_DATE})$", re.IGNORECASE | re.DOTALL)


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts.group(1), parts.group(2)) if parts else (found, "")


def date(found: str) -> str:
    return _parts(found)[1].lower()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, value = _parts(found)
    return before + pseudonyms.secret("BIRTH-DATE", value.lower())


detector(
    Detector(
        kind="birth_date",
        title="Date of birth",
        pattern=(
            rf"(?i)(?-u:\b)(?:{NAMES})[\"'\\]{{0,4}}[ \t]{{0,3}}(?:=>|[=:]|is|was|am|war|ist|on)?"
            rf"[ \t]{{0,3}}[\"'\\]{{0,4}}(?:{_DATE})(?-u:\b)"
        ),
        stage=Stage.PAIR,
        keywords=("birth", "dob", "d.o.b.", "geburts", "naissance", "nacimiento"),
        any_case=True,
        rare=True,
        normalise=date,
        render=pseudonym,
    )
)
