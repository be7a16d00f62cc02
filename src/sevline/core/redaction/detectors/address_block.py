"""A letter's address: the name above a street, the postcode and the town below it."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms

_WORD = r"[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*"
_NAME = rf"{_WORD}(?:[ ](?:{_WORD}|van|von|der|den|de|zu|ten|ter)){{1,4}}"
_TOWN = rf"(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}(?:[ ][A-Z]{{2}})?[ ]{_WORD}(?:[ ](?:{_WORD}|am|an|der|im|bei)){{0,3}}"
_SPLIT = late(
    r"(?P<name>[^\n]+?)(?P<between>[ \t]*\r?\n(?:[^\n]*\n)*[ \t>]*)(?P<town>[^\n]+?)(?P<rest>[ \t]*\r?)$", re.DOTALL
)
_TITLE = late(r"(?P<title>[ \t>]*(?:(?:Herrn?|Frau|Familie|Mr|Mrs|Ms|Dr|Prof)\.?[ ])*)(?P<name>.+)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str, str, str]:
    """What stands before the name, the name, what stands between, the town with its postcode, what stands after."""
    parts = _SPLIT.match(found)
    titled = _TITLE.match(parts["name"]) if parts else None
    if parts is None or titled is None:
        return found, "", "", "", ""
    return titled["title"], titled["name"], parts["between"], parts["town"], parts["rest"]


def is_address(found: str) -> bool:
    return bool(_parts(found)[3])


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """The street goes by itself; a company keeps its name."""
    title, name, between, town, rest = _parts(found)
    if is_full_name(name):
        name = pseudonyms.token("PERSON", name.lower(), kind="term person")
    return title + name + between + pseudonyms.token("ADDRESS", town.lower()) + rest


detector(
    Detector(
        kind="address_block",
        title="Name, street and town in lines of a letter",
        pattern=(
            rf"(?m:^[ \t>]*{_NAME}[ \t]*\r?\n(?:[ \t>]*[^\r\n0-9]{{2,60}}\r?\n)?[ \t>]*[^\r\n0-9:=]{{3,50}}[ ][0-9]{{1,4}}[ ]?[a-z]?[ \t]*\r?\n[ \t>]*{_TOWN}[ \t]*\r?$)"
        ),
        stage=Stage.BLOCK,
        keywords=(
            "\nAm ",
            "straße ",
            "str. ",
            "weg ",
            "platz ",
            "allee ",
        ),
        validate=is_address,
        render=pseudonym,
        people=lambda found: (_parts(found)[1],),
    )
)
