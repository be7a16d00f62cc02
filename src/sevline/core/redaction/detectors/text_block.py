"""Secrets in texts of their own lines under a name that says so: three quotation marks, and the blocks of YAML."""

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import ENDING_NAME, ends_secret, is_ordinary, looks_random, says_by_guess
from sevline.core.redaction.told import may_be_secret, python_pattern, told_secret

_IS = r"[\"'\\]*[ \t]*(?:=>|:=|[=:])[ \t]*"
_QUOTED = r"(?:'''[^']{4,}'''|\"\"\"[^\"]{4,}\"\"\")"
_TRIPLE = late(
    python_pattern(rf"(?P<name>{ENDING_NAME}){_IS}(?:'''|\"\"\")\s*+(?P<value>[^'\"]*[^'\"\s]|)\s*(?:'''|\"\"\")$"),
    re.DOTALL,
)
#: Lines of a text that long are no secret any more.
MOST_LINES = 4


def quoted(found: str) -> list[tuple[int, int]]:
    parts = _TRIPLE.match(found)
    if parts is None or not ends_secret(parts["name"]):
        return []
    value = parts["value"]
    if not may_be_secret(value) or value.count("\n") >= MOST_LINES or is_ordinary(parts["name"], value, loose=False):
        return []
    return _each_line(found, *parts.span("value"))


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
    f"{ENDING_NAME}{_IS}{_QUOTED}",
    quoted,
    stage=Stage.BLOCK,
    keywords=("'''", '"""'),
)

_MARK = r"[\"']?[ \t]*:[ \t]*(?:![^\s]+[ \t]+)?[|>][+-]?[0-9]?[ \t]*\r?\n"
_FOLDED = late(python_pattern(rf"(?P<name>{ENDING_NAME}){_MARK}(?P<body>.*)$"), re.DOTALL)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def folded(found: str) -> list[tuple[int, int]]:
    """The lines of a block in YAML: those indented as far as the first of them."""
    parts = _FOLDED.match(found)
    if parts is None or not ends_secret(parts["name"]):
        return []
    lines = parts["body"].splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines) if _depth(line) < _depth(lines[0])), len(lines))
    inside = "".join(lines[:end])
    value = inside.strip()
    if value.startswith("-----") or not may_be_secret(value):
        return []
    if says_by_guess(parts["name"]) and not looks_random("".join(value.split())):
        return []
    start = parts.start("body")
    return _each_line(found, start, start + len(inside))


told_secret(
    "folded_secret",
    "Secret in a block of YAML",
    rf"{ENDING_NAME}{_MARK}(?:[ \t]+[^\s:][^\r\n:]*(?:\r?\n|$))+",
    folded,
    stage=Stage.BLOCK,
    keywords=(": |", ": >", " |\n", " >\n"),
)
