"""Names of people in fields that say which part somebody plays, of which no list can be whole: `Bearbeiterin: …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name, is_login_of_somebody
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.roles import says_done_by, says_role

_FIELD = r"[A-Za-zÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ0-9_ ./@-]{1,40}"
_MARK = r"[\"'\\*]{0,5}[ \t]{0,3}(?:=>|[:=])[ \t]{0,8}[\"'\\*]{0,5}"
_WORD = r"[A-ZÀ-žƀ-ɏ](?:[A-Za-zÀ-žƀ-ɏ'’-]*[a-zß-žƀ-ɏ])"
_NAME = rf"(?:{_WORD},?(?:(?:[ ](?:van|von|der|den|del|dos|de|da|di|du|la|le|bin|al|el|ten|ter)){{0,3}}[ ](?:{_WORD}|[A-Z]\.)){{1,4}}|[A-Z]\.(?:[ ]?[A-Z]\.)?[ ]{_WORD})"
_LOGIN = r"[a-z][a-z0-9._-]{2,24}"
_SPLIT = late(
    rf"(?P<field>{_FIELD}?)(?P<mark>{_MARK})(?P<name>[^\W\d_].*?)(?P<rest>[\"'\\]{{0,4}}|[ ]\(|,|\r)$", re.DOTALL
)


def _parts(found: str) -> tuple[str, str, str, str]:
    parts = _SPLIT.match(found)
    return (parts["field"], parts["mark"], parts["name"], parts["rest"]) if parts else (found, "", "", "")


def name(found: str) -> str:
    return _parts(found)[2].lower()


def is_person(found: str) -> bool:
    field, mark, text, _ = _parts(found)
    if not text or is_token(text):
        return False
    if text[0].islower():
        return ('"' in mark or mark.startswith(":")) and says_done_by(field) and is_login_of_somebody(text)
    return says_role(field) and is_full_name(text.replace(",", ""))


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    field, mark, text, rest = _parts(found)
    family, comma, given = text.partition(", ")
    whole = f"{given} {family}" if comma else text
    return f"{field}{mark}{pseudonyms.token('PERSON', whole.lower(), kind='term person')}{rest}"


detector(
    Detector(
        kind="person_in_role",
        title="Name of a person in a field for a part somebody plays",
        pattern=rf"{BEGIN}{_FIELD}(?:{_MARK}{_NAME}|\\{{0,2}}\"[ ]?:[ ]?\\{{0,2}}\"{_LOGIN}\\{{0,2}}\"|:[ ]{{1,3}}{_LOGIN}(?:[ ]\(|,|\r?$))",
        stage=Stage.PERSONAL,
        gate=r"[A-Za-zÀ-ɏ][\"'\\*]{0,5}[ \t]{0,3}(?:=>|[:=])[ \t]{0,8}[\"'\\*]{0,5}[A-ZÀ-ɏ][A-Za-zß-ɏ'’.-]+,?[ ][A-ZÀ-ɏvdlbat]|(?:[byBY]|or|ee|er|to|for)(?:\\{0,2}\"[ ]?:[ ]?\\{0,2}\"|: {1,3})[a-z]",
        normalise=name,
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)
