"""Names of people in elements and attributes of XML and HTML that say so, by their name or by what a page calls them."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import NAMES_A_PERSON, is_full_name, is_name_of_person, says_name
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

#: What pages call the element that shows who wrote, sent or is addressed.
_CLASS = r"(?:sender|author|user-?name|display-?name|full-?name|real-?name|customer-?name|contact-?name|commenter|assignee|reporter|recipient|speaker|nickname|given-?name|family-?name|from-?name)"
_SHOWN = rf"[ ](?:class|itemprop|data-testid|data-field)=[\"'](?:[^\"'<>]*[ _-])?{_CLASS}(?:[ _][^\"'<>]*)?[\"']"
_BY_CLASS = late(rf"<[a-z][a-z0-9]*[^<>]*{_SHOWN}[^<>]*>\s*(?P<value>.*)$", re.IGNORECASE | re.DOTALL)
_SPLIT = late(r"<(?:[A-Za-z0-9]+:)?(?P<field>[^\s<>/]+)[^<>]*>\s*(?P<value>.*)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str]:
    """What stands before the name, the field, the name."""
    parts = _SPLIT.match(found)
    return (found[: parts.start("value")], parts["field"], parts["value"].rstrip()) if parts else (found, "", "")


def name(found: str) -> str:
    return _parts(found)[2].lower()


def is_person(found: str) -> bool:
    _, field, value = _parts(found)
    if is_token(value):
        return False
    if _BY_CLASS.match(found):
        return is_full_name(value, fewest=1) and is_name_of_person("full_name", value, stated=True)
    return is_name_of_person(field, value, stated=True)


def people(found: str) -> tuple[str, ...]:
    """Who stands in an element for nothing but people."""
    _, field, value = _parts(found)
    return (value,) if says_name(field) or _BY_CLASS.match(found) else ()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, _, value = _parts(found)
    token = pseudonyms.token("PERSON", value.lower(), kind="term person")
    return f"{before}&lt;{token[1:-1]}&gt;{found[len(before) + len(value) :]}"


detector(
    Detector(
        kind="person_element",
        title="Name of a person in an element that says so",
        pattern=(
            rf"<(?:[A-Za-z0-9]{{1,20}}:)?(?i:{NAMES_A_PERSON})(?:[ \t][^<>]{{0,200}})?>[^<>\r\n]{{2,80}}"
            rf"|<[a-z][a-z0-9]{{0,20}}(?:[ ][^<>]{{0,160}})?(?i:{_SHOWN})[^<>]{{0,160}}>[^<>\r\n]{{2,80}}"
        ),
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
            "sender",
            "author",
            'name"',
            "name'",
            "commenter",
            "assignee",
            "reporter",
            "recipient",
            "speaker",
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=people,
    )
)
