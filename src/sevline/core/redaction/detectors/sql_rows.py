"""Rows that a statement or a dump writes into a table, under the columns that stand at its head."""

import re
from collections.abc import Iterator

from sevline.core.redaction.columns import masked_under
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.secret_names import says_secret

_TABLE = r"[^\s()]{1,120}"
_COLUMNS = r"\([^()\r\n]{1,2000}\)"
_TEXT = r"'(?:[^'\\]|''|\\.)*'"
_ROW = rf"\((?:{_TEXT}|[^()'\r\n]|\((?:{_TEXT}|[^()'\r\n])*\))*\)"
_INTO = r"(?i:(?:insert|replace)[ \t]+(?:ignore[ \t]+)?into)"
_INSERT = rf"{_INTO}[ \t]+{_TABLE}\s*{_COLUMNS}\s*(?i:values)\s*{_ROW}(?:\s*,\s*{_ROW})*"
_COPY = rf"(?i:copy)[ \t]+{_TABLE}[ \t]*{_COLUMNS}[ \t]+(?i:from[ \t]+stdin)[^\r\n]*(?:\r?\n[^\\\r\n][^\r\n]*)+"
_HEAD = re.compile(r"(?:[^\s(]+\s+){1,3}?[^\s()]+\s*\((?P<columns>[^()]*)\)", re.DOTALL)
_CELL = re.compile(rf"(?P<row>\()|N?(?P<text>{_TEXT})|(?P<bare>[^\s,()']+)|(?P<comma>,)|(?P<end>\))", re.DOTALL)
_FIELD = re.compile(r"[^\t\r\n]+")
Cell = tuple[int, int, str]


def _columns(found: str) -> tuple[list[str], int]:
    """The names of the columns and where they end."""
    head = _HEAD.match(found)
    if head is None:
        return [], len(found)
    return [name.strip(" \t`\"[]'") for name in head["columns"].split(",")], head.end()


def _cells(found: str) -> Iterator[Cell]:
    """Start and end of each value, without its quotes, with the name of its column."""
    names, end = _columns(found)
    yield from (_copied if found[:4].lower() == "copy" else _inserted)(found, names, end)


def _copied(found: str, names: list[str], end: int) -> Iterator[Cell]:
    place = found.find("\n", end) + 1
    for line in found[place:].splitlines(keepends=True):
        at = place
        for name, value in zip(names, line.rstrip("\r\n").split("\t"), strict=False):
            yield at, at + len(value), name
            at += len(value) + 1
        place += len(line)


def _inserted(found: str, names: list[str], end: int) -> Iterator[Cell]:
    depth = column = 0
    for piece in _CELL.finditer(found, end):
        if piece["row"] or piece["end"]:
            depth += 1 if piece["row"] else -1
            column = column if depth else 0
        elif piece["comma"]:
            column += depth == 1
        elif depth == 1 and column < len(names):
            start, stop = piece.span("text") if piece["text"] else piece.span("bare")
            quoted = 1 if piece["text"] else 0
            yield start + quoted, stop - quoted, names[column]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, name in _cells(found):
        token = masked_under(name, found[start:stop], pseudonyms)
        if token is not None:
            pieces += (found[end:start], token)
            end = stop
    return "".join((*pieces, found[end:]))


def secrets(found: str) -> Iterator[str]:
    return (found[start:stop] for start, stop, name in _cells(found) if says_secret(name))


detector(
    Detector(
        kind="sql_rows",
        title="Value that is written into a column that says so",
        pattern=f"{_INSERT}|{_COPY}",
        stage=Stage.BLOCK,
        keywords=("insert into", "replace into", "insert ignore into", "from stdin"),
        any_case=True,
        render=pseudonym,
        secrets=secrets,
    )
)
