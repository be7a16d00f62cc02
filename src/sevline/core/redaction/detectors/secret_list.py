"""Secrets in a list under a name that says so: `api_keys = ["…", "…"]`, `TOKENS=…,…`, and a line each in YAML or JSON."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from collections.abc import Iterator

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import HINT, STRONG, looks_random
from sevline.core.redaction.told import is_telling, may_be_secret, told_secret

_PLURAL = (
    r"(?:passw(?:ord|d)|passphrase|secret|token|pin|(?:recovery|backup|scratch|otp|emergency)[ _-]?code"
    r"|(?:api|access|secret|private|signing|hmac|encryption|jwt|auth|valid|allowed|client|license|webhook|fernet|master|cookie|session"
    r"|admin|write|app|service|unseal|recovery|root|wireguard|host|ssh|verification|shared|old|previous|rotated|accepted)[ _-]?key)s|passw(?:ö|oe)rter|kennw(?:ö|oe)rter"
)
_NAME = rf"(?:{_PLURAL}|{STRONG}|pwd|keys(?:_base64|_b64|_hex)?|(?:network|nwk|link)[ _-]?key)"
_IS = r"[\"'\\]{0,4}[ \t]{0,3}(?:=>|:=|[=:])[ \t]{0,3}"
_ELEMENT = late(r"\"(?P<one>[^\"\r\n]*)\"|'(?P<two>[^'\r\n]*)'|(?P<bare>[^\s\"',;\[\](){}]+)")
_HEAD = late(rf"(?P<name>{_NAME}){_IS}", re.IGNORECASE)
_OF_PEOPLE = late(r"pass|pin|code|kennw|mot|contrase|senha", re.IGNORECASE)
#: A share of a master key, as vaults write them.
_SHARE = late(r"[0-9a-f]{64}(?:[0-9a-f]{2})?|(?=.*[0-9])(?=.*[A-Z])[A-Za-z0-9+/]{43,44}=?")
_BYTES = late(
    r"\[[ \t]*(?P<value>(?:0x[0-9a-f]{1,2}|[0-9]{1,3})(?:[ \t]*,[ \t]*(?:0x[0-9a-f]{1,2}|[0-9]{1,3})){7,63})",
    re.IGNORECASE,
)
#: Behind the mark of a comment nothing belongs to the list, and before a colon stands a name.
_ITEM = late(
    r"[ \t]*(?:-[ \t]+)?(?:[\w.\"'-]+[ \t]*[=:][ \t]+)?(?:\"(?P<one>[^\"\r\n]*)\"|'(?P<two>[^'\r\n]*)'|(?P<bare>[^\s\"',#:]+))[ \t]*+,?[ \t]*+(?:#.*)?$"
)


def _elements(found: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each element, and whether it is quoted; an element before a colon or an arrow is a name."""
    for element in _ELEMENT.finditer(found, start):
        name = next(name for name in ("one", "two", "bare") if element[name] is not None)
        if not found[element.end() :].lstrip(" \t").startswith((":", "=")):
            yield (*element.span(name), name != "bare")


def _items(found: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """The same where each element has a line."""
    place = found.index("\n", start) + 1
    for line in found[place:].splitlines(keepends=True):
        item = _ITEM.match(line.rstrip("\r\n"))
        if item is not None:
            name = next(name for name in ("one", "two", "bare") if item[name] is not None)
            yield place + item.start(name), place + item.end(name), name != "bare"
        place += len(line)


def _is_secret(name: str, value: str, *, quoted: bool) -> bool:
    """In a list of passwords anything that has the form of one; among tokens and keys what chance made."""
    if not may_be_secret(value):
        return False
    if name.lower().startswith("keys"):
        return _SHARE.fullmatch(value) is not None
    if _OF_PEOPLE.search(name):
        return quoted or is_telling(value, shortest=4)
    telling = any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and len(value) >= 8
    return looks_random(value) or (
        telling and not value.isalnum() and value.count("_") < 2 and "." not in value and "/" not in value
    )


def places(found: str) -> list[tuple[int, int]]:
    head = _HEAD.match(found)
    if head is None:
        return []
    if octets := _BYTES.match(found, head.end()):
        return [octets.span("value")]
    each = _items if "\n" in found else _elements
    return [
        (start, stop)
        for start, stop, quoted in each(found, head.end())
        if _is_secret(head["name"], found[start:stop], quoted=quoted)
    ]


told_secret(
    "secret_list",
    "Secrets in a list under a name that says so",
    rf"(?i:{_NAME}{_IS}(?:[\[({{][^\[\](){{}}\r\n]{{4,}}[\])}}]|[A-Za-z0-9+/_-]{{8,}}(?:[ \t]?[,;][ \t]?[A-Za-z0-9+/_-]{{8,}})+))",
    places,
    hint=HINT,
    gate=rf"(?i:{_NAME}{_IS}(?:[\[({{]|[A-Za-z0-9+/_-]{{8,}}[ \t]?[,;]))",
)
told_secret(
    "secret_lines",
    "Secrets in a list with a line each under a name that says so",
    rf"(?i:{_NAME}{_IS}[\[({{]?[ \t]*\r?\n(?:[ \t]*(?:-[ \t]+[^\s:{{][^\r\n:]*|[A-Za-z0-9_.\"'-]+[ \t]*[=:][ \t]+[^\s{{\[][^\r\n]*|\"[^\"\r\n]*\"[ \t]*,?|'[^'\r\n]*'[ \t]*,?|#[^\r\n]*)[ \t]*(?:\r?\n|$))+)",
    places,
    stage=Stage.BLOCK,
    keywords=("s:\n", "s:\r\n", "rter:\n", " [\n", " [\r\n", "=[\n", " (\n", " (\r\n", " {\n", " {\r\n"),
)
