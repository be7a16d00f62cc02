"""The cells of a table in CSV: what a column holds is said by its name, as in the result of a query."""

import re
from dataclasses import dataclass

from sevline.core.redaction.engine import Engine, Tally
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.fields import masked_in_fields

_DELIMITERS = ",;\t|"
_HEADING = re.compile(r"[\w .$()/#-]{1,80}")


@dataclass(frozen=True, slots=True)
class _Cell:
    """Characters `start` to `end` of the table, quotes included."""

    start: int
    end: int
    row: int
    column: int


def masked_csv(text: str, engine: Engine) -> tuple[str, Tally]:
    """Each cell is looked at beside the name of its column. Quotes, order and line ends stay as they are."""
    cells = _cells(text, _delimiter(text))
    headings = [text[cell.start : cell.end].strip(' "\ufeff') for cell in cells if cell.row == 0]
    if len(headings) < 2 or not all(_HEADING.fullmatch(heading) for heading in headings):
        raise StructureError("The table has no row of column names.")
    framed = [_framed(headings, cell, text[cell.start : cell.end]) for cell in cells]
    masked, tally = masked_in_fields(framed, engine)
    pieces: list[str] = []
    place = 0
    for cell, (_, value, _), written in zip(cells, framed, masked, strict=True):
        quote = '"' if text[cell.start : cell.end] == f'"{value}"' else ""
        pieces += (text[place : cell.start], quote, written, quote)
        place = cell.end
    return "".join((*pieces, text[place:])), tally


def _framed(headings: list[str], cell: _Cell, written: str) -> tuple[str, str, str]:
    """What stands before, in and after a cell as a detector would meet the pair in a log."""
    inner = written[1:-1] if len(written) > 1 and written[0] == written[-1] == '"' else written
    if cell.row == 0 or cell.column >= len(headings) or not inner.strip():
        return "", inner, ""
    return f'"{headings[cell.column]}": "', inner, '"'


def _delimiter(text: str) -> str:
    first = text[: text.find("\n")] if "\n" in text else text
    best = max(_DELIMITERS, key=first.count)
    if not first.count(best):
        raise StructureError("The text is not a table: its first line has one column.")
    return best


def _cells(text: str, delimiter: str) -> list[_Cell]:
    mark = re.escape(delimiter)
    lexeme = re.compile(rf'("(?:[^"]|"")*"|[^{mark}\r\n]*)({mark}|\r?\n|\r|$)')
    cells: list[_Cell] = []
    place = row = column = 0
    while place < len(text):
        found = lexeme.match(text, place)
        if found is None:
            raise StructureError("The table has a quote that does not close, or text after one.")
        cells.append(_Cell(found.start(1), found.end(1), row, column))
        row, column = (row, column + 1) if found.group(2) == delimiter else (row + 1, 0)
        place = found.end()
    return cells
