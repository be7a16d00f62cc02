"""Secrets that are written over several lines or in several pieces, under a name that says so."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.secret_names import GUESSED, STRONG, WEAK, is_ordinary, looks_random, says_by_guess
from sevline.core.redaction.told import groups, is_telling, may_be_secret, told_secret

#: The end of the name is enough, for nothing of it changes.
_NAME = rf"(?:(?:{STRONG}|{GUESSED})|(?:^|[^A-Za-z])(?:{WEAK}))"
_IS = r"[\"'\\]{0,4}[ \t]{0,40}(?:=>|:=|[=:])[ \t]{0,3}"
_TEXT = r"(?:[bBfFrRuUN@]{0,2}(?:\"[^\"\r\n]*\"|'[^'\r\n]*'))"
_TEXTS = re.compile(r"\"(?P<one>[^\"\r\n]*)\"|'(?P<two>[^'\r\n]*)'")
_JOINED = r"(?:[ \t]*[+.&][ \t]*(?:\r?\n[ \t]*)?|[ \t]*\r?\n[ \t]*[+.&][ \t]*|[ \t]*\\\r?\n[ \t]*)"
_PIECES = rf"{_NAME}{_IS}(?:{_TEXT}(?:{_JOINED}{_TEXT})+|\([ \t]*(?:\r?\n[ \t]*)?{_TEXT}(?:\s+{_TEXT})+)[ \t]*[=:]?"
_HEAD = re.compile(rf"{_NAME}{_IS}", re.IGNORECASE)
_LAST_NAME = re.compile(rf"{STRONG}|{WEAK}|{GUESSED}", re.IGNORECASE)


def _name(found: str) -> str:
    names = _LAST_NAME.findall(found)
    return names[0] if names else ""


def pieces(found: str) -> list[tuple[int, int]]:
    """Each piece of a text that a program joins; one before a colon or an equals sign is a name of its own."""
    head = _HEAD.match(found)
    if head is None:
        return []
    spans = [text.span(text.lastgroup or 0) for text in _TEXTS.finditer(found, head.end())]
    if found[-1:] in "=:":
        spans.pop()
    whole = "".join(found[start:stop] for start, stop in spans)
    if len(spans) < 2 or not may_be_secret(whole) or is_ordinary(_name(found), whole, loose=False):
        return []
    return [(start, stop) for start, stop in spans if start < stop and may_be_secret(found[start:stop], shortest=2)]


told_secret(
    "joined_secret",
    "Secret that a program joins from pieces",
    rf"(?i:{_PIECES})",
    pieces,
    stage=Stage.BLOCK,
    keywords=("\" \\\n", "\" \\\r\n", "' \\\n", "\" +", "' +", "\"\n", "'\n", "\"\r\n", "'\r\n", "' .", "\" .", "\" &"),
)  # fmt: skip

_VALUE = r"[^\s\"'\\=-][^\s\"'\\]{3,300}"
_BROKEN = (
    rf"{_NAME}{_IS}[\"']?\\\r?\n[ \t]*[\"']?(?P<value1>{_VALUE})",
    rf"{_NAME}[\"']?[ \t]*\\\r?\n[ \t]*[=:][ \t]*[\"']?(?P<value2>{_VALUE})",
    rf"--[a-z-]*{_NAME}[ \t=]*\\\r?\n[ \t]*[\"']?(?P<value3>{_VALUE})",
    rf"(?:bearer|basic|token)[ \t]*\\\r?\n[ \t]*[\"']?(?P<value4>{_VALUE})",
    rf"{_NAME}[ \t]*[:=]?[ \t]+=\r?\n(?P<value5>{_VALUE})",
)
_CONTINUED = re.compile("|".join(_BROKEN), re.IGNORECASE)
_SEARCHED = re.sub(r"\?P<value[0-9]>", "?:", "|".join(_BROKEN))


def continued(found: str) -> list[tuple[int, int]]:
    at = groups(_CONTINUED.match(found))
    value = found[at[0][0] : at[0][1]] if at else ""
    stop = len(value.rstrip(".,;")) if value else 0
    if not stop or not is_telling(value[:stop], shortest=4) or is_ordinary(_name(found), value[:stop], loose=False):
        return []
    return [(at[0][0], at[0][0] + stop)]


told_secret(
    "continued_secret",
    "Secret on the next line, behind a mark that the line goes on",
    rf"(?i:{_SEARCHED})",
    continued,
    stage=Stage.BLOCK,
    keywords=("\\\n", "\\\r\n", " =\n", " =\r\n"),
)

_MAIL = re.compile(
    r"(?P<head>.*?(?:[ \t:]|=3D))(?P<value1>[A-Za-z0-9+/_.-]{6,76})=\r?\n(?P<value2>[A-Za-z0-9+/_-]{2,76})[.,;]?\s*$",
    re.DOTALL,
)


def soft(found: str) -> list[tuple[int, int]]:
    parts = _MAIL.match(found)
    return groups(parts) if parts and looks_random(parts["value1"] + parts["value2"]) else []


told_secret(
    "mailed_secret",
    "Secret that a mail broke into two lines",
    rf"(?i:{_NAME}[^\r\n]{{0,60}}(?:[ \t:]|=3D)[A-Za-z0-9+/_.-]{{6,76}}=\r?\n[A-Za-z0-9+/_-]{{2,76}}[.,;]?[ \t]*(?:\r?\n|$))",
    soft,
    stage=Stage.BLOCK,
    keywords=("=\n", "=\r\n"),
)

_TRIPLE = rf"{_NAME}{_IS}(?:'''[^']{{4,4000}}'''|\"\"\"[^\"]{{4,4000}}\"\"\")"
_INSIDE = re.compile(r"(?:'''|\"\"\")\s*(?P<value>[^'\"]*?)\s*(?:'''|\"\"\")$", re.DOTALL)


def quoted(found: str) -> list[tuple[int, int]]:
    at = groups(_INSIDE.search(found))
    value = found[at[0][0] : at[0][1]] if at else ""
    if not may_be_secret(value) or value.count("\n") > 3 or is_ordinary(_name(found), value, loose=False):
        return []
    return _each_line(found, *at[0])


def _each_line(found: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Each line of a stretch without the blanks around it, so that the lines stay as many as they are."""
    spans: list[tuple[int, int]] = []
    for line in found[start:stop].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            at = start + line.index(bare)
            spans.append((at, at + len(bare)))
        start += len(line)
    return spans


