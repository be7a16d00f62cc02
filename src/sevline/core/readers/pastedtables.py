"""Tables that stand somewhere in a text: as psql, mysql and PowerShell print them, in Markdown, or as delimited lines.

Each is found by its lines; the lines around it are of no interest here.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sevline.core.readers.tables import DELIMITERS, RULE, Row, Table, cells_of, delimiter_of

MAX_TABLES, MAX_LINES, WIDEST = 20, 200_000, 100_000
#: A block of delimited lines in a text is a table from so many lines on; fewer are prose with commas.
LEAST_DELIMITED = 3
#: `-[ RECORD 1 ]---` of psql, `**** 1. row ****` of mysql: each begins a row whose cells stand one below the other.
_RECORD = re.compile(r"^\s{0,3}(?:-\[ RECORD (\d{1,7}) \][-+]*|\*{5,40} (\d{1,7})\. row \*{5,40})\s*$")
_MEMBER = re.compile(r"^\s*([A-Za-z_][\w ()*.]{0,80}?)\s*[|:](?: (.{0,4000}))?$")
#: Dashes under each name with blanks between them: columns of a fixed width.
_DASHES = re.compile(r"^\s{0,8}-{2,}(?: {1,40}-{2,}){1,60}\s*$")
_BOX = str.maketrans("│┃║─━═┼├┤┌┐└┘┬┴╪╞╡╔╗╚╝╠╣╦╩╬", "|||---" + 21 * "+")


class Drawn(StrEnum):
    """How a table is set off from the text."""

    RULED = "ruled"
    RECORDS = "records"
    FIXED = "fixed width"
    DELIMITED = "delimited"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `first` to `last` of a text, counted from 0, `last` not among them."""

    drawn: Drawn
    first: int
    last: int
    delimiter: str = ""


def blocks_in(lines: Sequence[str]) -> Iterator[Block]:
    """The tables of a text from its first line on, none within another."""
    at = found = 0
    while at < min(len(lines), MAX_LINES) and found < MAX_TABLES:
        block = _block_at(lines, at)
        if block is None:
            at += 1
            continue
        yield block
        at, found = block.last, found + 1


def _block_at(lines: Sequence[str], at: int) -> Block | None:
    line = lines[at]
    if not line.strip():
        return None
    if _RECORD.match(line):
        return Block(Drawn.RECORDS, at, _end(lines, at + 1, lambda one: bool(_RECORD.match(one) or _MEMBER.match(one))))
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if _is_names(line) and _is_rule(below):
        return Block(Drawn.RULED, at, _end(lines, at + 2, lambda one: "|" in _plain(one) or _is_rule(one)))
    if _DASHES.match(below) and len(line.split()) > 1 and not _DASHES.match(line):
        return Block(Drawn.FIXED, at, _end(lines, at + 2, lambda one: bool(one.strip())))
    return _delimited_at(lines, at)


