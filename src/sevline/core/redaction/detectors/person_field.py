"""Names of people in fields that say so: `user=…`, `"first_name": "…"`, `full_name: …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY
from sevline.core.redaction.late import late
from sevline.core.redaction.names import (
    BEGINS_LIKE_A_PERSON,
    ENDS_LIKE_A_PERSON,
    MAY_NAME_A_PERSON,
    NAMES_A_PERSON,
    is_common_name_of_person,
    is_host_or_thing,
    is_name_of_person,
    says_name,
    says_person,
)
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.shield import STAND_IN

#: A Windows domain before a login, its backslash as often as it was escaped.
_DOMAIN = r"(?:[A-Za-z0-9._-]{1,30}\\{1,4})?"
#: What stands behind ` = ` in a program: one word, or an expression that begins with a name or a word of the language.
_IN_CODE = late(
    r"[a-z_]+(?:[._][A-Za-z_]+)*|(?:[a-z]+[._][A-Za-z_.]+|[A-Z]+_[A-Z_]+|await|new|not|lambda|yield|self|this)(?: .*)?",
    re.DOTALL,
)
_SPLIT = late(
    r"(?P<name>[^=:\"'\\]+?)(?P<mark>[\"'\\]{0,4}[ \t]{0,3}(?:[=-]>|\)=\(|[=:])[ \t]{0,3})"
    rf"(?P<quote>[\"'\\<]{{0,4}})(?P<domain>{_DOMAIN})(?P<value>.*)$",
    re.DOTALL,
)
#: What a program has of somebody: `user.pk`; and what makes one: `LoginView.as_view`, `AbstractUser`.
_OF_OBJECT = late(r"(?:self|this|user|request|req|obj|instance|account|session|args|ctx)\.[a-z_][A-Za-z_.]*")
_CLASS = late(r"(?:[A-Z][a-z]+){2,}(?:\.[a-z]+_[a-z_]+|(?<=User|Name|Type|View|Form))")
#: Numbers of a log, of a device, a source of data: `lsn`, `dsn`.
_NO_SURNAME = late(r"[a-z]{1,20}[cs]n")
#: A backslash that escapes a character, and is no end of a domain.
_ESCAPED = late(r"[^\\]+\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[ntrbfv](?:[^a-z].*|$))", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str]:
    """What stays before the name, the name, what stays after it. Of `DOMAIN\\\\name` the domain stays."""
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", ""
    if parts["domain"] and _ESCAPED.match(found, parts.start("domain")):
        domain = parts["domain"].rstrip("\\")
        end = parts.start("domain") + len(domain)
        return found[: parts.start("domain")], domain, found[end:]
    value = parts["value"].removesuffix(" HTTP").removesuffix("&")  # in a request the protocol or a parameter follows
    if parts["quote"] == "<":
        value = value.removesuffix(">,")
    return found[: parts.start("value")], value, parts["value"][len(value) :]


def name(found: str) -> str:
    return _parts(found)[1].lower()


def _is_called(value: str) -> bool:
    """Whether a word such as `anna.meyer` begins with a given name, as no name in a program does."""
    first, _, rest = value.partition(".")
    return bool(rest) and first.islower() and first.title() in CALLED_BY


def _is_other(mark: str, value: str) -> bool:
    """Whether a value without quotation marks is what a program sets, or whom somebody calls in a diagram."""
    if mark.strip() == "->" or _OF_OBJECT.fullmatch(value) or _CLASS.fullmatch(value):
        return True
    is_set = mark != mark.strip() and "=" in mark
    return is_set and _IN_CODE.fullmatch(value) is not None and not _is_called(value)


def is_person(found: str) -> bool:
    parts = _SPLIT.match(found)
    if parts is None:
        return False
    if not parts["quote"] and _is_other(parts["mark"], parts["value"]):
        return False
    if _NO_SURNAME.fullmatch(parts["name"]):
        return False
    stated = bool(parts["quote"]) or parts["mark"].strip() in ("=", "=>", ")=(")
    value = _parts(found)[1].replace(", ", " ")
    if parts["name"].lower() == "cn" and ("=" in parts["mark"] or is_host_or_thing(value)):
        return is_common_name_of_person(value)
    return is_name_of_person(parts["name"], value, stated=stated)


def people(found: str) -> tuple[str, ...]:
    """Who stands in a field for nothing but people; for an account only by a whole name."""
    field, value = found.partition("=")[0].partition(":")[0].strip("\"'\\ \t"), _parts(found)[1]
    return (value,) if says_name(field) or (" " in value and says_person(field)) else ()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, value, after = _parts(found)
    return before + pseudonyms.token("PERSON", value.lower(), kind="term person") + after


detector(
    Detector(
        kind="person_field",
        title="Name of a person in a field that says so",
        pattern=(
            rf"{BEGIN}(?i:{NAMES_A_PERSON})[\"'\\]{{0,4}}[ \t]{{0,3}}(?:=>|[ ]->|\)=\(|[=:])[ \t]{{0,3}}"
            rf"(?:\\{{1,3}}\"{_DOMAIN}[^\"\\\r\n]{{1,80}}|\"{_DOMAIN}[^\"\\\r\n]{{1,80}}|'{_DOMAIN}[^'\\\r\n]{{1,80}}|<[^\s<>@]{{2,60}}>,|{_DOMAIN}"
            r"(?:(?:[OoDdLl]|[DdNnAa]ell|[Dd]all|[Ss]ant)['’][A-ZÀ-ž][A-Za-zÀ-žƀ-ɏ-]+|[^\s\"'&;,<>()\[\]{}\\|=:/]{2,60}|"
            + STAND_IN
            + r")(?:(?:[ ](?:van|von|der|den|del|dos|de|da|di|du|la|le|bin|al|el|y)){0,3}[ ][A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*){0,5}(?:,[ ][A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]+(?:[ ][A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*)?(?:\r?$|&|[ ]HTTP))?)"
        ),
        stage=Stage.PAIR,
        gate=(
            rf"(?i:{ENDS_LIKE_A_PERSON})[\"'\\)]{{0,4}}[ \t]{{0,3}}(?:[=:]|->)"
            rf"|(?i:{MAY_NAME_A_PERSON})[\"'\\]{{0,4}}[ \t]{{0,3}}(?:=>|[=:])[ \t]{{0,3}}[\"'\\]{{0,4}}\s*"
            + BEGINS_LIKE_A_PERSON
        ),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=people,
    )
)
