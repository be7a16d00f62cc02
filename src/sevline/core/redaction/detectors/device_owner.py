"""Devices that carry the name of who they belong to: “Annika’s iPhone”, `Annikas-MacBook-Pro`, “iPad de Camille”."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_DEVICE = r"(?:iPhone|iPad|iPod|MacBook|MBP|MBA|iMac|AirPods|Galaxy|Pixel|Laptop|Notebook|Surface|ThinkPad|Watch|PC)"
_CAPITALS = r"(?:LAPTOP|NOTEBOOK|DESKTOP|MACBOOK|IPHONE|IPAD|TABLET|PC|NB|WS|LT|MAC)"
_NAME = r"[A-ZÀ-žƀ-ɏ][a-zß-žƀ-ɏ]{1,20}"
_SPLIT = late(
    rf"(?P<head>(?:{_DEVICE}[ -](?:von|de|di|van|da|of)[ -])?)(?P<name>[^\W\d_]+)(?P<rest>(?:[’'‘]s|s)?[ -].*|)$",
    re.DOTALL,
)

_OF_CAPITALS = late(rf"({_CAPITALS}-|)([^\W\d_]+)(-{_CAPITALS}|)")


def _parts(found: str) -> tuple[str, str, str]:
    """What stands before the name, the name without the ending of possession, what stands after it."""
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
    return _parts(found)[1] in CALLED_BY


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.token("PERSON", text.lower(), kind="term person") + rest


detector(
    Detector(
        kind="device_owner",
        title="Name of a person in the name of a device",
        pattern=rf"{BEGIN}(?:{_CAPITALS}-[A-ZÀ-Þ]{{3,20}}|[A-ZÀ-Þ]{{3,20}}-{_CAPITALS}(?-u:\b)|{_NAME}(?:[’'‘]s)?[ -]{_DEVICE}|{_DEVICE}[ -](?:von|de|di|van|da|of)[ -]{_NAME})",
        stage=Stage.PERSONAL,
        rare=True,
        gate=rf"{_CAPITALS}-[A-ZÀ-Þ]|[A-ZÀ-Þ]-{_CAPITALS}|[a-zß-ɏ’'‘][ -]{_DEVICE}|{_DEVICE}[ -](?:von|de|di|van|da|of)[ -][A-Z]",
        normalise=name,
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)
