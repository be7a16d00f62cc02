"""Passwords of several words, told in a sentence between quotation marks: `the passphrase is “two foxes in a box”`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import HINT
from sevline.core.redaction.told import for_search, groups, is_telling, may_be_secret, told_secret

_WORD = (
    r"(?:pw|pwd|pass[ ]?(?:word|wort|phrase|code)|kennwort|wachtwoord|mot[ ]de[ ]passe|mdp|contrase(?:ñ|n)a|clave|senha|palavra[ -]passe|parola|has(?:ł|l)o|heslo|(?:ş|s)ifre"
    r"|phrase[ ](?:secr(?:è|e)te|de[ ]passe)|frase[ ]de[ ](?:paso|contrase(?:ñ|n)a)|security[ ]answer|secret[ ]answer|geheimantwort)"
)
_IS = r"(?:(?:is|was|ist|war|lautet|hei(?:ß|ss)t|est|(?:é|e)tait|sera|es|era|é|è|är|er|to|je|auf|in)[ \t]{1,3}|:[ \t]{0,3})"
_BEFORE = rf"{_WORD}(?:,?[ \t][^\s\"“”„«»,.:=]{{1,20}}){{0,6}}[ \t]{{0,3}}{_IS}"
_MARKED = r"(?:\"(?P<value1>[^\"\r\n]{3,80})\"|“(?P<value2>[^”\r\n]{3,80})”|„(?P<value3>[^“”\r\n]{3,80})[“”]|«[ \t\u00a0\u202f]?(?P<value4>[^»\r\n]{3,80}?)[ \t\u00a0\u202f]?»|'(?P<value6>[^\s'\r\n]{5,80})')"
_PHRASE = r"(?:phrase[ ](?:secr(?:è|e)te|de[ ]passe)|frase[ ]de[ ](?:paso|contrase(?:ñ|n)a)|passphrase|security[ ]answer|secret[ ]answer|geheimantwort)[ \t]?[:=][ \t]{1,3}(?P<value5>[^\s\"“„«:;,<>{}]+(?:[ ][^\s\"“„«:;,<>{}]+){0,5})[ \t]*$"
_BETWEEN_TEXTS = late(r"\s*[;,)+&|].*\s", re.DOTALL)
_SPLIT = late(rf"{_BEFORE}{_MARKED}|{_PHRASE}", re.IGNORECASE | re.MULTILINE)
_NO_SECRET = late(
    r"\b(?:too|must|should|invalid|incorrect|wrong|required|expired?|missing|not|cannot|empty|short|weak|changed|reset|disabled|unknown|policy|field|falsch|abgelaufen|ung(?:ü|ue)ltig"
    r"|incorrect|expir|inv(?:á|a)lid|incorrecta)",
    re.IGNORECASE,
)


def places(found: str) -> list[tuple[int, int]]:
    at = groups(_SPLIT.match(found))
    value = found[at[0][0] : at[0][1]] if at else ""
    if _BETWEEN_TEXTS.fullmatch(value):
        return []
    if at and found[at[0][0] - 1] == "'" and not is_telling(value):
        return []
    return at if at and may_be_secret(value) and _NO_SECRET.search(value) is None else []


told_secret(
    "quoted_password",
    "Password between quotation marks in a sentence",
    rf"(?i:(?m:{_BEFORE}{for_search(_MARKED)}|{for_search(_PHRASE)}))",
    places,
    hint=HINT,
    gate=rf"(?i:{_WORD}[^\r\n]*(?:[\"'“„«]|[:=]))",
)
