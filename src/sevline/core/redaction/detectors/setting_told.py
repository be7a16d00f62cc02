"""A setting named in a sentence as programs write it, with its value: `our db_password is …`, `look at PGPASSWORD …`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import SECRET_NAME, is_ordinary, looks_random
from sevline.core.redaction.told import for_search, is_joined, is_telling, told_secret

#: Words that may stand between a setting and its value.
_FOR = r"(?:[ \t](?:that|which|we|you|they|i|use[ds]?|have|got|set|of|for|in|on|the|this|our|your|my|[a-z]{2,12})){0,4}"
_IS = r"[ \t]{1,3}(?:is|was|are|being|equals|ist|war|lautet|est|es|era|é|è)(?:[ \t]{0,2}:)?[ \t]{1,3}"
#: The name marked as code or set apart, in a sentence or before a colon.
_MARKED = r"(?:[`*]{1,2}[ \t]*(?:to[ \t]|is[ \t]|[:=])[ \t]*[`*]{1,2}|[\"'][ \t](?:to|is|was|(?:set|resolved|changed)[ \t]to|(?:with|has)[ \t]value)[ \t][\"']?)"
#: What stood in the place of a password, in brackets.
_BRACKET = r"[ \t]\["
_VALUE = r"(?P<value>[^\s\"'<>`]{6,300})"
_SPLIT = late(
    rf"(?P<name>{SECRET_NAME})(?:(?P<said>{_FOR}{_IS}|{_MARKED}|{_BRACKET})|[ \t]{{1,3}}){_VALUE}$", re.IGNORECASE
)
#: What makes a name one of a program: parts joined by a mark, or a capital letter within.
_OF_A_PROGRAM = late(r"\w+[_.]\w[\w.]*|[a-z]+[A-Z]\w*|[A-Z]{6,}|\w{2,}(?:token|id|password)")
_SET_APART = late(r"[`*\"']|[ \t]\[$")
#: Behind a name without a word between, another field with its value: `client_credentials scope=…`.
_NEXT_FIELD = late(r"[A-Za-z_.-]{2,40}=[^=]")
_MARKS = ".,;:!?)]}"


def _is_telling(value: str, *, said: bool) -> bool:
    """Whether it looks like a secret; where the text says that it is set, it need not look random."""
    digits = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if len(value) >= 10 and digits and value.lower() != value != value.upper():
        return True
    return (
        is_telling(value, shortest=6) and (digits or "=" in value or is_joined(value)) if said else looks_random(value)
    )


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    if parts is None or not (_SET_APART.match(parts["said"] or "") or _OF_A_PROGRAM.fullmatch(parts["name"])):
        return []
    start = parts.start("value")
    value = parts["value"].rstrip(_MARKS)
    if not parts["said"] and _NEXT_FIELD.match(value):
        return []
    if not _is_telling(value, said=bool(parts["said"])) or is_ordinary(parts["name"], value, loose=False):
        return []
    return [(start, start + len(value))]


told_secret(
    "setting_told",
    "Value of a setting told in a sentence",
    for_search(rf"(?i:{BEGIN}{SECRET_NAME}(?:{_FOR}{_IS}|{_MARKED}|{_BRACKET}|[ \t]{{1,3}})){_VALUE}"),
    places,
    gate=r"(?:[A-Za-z][_.][A-Za-z]|[a-z][A-Z]|[A-Z]{6}|token|sessionid)[A-Za-z0-9_.]*[ \t]|(?i-u:pass(?:word|phrase|wd)?|pwd|secret|token|key)(?:[`*]+[ \t]*(?:to|is|[:=])|[\"'][ \t](?:to|is|was|set|resolved|changed|with|has)[ \t]|[ \t]\[)",
)