def _end(lines: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    while at < len(lines) and belongs(lines[at]):
        at += 1
    return at


def _delimited_at(lines: Sequence[str], at: int) -> Block | None:
    """Lines up to the next blank one, where they read as a table from this line on."""
    if at and lines[at - 1].strip() and not lines[at - 1].rstrip().endswith(":"):
        return None
    for delimiter in DELIMITERS:
        width = lines[at].count(delimiter)
        if width and (last := _end(lines, at, lambda one: one.count(delimiter) >= width)) - at >= LEAST_DELIMITED:  # noqa: B023 - asked at once
            return (
                Block(Drawn.DELIMITED, at, last, delimiter)
                if delimiter_of("\n".join(lines[at : min(last, at + 20)])) == delimiter
                else None
            )
    return None


def _plain(line: str) -> str:
    return line.translate(_BOX)


def _is_rule(line: str) -> bool:
    """A line of dashes with the marks of columns in it; one without them underlines a heading."""
    plain = _plain(line)
    return bool(RULE.match(plain)) and ("|" in plain or "+" in plain)


def _is_names(line: str) -> bool:
    plain = _plain(line)
    return "|" in plain and not RULE.match(plain) and any(cell.strip() for cell in plain.split("|"))


def tables_within(text: str, artifact: str, name: str) -> Iterator[tuple[Table, str]]:
    """Each table that stands in the text, with the lines that it is made of."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    for block in blocks_in(lines):
        rows = [Row(f"{number}:1", values) for number, values in rows_of(lines, block) if any(values.values())]
        columns = tuple(dict.fromkeys(column for row in rows[:100] for column in row.values))
        if len(columns) > 1:
            table = Table(artifact, name, columns, tuple(rows), heading=f"{block.first + 1}:1")
            yield table, "\n".join(lines[block.first : block.last])


def rows_of(lines: Sequence[str], block: Block) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a block, each with the number of its line, counted from 1."""
    read = {Drawn.RULED: _ruled, Drawn.RECORDS: _records, Drawn.FIXED: _fixed, Drawn.DELIMITED: _delimited}
    return read[block.drawn](lines, block)


def _ruled(lines: Sequence[str], block: Block) -> Iterator[tuple[int, Mapping[str, str]]]:
    names, rule = _plain(lines[block.first]), _plain(lines[block.first + 1])
    header = _cells(names, names, rule)
    for at in range(block.first + 2, block.last):
        cells = _cells(_plain(lines[at]), names, rule)
        if len(cells) == len(header) and not _is_rule(lines[at]):
            yield at + 1, dict(zip(header, cells, strict=True))


def _cells(line: str, names: str, rule: str) -> list[str]:
    return [cell.strip("`*") for cell in cells_of(line, names, rule)]


def _records(lines: Sequence[str], block: Block) -> Iterator[tuple[int, Mapping[str, str]]]:
    values: dict[str, str] = {}
    begun = block.first
    for at in range(block.first, block.last):
        if _RECORD.match(lines[at]):
            if values:
                yield begun + 1, values
            values, begun = {}, at
        elif (member := _MEMBER.match(lines[at])) is not None:
            cell = (member[2] or "").strip()
            values[member[1].strip()] = "" if cell == "NULL" else cell
    if values:
        yield begun + 1, values


def _fixed(lines: Sequence[str], block: Block) -> Iterator[tuple[int, Mapping[str, str]]]:
    columns = _columns(lines, block)
    for at in range(block.first + 2, block.last):
        yield at + 1, {name: lines[at][start:end].strip() for start, end, name in columns if name}


def _columns(lines: Sequence[str], block: Block) -> list[tuple[int, int, str]]:
    """Start, end and name of each column of a fixed width: it reaches from its dashes to the next ones."""
    starts = [found.start() for found in re.finditer("-+", lines[block.first + 1])]
    ends = [*starts[1:], WIDEST]
    return [(start, end, lines[block.first][start:end].strip()) for start, end in zip(starts, ends, strict=True)]


def placed_cells(lines: Sequence[str], block: Block) -> Iterator[tuple[int, int, int, str]]:
    """Where the cells of a block of records or of fixed columns stand: line from 0, start, end, and the column."""
    columns = _columns(lines, block) if block.drawn is Drawn.FIXED else []
    for at in range(block.first + (2 if columns else 0), block.last):
        line = lines[at]
        for start, end, name in columns:
            cell = line[start:end]
            begin = start + len(cell) - len(cell.lstrip())
            yield at, begin, start + len(cell.rstrip()), name
        if not columns and (member := _MEMBER.match(line)) is not None and member[2] is not None:
            yield at, member.start(2), member.start(2) + len(member[2].rstrip()), member[1].strip()


def _delimited(lines: Sequence[str], block: Block) -> Iterator[tuple[int, Mapping[str, str]]]:
    header: list[str] = []
    for at in range(block.first, block.last):
        try:
            cells = [cell.strip() for cell in next(csv.reader([lines[at]], delimiter=block.delimiter), [])]
        except csv.Error:
            continue
        if not header:
            header = cells
        elif any(cells):
            yield at + 1, dict(zip(header, cells, strict=False))
