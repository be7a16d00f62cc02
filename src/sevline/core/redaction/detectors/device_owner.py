"""Devices that carry the name of who they belong to: “Annika’s iPhone”, `Annikas-MacBook-Pro`, “iPad de Camille”."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_family_name
from sevline.core.redaction.pseudonym import Pseudonyms

_DEVICE = r"(?:iPhone|iPad|iPod|MacBook|MBP|MBA|iMac|AirPods|Galaxy|Pixel|Laptop|Notebook|Surface|ThinkPad|Watch|PC)"
_CAPITALS = r"(?:LAPTOP|NOTEBOOK|DESKTOP|MACBOOK|IPHONE|IPAD|TABLET|PC|NB|WS|LT|MAC)"
#: Fields for what a computer is called.
_FIELD = r"(?i:workstation(?:[ _]?name)?|client-hostname|(?:computer|device|machine)[ _]?name)[\"']{0,2}[ \t]{0,3}[:= ][ \t]{0,3}[\"']?"
#: What stands in capitals in such names and is no family's: what the computer is for.
_PURPOSES = frozenset(
    ("SALES", "FINANCE", "RECEPTION", "OFFICE", "ADMIN", "SERVER", "TEST", "BUILD", "DEV", "PROD", "KIOSK", "LAB", "HOME", "WORK", "MEETING", "ROOM", "FRONT", "DESK", "SUPPORT", "SHOP", "STORE", "WAREHOUSE", "GUEST", "USER", "DEMO",
     "TRAINING", "PRINT", "SCAN", "BACKUP", "LAPTOP", "DESKTOP", "PUBLIC", "LOCAL", "MASTER", "CLIENT", "WINDOWS", "ACCOUNTING", "MARKETING", "LIBRARY", "STAFF", "SHARED", "SPARE", "POOL", "NEW", "OLD", "MAIN")
)  # fmt: skip
#: As phones name themselves, whoever they belong to.
_POSSESSIVE = r"[A-ZÀ-žƀ-ɏ][a-zß-žƀ-ɏ]{1,20}(?:[’'‘]s[ ]|s[ ])(?:iPhone|iPad|MacBook|iMac|AirPods|Apple Watch|Galaxy)"
_NO_OWNERS = frozenset(
    (
        "apple",
        "samsung",
        "google",
        "today",
        "customer",
        "user",
        "client",
        "this",
        "it",
        "company",
        "child",
        "kid",
        "guest",
        "staff",
        "manager",
        "the",
        "various",
        "all",
        "previous",
        "famous",
        "iphones",
        "does",
        "was",
        "has",
        "is",
    )
)
_NAME = r"[A-ZÀ-žƀ-ɏ][a-zß-žƀ-ɏ]{1,20}"
_SPLIT = late(
    rf"(?P<head>\"?(?:{_DEVICE}[ -](?:von|de|di|van|da|of)[ -])?)(?P<name>[^\W\d_]+(?:-(?!{_DEVICE})[^\W\d_]+)?)(?P<rest>(?:[’'‘]s|s)?[ -].*|)$",
    re.DOTALL,
)

_IN_FIELD = late(rf"(?P<head>{_FIELD}(?:{_CAPITALS}-)?)(?P<name>[A-ZÀ-Þ]{{4,20}})(?P<rest>(?:-{_CAPITALS})?[$]?)$")
_IS_POSSESSIVE = late(rf"\"?{_POSSESSIVE}")
_OF_CAPITALS = late(rf"({_CAPITALS}-|)([^\W\d_]+)(-{_CAPITALS}|)")


def _parts(found: str) -> tuple[str, str, str]:
    """What stands before the name, the name without the ending of possession, what stands after it."""
    if (field := _IN_FIELD.match(found)) is not None:
        return field["head"], field["name"].title(), field["rest"]
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", ""
    text, rest = parts["name"], parts["rest"]
    if found.isupper() and (capitals := _OF_CAPITALS.fullmatch(found)):
        return capitals[1], capitals[2].title(), capitals[3]
    if text not in GIVEN_NAMES and text.endswith("s") and text[:-1] in GIVEN_NAMES:
        return parts["head"], text[:-1], "s" + rest
    return parts["head"], text, rest


def name(found: str) -> str:
    return _parts(found)[1].lower()


def is_person(found: str) -> bool:
    text = _parts(found)[1]
    if text.partition("-")[0] in CALLED_BY:
        return True
    if (field := _IN_FIELD.match(found)) is not None:
        return field["name"].upper() not in _PURPOSES
    return (
        _IS_POSSESSIVE.match(found) is not None
        and text.removesuffix("s").lower() not in _NO_OWNERS
        and is_family_name(text)
    )


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.token("PERSON", text.lower(), kind="term person") + rest


detector(
    Detector(
        kind="device_owner",
        title="Name of a person in the name of a device",
        pattern=rf"{_FIELD}(?:{_CAPITALS}-[A-ZÀ-Þ]{{4,20}}(?-u:\b)[$]?|[A-ZÀ-Þ]{{4,20}}-{_CAPITALS}(?-u:\b)[$]?)|\"[A-ZÀ-žƀ-ɏ][a-zß-žƀ-ɏ]{{1,20}}s[ ](?:iPhone|iPad|MacBook|iMac|AirPods|Apple Watch|Galaxy)|{BEGIN}(?:{_CAPITALS}-[A-ZÀ-Þ]{{3,20}}|[A-ZÀ-Þ]{{3,20}}-{_CAPITALS}(?-u:\b)|{_NAME}(?:-{_NAME})?(?:[’'‘]s)?[ -]{_DEVICE}|{_DEVICE}[ -](?:von|de|di|van|da|of)[ -]{_NAME})",
        stage=Stage.PERSONAL,
        rare=True,
        gate=rf"{_CAPITALS}-[A-ZÀ-Þ]|[A-ZÀ-Þ]-{_CAPITALS}|[a-zß-ɏ’'‘][ -]{_DEVICE}|{_DEVICE}[ -](?:von|de|di|van|da|of)[ -][A-Z]",
        normalise=name,
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)
