"""A value in the element beside its label: `<th>Password</th><td>…</td>`, `<name>…password</name><value>…</value>`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.holders import is_chosen
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import (
    HINT,
    ends_secret,
    is_ordinary,
    looks_random,
    says_by_guess,
)
from sevline.core.redaction.told import may_be_secret, told_secret

_LAST = r"(?:pass(?:w(?:or[dt]|d)|phrase|code)|pwd|secret|token|key|credentials?|kennwort|mot de passe|contrase(?:ñ|n)a|senha|wachtwoord|heslo)"
_LABEL = rf">[ \t]*[^<>\r\n]{{0,60}}{_LAST}[ \t]*(?:[(][^()<>\r\n]{{1,40}}[)])?[ \t]*[:：]?[ \t]*</[A-Za-z0-9:_-]+>"
_NEXT = r"[ \t]*[:：–-]?[ \t]*(?:<(?:[^<>!/]|[/][^<>])[^<>]*>[ \t]*){0,3}"
_SPLIT = late(
    r">\s*(?P<label>[^<>]*?)\s*(?:\([^()<>]*\))?\s*[:：]?\s*</[\w:-]+>(?P<between>\s*[:：–-]?\s*(?:<[^<>]*>\s*){0,3})(?P<value>[^<>\r\n]+)$"
)
#: What opens beside a label is another label, or a text that leads elsewhere.
_OTHER = late(r".*<(?:th|label|option|dt|h[1-6]|button|a|title)\b.*", re.IGNORECASE | re.DOTALL)


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.search(found)
    if parts is None or _OTHER.match(parts["between"]) or not ends_secret(parts["label"]):
        return []
    value = parts["value"].strip()
    start = parts.start("value") + parts["value"].index(value) if value else 0
    name = parts["label"].rpartition(" ")[2]
    if not may_be_secret(value) or is_ordinary(name, value, loose=False):
        return []
    sure = looks_random(value) if says_by_guess(name) else is_chosen(value)
    return [(start, start + len(value))] if sure else []


told_secret(
    "secret_element",
    "Value in the element beside its label",
    rf"(?i:{_LABEL}{_NEXT}[^<>\r\n]{{4,}})",
    places,
    hint=HINT,
    rare=True,
    markup=True,
    gate=rf"(?i:{_LAST}[ \t]*(?:[(][^()<>\r\n]*[)])?[ \t]*[:：]?[ \t]*</[a-z])",
)
