"""Names of people in fields that say so: `user=…`, `"first_name": "…"`, `full_name: …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.names import (
    BEGINS_LIKE_A_PERSON,
    ENDS_LIKE_A_PERSON,
    MAY_NAME_A_PERSON,
    NAMES_A_PERSON,
    is_name_of_person,
)
from sevline.core.redaction.pseudonym import Pseudonyms

#: What stands behind ` = ` in a program.
_IN_CODE = re.compile(r"[a-z_]+(?:[._][A-Za-z_]+)*")
_SPLIT = re.compile(
    r"(?P<name>[^=:\"'\\]+?)(?P<mark>[\"'\\]{0,4}[ \t]{0,3}(?:=>|[=:])[ \t]{0,3})"
    r"(?P<quote>[\"'\\]{0,4})(?P<value>.*)$",
    re.DOTALL,
)


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (found[: parts.start("value")], parts["value"]) if parts else (found, "")


def name(found: str) -> str:
    return _parts(found)[1].lower()


def is_person(found: str) -> bool:
    parts = _SPLIT.match(found)
    if parts is None:
        return False
    if (
        not parts["quote"]
        and parts["mark"] != parts["mark"].strip()
        and "=" in parts["mark"]
        and _IN_CODE.fullmatch(parts["value"])
    ):
        return False
    stated = bool(parts["quote"]) or parts["mark"].strip() in ("=", "=>")
    return is_name_of_person(parts["name"], parts["value"], stated=stated)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, value = _parts(found)
    return before + pseudonyms.token("PERSON", value.lower(), kind="term person")


detector(
    Detector(
        kind="person_field",
        title="Name of a person in a field that says so",
        pattern=(
            rf"{BEGIN}(?i:{NAMES_A_PERSON})[\"'\\]{{0,4}}[ \t]{{0,3}}(?:=>|[=:])[ \t]{{0,3}}"
            r"(?:\\{1,3}\"[^\"\\\r\n]{1,80}|\"[^\"\\\r\n]{1,80}|'[^'\\\r\n]{1,80}"
            r"|[^\s\"'&;,<>()\[\]{}\\|=:/]{2,60}(?:[ ](?:[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*|van|von|der|den|del|dos|de|da|di|du|la|le|bin|al|el|y)){0,5})"
        ),
        stage=Stage.PAIR,
        gate=(
            rf"(?i:{ENDS_LIKE_A_PERSON})[\"'\\]{{0,4}}[ \t]{{0,3}}[=:]"
            rf"|(?i:{MAY_NAME_A_PERSON})[\"'\\]{{0,4}}[ \t]{{0,3}}(?:=>|[=:])[ \t]{{0,3}}[\"'\\]{{0,4}}\s*"
            + BEGINS_LIKE_A_PERSON
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
    )
)
