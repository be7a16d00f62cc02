"""The cells of a table in CSV: what a column holds is said by its name, as in the result of a query."""

import re
from dataclasses import dataclass

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.engine import Engine
from sevline.core.redaction.secret_names import ends_secret, says_secret
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.fields import Framed, masked_in_fields
from sevline.core.redaction.structure.neighbours import Beside, may_tell, told
from sevline.core.redaction.tally import Tally

_DELIMITERS = ",;\t|"
#: Characters of a table up to which every cell is looked at, and of a piece of a larger one.
CELL_BY_CELL = 2_000_000
#: Different values of a column that are looked at to know whether its name tells something.
ASKED = 400
_NAMES = frozenset(("name", "key", "variable", "setting", "parameter", "property", "option", "env", "field"))
_VALUES = frozenset(("value", "val", "wert", "setting value", "current value"))
_ENDS = re.compile(r"[\"\\\r\n]")
_HEADING = re.compile(r"[\w .$()/#-]{1,80}")


@dataclass(frozen=True, slots=True)
class _Cell:
    """Characters `start` to `end` of the table, quotes included."""

    start: int
    end: int
    row: int
    column: int


def masked_csv(text: str, engine: Engine) -> tuple[str, Tally]:
    """Each cell is looked at beside the name of its column. Quotes, order and line ends stay as they are.

    In a table of more than CELL_BY_CELL characters that is done for the columns of which the name tells something about
    values at its begin, middle and end; all of its rows are looked at as lines of a log besides.
    """
    delimiter = _delimiter(text)
    if len(text) <= CELL_BY_CELL:
        cells = _cells(text, delimiter)
        return _with(text, cells, _headings(text, cells), engine)
    tally, pieces = Tally(), _pieces(text)
    headings = _headings(pieces[0], _cells(pieces[0], delimiter))
    asked = sorted({0, len(pieces) // 2, len(pieces) - 1})
    telling = frozenset[int]().union(*(_telling(pieces[at], delimiter, headings, engine) for at in asked))
    for number, piece in enumerate(pieces):
        cells = [cell for cell in _cells(piece, delimiter) if cell.column in telling] if telling else []
        beside, counted = _with(piece, cells, headings, engine, has_headings=not number)
        tally.add(counted)
        pieces[number], counted = engine.mask_text(beside)
        tally.add(counted)
    return "".join(pieces), tally


def _headings(text: str, cells: list[_Cell]) -> list[str]:
    headings = [text[cell.start : cell.end].strip(' "\ufeff') for cell in cells if cell.row == 0]
    if len(headings) < 2 or not all(_HEADING.fullmatch(heading) for heading in headings):
        raise StructureError("The table has no row of column names.")
    beside = Beside(headings)
    return [told(heading, beside) if may_tell(heading) else heading for heading in headings]


def _pieces(text: str) -> list[str]:
    """The table cut behind line ends outside quotes."""
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = text.find("\n", min(start + CELL_BY_CELL, len(text))) + 1 or len(text)
        while end < len(text) and text.count('"', start, end) % 2:
            end = text.find("\n", end) + 1 or len(text)
        pieces.append(text[start:end])
        start = end
    return pieces


def _telling(text: str, delimiter: str, headings: list[str], engine: Engine) -> frozenset[int]:
    """The columns whose names say secret, or in which some of the first values are masked only beside the name."""
    cells = _cells(text, delimiter)
    asked: dict[tuple[int, str], _Cell] = {}
    often = [0] * len(headings)
    for cell in cells:
        key = cell.column, text[cell.start : cell.end]
        if cell.column < len(headings) and often[cell.column] < ASKED and key[1] and key not in asked:
            often[cell.column] += 1
            asked[key] = cell
    framed = [_framed(headings, cell, value, has_headings=False) for (_, value), cell in asked.items()]
    beside, _ = masked_in_fields(framed, engine)
    alone, _ = engine.mask([value for _, value, _ in framed])
    told = {column for (column, _), one, other in zip(asked, beside, alone, strict=True) if one != other}
    told |= {number for number, heading in enumerate(headings) if says_secret(heading)}
    return frozenset(told | {number for number, heading in enumerate(headings) if heading.lower() in _NAMES | _VALUES})


def _with(
    text: str, cells: list[_Cell], headings: list[str], engine: Engine, *, has_headings: bool = True
) -> tuple[str, Tally]:
    """The text with these cells masked beside the names of their columns."""
    settings = _settings(text, cells, headings)
    framed = [
        _framed(settings.get(cell) or headings, cell, text[cell.start : cell.end], has_headings=has_headings)
        for cell in cells
    ]
    noted = Tally()
    asked = [_of_secret_column(parts, engine, noted) or parts for parts in framed]
    masked, tally = masked_in_fields(asked, engine)
    tally.add(noted)
    pieces: list[str] = []
    place = 0
    for cell, (_, value, _), written in zip(cells, framed, masked, strict=True):
        pieces += (text[place : cell.start], _as_cell(text[cell.start : cell.end], value, written))
        place = cell.end
    return "".join((*pieces, text[place:])), tally


def _of_secret_column(parts: Framed, engine: Engine, tally: Tally) -> Framed | None:
    """What stands for all of a secret in which something stands that ends a value in a log, such as `a"b` or two lines;
    None for any other, which the detectors know."""
    before, value, _ = parts
    name = before[1:-4]
    if _ENDS.search(value) is None or not says_secret(name) or value in engine.allowed:
        return None
    token = column_token(name, value, engine.pseudonyms)
    if token is None:
        return None
    tally.note("secret", token)
    if engine.keeps_beside:
        tally.stands_for({value.strip(): token})
    return "", token, ""


def _settings(text: str, cells: list[_Cell], headings: list[str]) -> dict[_Cell, list[str]]:
    """In a table of names and values: for the value beside a name that says secret, that name as its column's."""
    lower = [heading.lower() for heading in headings]
    name = next((at for at, heading in enumerate(lower) if heading in _NAMES), None)
    value = next((at for at, heading in enumerate(lower) if heading in _VALUES), None)
    if name is None or value is None:
        return {}
    named = {cell.row: text[cell.start : cell.end].strip(' "') for cell in cells if cell.column == name}
    secret = {row: told for row, told in named.items() if _HEADING.fullmatch(told) and says_secret(told)}
    return {
        cell: [*headings[:value], secret[cell.row], *headings[value + 1 :]]
        for cell in cells
        if cell.column == value and cell.row in secret
    }


def _framed(headings: list[str], cell: _Cell, written: str, *, has_headings: bool = True) -> tuple[str, str, str]:
    """What stands before, in and after a cell as a detector would meet the pair in a log."""
    inner = _within(written)
    if (has_headings and cell.row == 0) or cell.column >= len(headings) or not inner.strip():
        return "", inner, ""
    if '"' in inner and ends_secret(headings[cell.column]):
        inner = inner.replace('"', '\\"')  # a mark within does not end the secret
    return f'"{headings[cell.column]}": "', inner, '"'


def _within(cell: str) -> str:
    """The text of a cell, without the quotation marks around it and with each mark within written once."""
    if len(cell) < 2 or not cell[0] == cell[-1] == '"':
        return cell
    inner = cell[1:-1]
    return inner.replace('""', '"') if inner.count('"') == 2 * inner.count('""') else inner


def _as_cell(cell: str, value: str, written: str) -> str:
    """What was made of the text of a cell, written as the cell was."""
    if value != _within(cell):  # each mark within was escaped
        value, written = _within(cell), written.replace('\\"', '"')
    if cell == value:
        return written
    return f'"{written}"' if cell == f'"{value}"' else f'"{written.replace(chr(34), chr(34) * 2)}"'


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
