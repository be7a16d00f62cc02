"""Rows of a dump: `INSERT INTO customers (first_name, …) VALUES ('…', …)`, each value under its column."""

import re
from collections.abc import Iterator

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.secret_names import says_secret

_TEXT = r"[NEn]?'(?:[^'\\]|''|\\.)*'"
_ROW = rf"\((?:{_TEXT}|[^'()]|\((?:{_TEXT}|[^'()])*\))*\)"
_PATTERN = (
    r"(?i:insert[ ]+(?:ignore[ ]+)?into|replace[ ]+into)[ ]+[^\s()]{1,120}\s*\([^()']{3,4000}\)\s*(?i:values)\s*"
    rf"{_ROW}(?:\s*,\s*{_ROW})*"
)
_HEAD = re.compile(r"[^(]*\((?P<columns>[^()]*)\)\s*values\s*", re.IGNORECASE)
_VALUE = re.compile(rf"(?P<text>{_TEXT})|(?P<other>[^'(),\s](?:[^'(),]|\([^'()]*\))*)|(?P<mark>[(),])", re.DOTALL)

_DEPTH = {"(": 1, ")": -1, ",": 0}


def _cells(found: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of what stands in the quotes of each value, with the name of its column."""
    head = _HEAD.match(found)
    columns = [column.strip(' `"[]\t\r\n') for column in head["columns"].split(",")] if head else []
    at, depth = 0, 0
    for lexeme in _VALUE.finditer(found, head.end() if head else len(found)):
        mark = lexeme["mark"]
        if mark:
            at = 0 if depth == 0 else at + (mark == "," and depth == 1)
            depth += _DEPTH[mark]
        elif depth == 1 and at < len(columns):
            opening, closing = (lexeme[0].find("'") + 1, 1) if lexeme["text"] else (0, 0)
            yield lexeme.start() + opening, lexeme.end() - closing, columns[at]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    place = 0
    for start, end, column in _cells(found):
        token = column_token(column, found[start:end].strip().replace("''", "'"), pseudonyms)
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
        pattern=_PATTERN,
        stage=Stage.BLOCK,
        keywords=(
            "INSERT INTO",
            "insert into",
            "INSERT IGNORE",
            "REPLACE INTO",
            "replace into",
        ),
        render=pseudonym,
        secrets=secrets,
    )
)
