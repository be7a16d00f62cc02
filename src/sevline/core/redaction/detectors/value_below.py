"""A setting's value on the line below its name, as Kubernetes and many tools write environments."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.secret_names import ENDING_NAME, SECRET_NAME, ends_secret, is_code, is_ordinary
from sevline.core.redaction.told import python_pattern

_SAYS = r"(?:name|key|id|variable)"
#: The name alone on its line, or with the mark of YAML for a text below it.
_ALONE = rf"{ENDING_NAME}[\"']?(?:[ ]\([^()\r\n]{{1,60}}\))?[ \t]*:[ \t]*(?:[>|][+-]?[ \t]*)?\r?\n(?:[ \t>]{{0,8}}\r?\n)?[ \t>]{{0,80}}[\"'`]?"
#: The same in capitals without a colon, and a header that goes on.
_HEADED = r"(?m:^)[ \t>*#]{0,8}(?:(?-i:[A-Z]{2,12} ){0,2}(?-i:PASSWORD|PASSPHRASE|SECRET|TOKEN|API[ _-]KEY|PASSWORT|KENNWORT|ACCESS[ _-]KEY)|authorization:[ \t]*(?:bearer|basic|token))[ \t*]*\r?\n[ \t>]{1,80}[\"'`]?"
_UNDER = late(
    rf"(?P<head>{python_pattern(_ALONE)}|{_HEADED})(?P<value>[^\s\"',]+)(?P<rest>[^\n]*)$", re.IGNORECASE | re.DOTALL
)
#: A member as PHP dumps it, whose type and length stand below its name.
_DUMPED = rf"\[\"{ENDING_NAME}\"(?::[^\]\r\n]{{1,80}})?\]=>\r?\n[ \t]*string\([0-9]{{1,5}}\)[ ]\""
_OF_DUMP = late(rf"(?P<head>{python_pattern(_DUMPED)})(?P<value>[^\r\n]*)(?P<rest>\")$", re.IGNORECASE)
_NAME = late(r"[^:\r\n(\"']*(?=[\"' (]*:)|[^\r\n]*")
_HEAD_LINE = late(_HEADED, re.IGNORECASE)
_SPLIT = late(r"(?P<head>.*\n\s*\"?value\"?\s*:\s*[\"']?)(?P<value>[^\n]*)$", re.IGNORECASE | re.DOTALL)


def _parts(found: str) -> tuple[str, str, str]:
    """What stays before the value, the value, what stays after it."""
    if parts := _SPLIT.match(found):
        return parts["head"], parts["value"], ""
    if parts := _OF_DUMP.match(found):
        return parts["head"], parts["value"], parts["rest"]
    if parts := _UNDER.match(found):
        return parts["head"], parts["value"], parts["rest"]
    return found, "", ""


def _name(found: str) -> str:
    name = _NAME.match(found)
    return name[0].rstrip() if name else ""


def value(found: str) -> str:
    return _parts(found)[1]


def is_secret(found: str) -> bool:
    _, text, _ = _parts(found)
    if _OF_DUMP.match(found):
        name = found[2 : found.index('"', 2)]
        return ends_secret(name) and _may_be_secret(name, text)
    if not _SPLIT.match(found) and not _HEAD_LINE.match(found) and not ends_secret(_name(found)):
        return False
    if not _SPLIT.match(found) and (text.isalpha() or not any(map(str.isalnum, text)) or is_code(text)):
        return False
    return _may_be_secret("password", text)


def _may_be_secret(name: str, text: str) -> bool:
    return len(text) > 3 and not is_token(text) and not is_ordinary(name, text, loose=False)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.secret("SECRET", text) + rest


detector(
    Detector(
        kind="value_below",
        title="Value of a setting on the line below its name",
        pattern=(
            rf"(?i:\"?{_SAYS}\"?[ ]?:[ \t]*[\"']?{SECRET_NAME}[\"']?,?[ \t]*\r?\n[ \t]{{0,80}}\"?value\"?[ ]?:[ \t]*)"
            r"(?:\"(?:[^\"\\\r\n]|\\.)+|'[^'\r\n]+|[^\s\"'{$][^\s,}]*)"
            rf"|(?i:{_DUMPED})[^\r\n]*\""
            rf"|(?i:{_ALONE}|{_HEADED})[^\s\"':{{}}\[\]<>,`$-][^\s\"':{{}}\[\]<>,]{{5,200}}[\"']?,?[ \t]*(?m:\r?$)"
        ),
        stage=Stage.BLOCK,
        keywords=(
            " value:", '"value":', 'Value":', "assword:\n", "assword:\r\n", "ecret:\n", "oken:\n", "asswort:\n", 'ecret":\n', 'assword":\n',
            'oken":\n', "assword: >", "assword: |", "ecret: >", "ecret: |", "):\n", ']=>\n', ']=>\r\n', "PASSWORD\n", "SECRET\n", "TOKEN\n", "KEY\n", "ASSWORT\n", "KENNWORT\n",
            # `Bearer` alone ends many a line, of what a server asks for.
            *(f"uthorization: {scheme}{end}" for scheme in ("Bearer", "bearer", "Basic", "basic", "Token", "token") for end in ("\n", "\r\n")),
        ),
        normalise=value,
        validate=is_secret,
        render=pseudonym,
        secrets=lambda found: (value(found),),
    )
)  # fmt: skip
