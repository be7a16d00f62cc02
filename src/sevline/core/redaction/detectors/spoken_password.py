"""Secrets told in a sentence: `pw Hunter2!secret`, `the API key is …`, `user marta / Summer2026!`. What looks like one counts.

Letters, a digit and a symbol together are asked for after a blank, since `password reset2026` tells of no secret; or what
no word looks like, letters and digits by turns.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_WORD = (
    r"(?:pw|pwd|pass|pass(?:word|wort|phrase|code)|kennwort|wachtwoord|mot[ ]de[ ]passe|contrase(?:ñ|n)a|clave|senha|parola"
    r"|(?:api|access|secret|private|license)[ -]?key|token|secret|credentials)"
)
_LOGIN = r"(?:user(?:name)?|login|logon|account|credentials|creds)"
_IS = r"(?:is|was|are|ist|war|lautet|est|es)"
#: After “is” or a colon; a few words may stand before it. `the key: …` counts only here.
_TOLD = (
    rf"(?:{_WORD}(?:[ \t](?:for|of|to|on|in|f(?:ü|ue)r|zum?|the|this|my|our|your|his|her|their|a|[a-z]{{2,16}})){{0,4}}|the[ \t]key)"
    rf"(?:[ \t]{{1,3}}{_IS}(?:[ \t]{{0,2}}:)?[ \t]{{1,3}}|[ \t]{{0,2}}:[ \t]{{1,3}})"
)
_SPLIT = re.compile(
    rf"(?P<head>{_LOGIN}[ \t:=]{{1,3}}[^\s/]+[ \t]+/[ \t]+|{_LOGIN}[ \t]+are[ \t]+[^\s:/]+:|pw[ \t]*[:=][ \t]*|{_TOLD}|{_WORD}[ \t]+)"
    r"(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = ".,;:?)]}"
_SYMBOL = re.compile(r"[!@#$%^&*+~?]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://.*", re.IGNORECASE)
_LINE_OF_CODE = re.compile(r"[($\[{/-]")
_FIELD = re.compile(r"[A-Za-z_]+[=:]")
_DIGIT_RUNS = re.compile(r"[0-9]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NO_SECRET = re.compile(
    r"(?:sha|md|base|utf|aes|rsa|hs|rs|es|ed|argon|oauth|id|v|x|http)-?[0-9]+\w{0,3}|[\w.-]*\([^)]*\)?.*|[A-Z_]+[0-9]*|[0-9]+\w{0,2}",
    re.IGNORECASE,
)


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
    """Six characters or more with letters, a digit and a symbol; after “is” or a colon a digit or a symbol is enough."""
    head, value, _ = _split(found)
    if (
        len(value) < 6
        or is_token(value)
        or _ADDRESS.fullmatch(value)
        or _LINE_OF_CODE.match(value)
        or _UUID.fullmatch(value)
    ):
        return False
    letter, digit = any(map(str.isalpha, value)), any(map(str.isdecimal, value))
    # An exclamation mark at the end is the sentence's unless the rest mixes cases, as passwords do.
    inner = value if value.lower() != value != value.upper() else value.rstrip("!")
    symbol = _SYMBOL.search(inner) is not None
    told = head.rstrip(" \t")
    if told.lower().startswith(("pw:", "pw=", "pw :", "pw =")):
        return letter and (digit or symbol)
    if told.endswith("/"):
        return letter and (digit or symbol)
    if told.lower().startswith("the key"):
        return letter and digit and (symbol or (value != value.lower() and len(value) >= 12))
    if _FIELD.match(value):
        return False
    senseless = len(value) >= 12 and len(_DIGIT_RUNS.findall(value)) > 1
    if told.endswith(":") or re.search(rf"[ \t]{_IS}$", told, re.IGNORECASE):
        return letter and ((digit and len(value) >= 8) or symbol) and _NO_SECRET.fullmatch(value) is None
    return letter and digit and (symbol or senseless)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value, rest = _split(found)
    return head + pseudonyms.secret("SECRET", value) + rest


detector(
    Detector(
        kind="spoken_password",
        title="Password or key told in a sentence",
        pattern=(
            rf"(?i:{BEGIN}(?:{_LOGIN}[ \t:=]{{1,3}}[^\s/]{{2,64}}[ \t]{{1,3}}/[ \t]{{1,3}}|{_LOGIN}[ \t]{{1,3}}are[ \t]{{1,3}}[^\s:/]{{1,64}}:"
            rf"|pw[ \t]{{0,3}}[:=][ \t]{{0,3}}|{_TOLD}|{_WORD}[ \t]{{1,4}})"
            r"[^\s\"'<>\\`]{6,128})"
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=(
            rf"(?i:{_WORD}[ \t]|(?:pw|{_WORD}|the[ ]key)[ \t]{{0,3}}[:=]|{_LOGIN}[ \t:=]{{1,3}}[^\s/]{{2,64}}[ \t]{{1,3}}/[ \t]"
            rf"|{_LOGIN}[ \t]{{1,3}}are[ \t])"
        ),
        normalise=secret,
        validate=is_password,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
