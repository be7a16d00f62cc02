"""People in envelopes as IMAP tells them: `("Leontina Marchetti" NIL "leontina" "marchetti.example")`."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.workplaces import is_function

_SPLIT = late(
    r"\((?:\"(?P<name>[^\"]*)\"|NIL) (?P<route>NIL|\"[^\"]*\") \"(?P<local>[^\"]+)\" \"(?P<host>[^\"]+)\"\)$", re.DOTALL
)


def is_person(found: str) -> bool:
    parts = _SPLIT.match(found)
    return parts is not None and not is_function(parts["local"]) and "<" not in (parts["name"] or "")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    parts = _SPLIT.match(found)
    if parts is None:
        return found
    user, host = (
        pseudonyms.hex16("email user", parts["local"].lower()),
        pseudonyms.hex16("email domain", parts["host"].lower()),
    )
    name = pseudonyms.token("PERSON", parts["name"].lower(), kind="term person") if parts["name"] else parts["name"]
    shown = "NIL" if name is None else f'"{name}"'
    return f'({shown} {parts["route"]} "u{user}@d{host}.redacted.example" "d{host}.redacted.example")'


def people(found: str) -> tuple[str, ...]:
    parts = _SPLIT.match(found)
    return (parts["name"], parts["local"]) if parts and parts["name"] else ()


detector(
    Detector(
        kind="mail_envelope",
        title="Person in an envelope of IMAP",
        pattern=r"\((?:\"[^\"\r\n]{1,80}\"|NIL) (?:NIL|\"[^\"\r\n]*\") \"[^\"\r\n]{1,64}\" \"[A-Za-z0-9.-]+\.[A-Za-z]{2,24}\"\)",
        stage=Stage.PAIR,
        keywords=(' NIL "',),
        validate=is_person,
        render=pseudonym,
        people=people,
    )
)
