"""The named fields of one line, JSON or logfmt, but for those that tell its message, time and level.

The line may be cut, and values in it may have been replaced by marks of redaction: what stands before the cut is read.
"""

import re

from sevline.core.readers.logs.formats import json_lines, logfmt

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*:)?|([{}\[\]])|([^\s",:{}\[\]]+)|"')
_PAIR = re.compile(r'([A-Za-z_@][\w.\-/@]{0,80})=(?:"((?:[^"\\]|\\.)*+)"|([^\s"]*+))')
_ROLES = tuple(
    (*keys, *(f"{outer}.{key}" for key in keys for outer in json_lines.INSIDE))
    for keys in (json_lines.MESSAGE, json_lines.LEVEL, json_lines.TIME)
)
_LOGFMT_ROLES = tuple(tuple(key.decode() for key in keys) for keys in (logfmt.MESSAGE, logfmt.LEVEL, logfmt.TIME))
_TOKENS = 400
_LIST = "[…]"


def fields_in(line: str) -> dict[str, str]:
    """Name -> value as text; of an inner object `outer.inner`, of a list that it is one. The first of a name counts."""
    text = line.lstrip()
    found, roles = (_json(text), _ROLES) if text[:1] == "{" else (_logfmt(text), _LOGFMT_ROLES)
    for keys in roles:
        used = next((key for key in keys if key in found), None)
        if used is not None:
            del found[used]
    return found


def _logfmt(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, quoted, bare in _PAIR.findall(text):
        found.setdefault(key, quoted or bare)
    return found


def _json(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    path: list[str] = []
    key, lists = "", 0
    for count, token in enumerate(_TOKEN.finditer(text)):
        string, colon, bracket, scalar = token.groups()
        if count >= _TOKENS or token[0] == '"':  # a text that is cut ends what can be read
            break
        if bracket is not None:
            path, lists = _entered(path, lists, bracket, key)
            if bracket == "[" and lists == 1 and key:
                found.setdefault(".".join([*path[1:], key]), _LIST)
            key = ""
        elif lists:
            continue
        elif colon is not None:
            key = string
        elif key:
            found.setdefault(".".join([*path[1:], key]), string if string is not None else scalar)
            key = ""
    return found


def _entered(path: list[str], lists: int, bracket: str, key: str) -> tuple[list[str], int]:
    """The names of the objects that are open, and how many brackets are since a list began, behind a bracket."""
    if lists or bracket == "[":
        return path, lists + (1 if bracket in "[{" else -1)
    return ([*path, key], 0) if bracket == "{" else (path[:-1], 0)