told_secret(
    "triple_quoted",
    "Secret in three quotation marks",
    rf"(?i:{_TRIPLE})",
    quoted,
    stage=Stage.BLOCK,
    keywords=("'''", '"""'),
)

_FOLDED_HEAD = rf"{_NAME}[\"']?[ \t]*:[ \t]*(?:![^\s]+[ \t]+)?[|>][+-]?[0-9]?[ \t]*\r?\n"
_FOLDED = re.compile(rf"(?P<head>{_FOLDED_HEAD})(?P<body>.*)$", re.IGNORECASE | re.DOTALL)


def folded(found: str) -> list[tuple[int, int]]:
    """The lines of a block in YAML: those indented as far as the first of them."""
    parts = _FOLDED.match(found)
    if parts is None:
        return []
    lines = parts["body"].splitlines(keepends=True)
    depth = len(lines[0]) - len(lines[0].lstrip(" \t"))
    inside = [
        line
        for number, line in enumerate(lines)
        if all(len(one) - len(one.lstrip(" \t")) >= depth for one in lines[: number + 1])
    ]
    value = "".join(inside).strip()
    name = _name(found)
    guessed = says_by_guess(name) and not looks_random("".join(value.split()))
    if value.startswith("-----") or not may_be_secret(value) or guessed:
        return []
    start = parts.start("body")
    return _each_line(found, start, start + len("".join(inside)))


told_secret(
    "folded_secret",
    "Secret in a block of YAML",
    rf"(?i:{_FOLDED_HEAD})(?:[ \t]+[^\s:][^\r\n:]*(?:\r?\n|$))+",
    folded,
    stage=Stage.BLOCK,
    keywords=(": |", ": >", " |\n", " >\n"),
)
