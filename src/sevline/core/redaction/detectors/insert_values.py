"""Rows of a dump: `INSERT INTO customers (first_name, …) VALUES ('…', …)`, each value under its column.

MySQL's own dumps name the columns only where the table is made, some lines above. PostgreSQL names the columns and the
values of a key in the same way: `Key (last_name, first_name)=(…, …) already exists`.
"""

import re
from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.dumps import bare, tables_in
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import people_in, record_tokens
from sevline.core.redaction.secret_names import says_secret

_TEXT = r"[NEn]?'(?:[^'\\]|''|\\.)*'"
_ROW = rf"\((?:{_TEXT}|[^'()]|\((?:{_TEXT}|[^'()])*\))*\)"
_PATTERN = (
    r"(?i:insert[ ]+(?:ignore[ ]+)?into|replace[ ]+into)[ ]+[^\s()]{1,120}\s*\([^()']{3,4000}\)\s*(?i:values)\s*"
    rf"{_ROW}(?:\s*,\s*{_ROW})*"
)
#: What PostgreSQL says of a key of several columns.
_KEY = r"Key \([^()\r\n]{3,400}\)=\([^()\r\n]{1,1000}\)"
#: A table that is made, and rows without names behind it; between them what locks the table, and remarks.
_MADE = (
    r"(?i:create[ ]+table)[ ]+[^;()]{1,160}\((?:[^;']|'(?:[^'\\]|''|\\.)*')*;"
    r"(?:\s*(?:--[^\r\n]*|/\*[^;]*;|(?i:lock|alter|set)[^;'\r\n]*;))*\s*"
    rf"(?i:(?:insert[ ]+(?:ignore[ ]+)?into|replace[ ]+into)[ ]+[^\s()]{{1,120}}\s+values)\s*{_ROW}(?:\s*,\s*{_ROW})*"
    rf"(?:;\s*(?i:insert[ ]+into[ ]+[^\s()]{{1,120}}\s+values)\s*{_ROW}(?:\s*,\s*{_ROW})*)*"
)
_TABLE = late(r"create +table +(?:if +not +exists +)?(?P<name>[^\s(]+)\s*\(", re.IGNORECASE)
_ROWS = late(r"(?:insert +(?:ignore +)?into|replace +into) +(?P<name>\S+)\s+values\s*", re.IGNORECASE)
_HEAD = late(r"[^(]*\((?P<columns>[^()]*)\)\s*(?:values\s*|=)", re.IGNORECASE)
_VALUE = late(rf"(?P<text>{_TEXT})|(?P<other>[^'(),\s](?:[^'(),]|\([^'()]*\))*)|(?P<mark>[(),])", re.DOTALL)

#: A quotation mark within a text is doubled, or escaped as other signs are.
_ESCAPED = late(r"''|\\(.)", re.DOTALL)
_DEPTH = {"(": 1, ")": -1, ",": 0}


def _cells(found: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of what stands in the quotes of each value, with the name of its column."""
    if table := _TABLE.match(found):
        yield from _cells_of_table(found, table)
    elif head := _HEAD.match(found):
        columns = [column.strip(' `"[]\t\r\n') for column in head["columns"].split(",")]
        yield from _in_rows(found, columns, head.end(), len(found))


def _cells_of_table(found: str, table: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The same where the columns stand in the making of the table; rows of another table have others."""
    heads = list(_ROWS.finditer(found, table.end()))
    tables = tables_in(found[: heads[0].start()] if heads else "")
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        if columns := tables.get(bare(head["name"])):
            yield from _in_rows(found, columns, head.end(), following.start() if following else len(found))


def _in_rows(found: str, columns: list[str], begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    at, depth = 0, 0
    for lexeme in _VALUE.finditer(found, begin, end):
        mark = lexeme["mark"]
        if mark:
            at = 0 if depth == 0 else at + (mark == "," and depth == 1)
            depth += _DEPTH[mark]
        elif depth == 1 and at < len(columns):
            opening, closing = (lexeme[0].find("'") + 1, 1) if lexeme["text"] else (0, 0)
            yield lexeme.start() + opening, lexeme.end() - closing, columns[at]


def _unescaped(escape: re.Match[str]) -> str:
    return " " if escape[1] in ("n", "r", "t") else escape[1] or "'"


def _rows(found: str) -> Iterator[list[tuple[int, int, str]]]:
    """The cells of each row: one ends where the next cell is of an earlier column."""
    row: list[tuple[int, int, str]] = []
    for cell in _cells(found):
        if row and cell[2] in {name for _, _, name in row}:
            yield row
            row = []
        row.append(cell)
    yield row


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    place = 0
    for row in _rows(found):
        values = [(column, _ESCAPED.sub(_unescaped, found[start:end].strip())) for start, end, column in row]
        for (start, end, _), token in zip(row, record_tokens(values, pseudonyms), strict=True):
            if token is not None:
                pieces += (found[place:start], token)
                place = end
    return "".join((*pieces, found[place:]))


def secrets(found: str) -> Iterator[str]:
    return (found[start:end] for start, end, column in _cells(found) if says_secret(column))


detector(
    Detector(
        kind="insert_values",
        title="Value of a row that is inserted, under a column that says so",
        pattern=f"{_PATTERN}|{_MADE}|{_KEY}",
        stage=Stage.BLOCK,
        keywords=(
            "INSERT INTO",
            "insert into",
            "INSERT IGNORE",
            "REPLACE INTO",
            "replace into",
            "Key (",
        ),
        render=pseudonym,
        secrets=secrets,
        people=lambda found: people_in(found, [("", row) for row in _rows(found)]),
    )
)
