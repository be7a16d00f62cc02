"""Passwords told in a sentence: `pw Hunter2!secret`, `user marta / Summer2026!`. What looks like one counts.

Letters, a digit and a symbol together are asked for after a blank, since `password reset2026` tells of no secret.
"""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_WORD = r"(?:pw|pwd|pass|pass(?:word|wort|phrase)|kennwort)"
_LOGIN = r"(?:user(?:name)?|login|logon|account|credentials|creds)"
_SPLIT = re.compile(
    rf"(?P<head>{_LOGIN}[ \t:=]{{1,3}}[^\s/]+[ \t]+/[ \t]+|pw[ \t]*[:=][ \t]*"
    rf"|{_WORD}[ \t]+(?:(?:is|ist|lautet)[ \t]+)?)"
    r"(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = ".,;:?)]}"
_SYMBOL = re.compile(r"[!@#$%^&*+~?]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://.*", re.IGNORECASE)
_LINE_OF_CODE = re.compile(r"[($\[{/-]")


def _split(found: str) -> tuple[str, str, str]:
    """What stays before the password, the password, the marks of the sentence after it."""
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", ""
    value = parts["value"].rstrip(_MARKS)
    return parts["head"], value, parts["value"][len(value) :]


def secret(found: str) -> str:
    return _split(found)[1]


def is_password(found: str) -> bool:
    """Six characters or more with letters, a digit and a symbol; after `pw:` a digit or a symbol is enough."""
    head, value, _ = _split(found)
    if len(value) < 6 or is_token(value) or _ADDRESS.fullmatch(value) or _LINE_OF_CODE.match(value):
        return False
    letter, digit = any(map(str.isalpha, value)), any(map(str.isdecimal, value))
    # An exclamation mark at the end is the sentence's unless the rest mixes cases, as passwords do.
    inner = value if value.lower() != value != value.upper() else value.rstrip("!")
    symbol = _SYMBOL.search(inner) is not None
    if head.rstrip(" \t").endswith((":", "=")):
        return letter and (digit or symbol)
    return letter and digit and symbol


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value, rest = _split(found)
    return head + pseudonyms.secret("SECRET", value) + rest


detector(
    Detector(
        kind="spoken_password",
        title="Password told in a sentence",
        pattern=(
            rf"(?i:(?-u:\b)(?:{_LOGIN}[ \t:=]{{1,3}}[^\s/]{{2,64}}[ \t]{{1,3}}/[ \t]{{1,3}}"
            rf"|pw[ \t]{{0,3}}[:=][ \t]{{0,3}}|{_WORD}[ \t]{{1,4}}(?:(?:is|ist|lautet)[ \t]{{1,4}})?)"
            r"[^\s\"'<>\\]{6,128})"
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=rf"(?i:{_WORD}[ \t]|pw[ \t]{{0,3}}[:=]|{_LOGIN}[ \t:=]{{1,3}}[^\s/]{{2,64}}[ \t]{{1,3}}/[ \t])",
        normalise=secret,
        validate=is_password,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
