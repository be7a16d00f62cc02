"""Names of people in elements and attributes of XML and HTML that say so."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import NAMES_A_PERSON, is_name_of_person
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_SPLIT = late(r"<(?:[A-Za-z0-9]+:)?(?P<field>[^\s<>/]+)[^<>]*>\s*(?P<value>.*)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str]:
    """What stands before the name, the field, the name."""
    parts = _SPLIT.match(found)
    return (found[: parts.start("value")], parts["field"], parts["value"].rstrip()) if parts else (found, "", "")


def name(found: str) -> str:
    return _parts(found)[2].lower()


def is_person(found: str) -> bool:
    _, field, value = _parts(found)
    return not is_token(value) and is_name_of_person(field, value, stated=True)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, _, value = _parts(found)
    token = pseudonyms.token("PERSON", value.lower(), kind="term person")
    return f"{before}&lt;{token[1:-1]}&gt;{found[len(before) + len(value) :]}"


detector(
    Detector(
        kind="person_element",
        title="Name of a person in an element that says so",
        pattern=rf"<(?:[A-Za-z0-9]{{1,20}}:)?(?i:{NAMES_A_PERSON})(?:[ \t][^<>]{{0,200}})?>[^<>\r\n]{{2,80}}",
        stage=Stage.PAIR,
        rare=True,
        any_case=True,
        keywords=(
            "name>",
            "name ",
            "user>",
            "login>",
            "owner>",
            "author>",
            "nom>",
            "cognome>",
            "apellido",
            "surname",
            "contact>",
            "customer>",
            "client>",
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
    )
)
