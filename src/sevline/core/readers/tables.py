"""Tables as people export them: delimited text, JSON lists, JSON lines, INSERT dumps and what psql and mysql print.

A row keeps where it stands. Values are text; what is null or absent is the empty text.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import Any

from sevline.core.readers.dayfirst import day_first_told
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.typedvalues import copied_cell, plain_row

MAX_ROWS = 250_000
MAX_COLUMNS = 400
DELIMITERS = ",\t;|"
#: Keys under which an export puts its rows, and under which a row puts its attempts.
LISTS = ("deliveries", "attempts", "events", "messages", "jobs", "data", "items", "results", "records", "rows", "value")
INNER = ("attempts", "delivery_attempts", "deliveries", "tries")
#: What a column may be called; Google writes `Status [READ ONLY]`.
NAME = re.compile(r"@?[^\W\d][\w .:/()#%'’°&-]{0,59}(?: ?\[[A-Za-z -]{2,20}\])?")
#: What psql writes below a table that it does not align: `(199 rows)`.
FOOTER = re.compile(r"\s*\(\d{1,12} \w{1,12}\)\s*")
RULE = re.compile(r"^[\s|+:-]*-{2,}[\s|+:-]*$")
INSERT = re.compile(
    r"INSERT\s+(?:IGNORE\s+)?INTO\s+([^\s(]{1,200})\s*(?:\(([^)]{1,8000})\)\s*)?VALUES\s*(?=\()", re.IGNORECASE
)
CREATE = re.compile(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([^\s(]{1,200})\s*\(", re.IGNORECASE)
#: What stands in a table's definition beside its columns.
NO_COLUMN = re.compile(r"(?i)^(?:primary|unique|key|index|constraint|foreign|check|fulltext|spatial|exclude|like)\b")
COPY = re.compile(r"^COPY\s+\S{1,200}\s*\(([^)]{1,8000})\)\s+FROM\s+stdin", re.IGNORECASE | re.MULTILINE)
#: A dump begins with its settings and the definitions of its tables: its rows may stand so many letters further on.
DUMP_HEAD = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """`locator` is `line:1` or a JSON pointer."""

    locator: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`cut` is a sentence when rows beyond the limit were left out; `heading` is where the columns are named."""

    artifact: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    cut: str = ""
    heading: str = "1:1"

    def sample(self, column: str, size: int = 200) -> list[str]:
        return [value for row in self.rows[:size] if (value := row.values.get(column, ""))]


def table_from_text(text: str, artifact: str, name: str) -> Table | None:
    """The table that a text is, by its form; None where it is none."""
    head = text[:8192]
    rows: Iterator[tuple[str, Mapping[str, str]]] | None
    dumped = head_of(text)
    if INSERT.search(dumped):
        rows = _inserted(text)
    elif COPY.search(dumped):
        rows = _copied(text.splitlines())
    elif ruled := _ruled(head.splitlines()[:6]):
        rows = _boxed(text.splitlines(), ruled)
    elif head.lstrip().startswith("{"):
        rows = _json_lines(text.splitlines())
    elif delimiter := delimiter_of(head):
        rows = _delimited(text, delimiter)
    else:
        return None
    return _table(rows, artifact, name)


def table_from_json(document: Any, artifact: str, name: str) -> Table | None:
    """A list of objects, or an object that holds one; a row's own list of attempts becomes a row each."""
    found = _list_in(document)
    if found is None:
        return None
    pointer, items = found
    return _table(_listed(items, pointer), artifact, name)


def _table(rows: Iterable[tuple[str, Mapping[str, str]]], artifact: str, name: str) -> Table | None:
    kept: list[Row] = []
    columns: dict[str, None] = {}
    cut = ""
    for locator, values in day_first_told(rows):
        if len(kept) >= MAX_ROWS:
            cut = f"Only the first {MAX_ROWS:,} rows were read."
            break
        kept.append(Row(locator, values))
        if len(columns) < MAX_COLUMNS:
            columns.update(dict.fromkeys(values))
    return Table(artifact, name, tuple(columns), tuple(kept), cut) if kept else None


def delimiter_of(head: str) -> str:
    """The delimiter under which the first lines have the same number of cells and the first one reads as names."""
    lines = [line for line in head.splitlines()[:21] if line.strip()]
    lines = lines[:-1] if len(lines) > 2 and len(head) > 8000 else lines
    if len(lines) < 2:
        return ""
    for delimiter in DELIMITERS:
        try:
            cells = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        widths = [len(row) for row in cells]
        same = sum(width == widths[0] for width in widths)
        if widths[0] > 1 and same * 10 >= len(widths) * 9 and _names(cells[0]):
            return delimiter
    return ""


def _names(cells: list[str]) -> bool:
    """Different short words that are no values."""
    told = [cell.strip() for cell in cells]
    return len(set(told)) == len(told) and all(map(NAME.fullmatch, told))


def _delimited(text: str, delimiter: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not header:
                header = [cell.strip() for cell in cells]
            elif any(cells) and not (len(cells) == 1 and FOOTER.fullmatch(cells[0])):
                yield f"{start}:1", dict(zip(header, cells, strict=False))
    except csv.Error:
        return


def _json_lines(lines: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith("{"):
            continue
        try:
            value = decode(line.encode())
        except BadJsonError:
            continue
        if isinstance(value, dict):
            yield f"{number}:1", flat(plain_row(value))


def _ruled(lines: list[str]) -> int:
    """The 1-based line of names under which a rule of dashes stands, 0 where there is none."""
    for number in range(1, len(lines)):
        above = lines[number - 1]
        if RULE.match(lines[number]) and "|" in above and not RULE.match(above):
            return number
    return 0


def _boxed(lines: list[str], header_line: int) -> Iterator[tuple[str, Mapping[str, str]]]:
    names = lines[header_line - 1]
    header = cells_of(names, names, lines[header_line])
    for number, line in enumerate(lines[header_line + 1 :], header_line + 2):
        cells = cells_of(line, names, lines[header_line])
        if len(cells) == len(header) and not RULE.match(line):
            yield f"{number}:1", dict(zip(header, cells, strict=True))


def cells_of(line: str, names: str, rule: str) -> list[str]:
    """The cells of a line of a table whose names and rule these are: a frame around it is part of every line or of
    none, so that an empty first or last cell is no frame; a cell that holds a bar itself ends where the rule ends."""
    plain = line.rstrip("\r\n")
    marks = [found.start() for found in re.finditer(r"[+|]", rule.rstrip())]
    if names.strip().startswith("|"):
        plain = plain.strip().removeprefix("|").removesuffix("|")
        indent = len(rule) - len(rule.lstrip()) + 1
        marks = [mark - indent for mark in marks[1:-1]]
    cells = plain.split("|")
    if len(cells) > len(marks) + 1 > 1 and all(plain[mark : mark + 1] == "|" for mark in marks):
        edges = [-1, *marks, len(plain)]
        cells = [plain[start + 1 : end] for start, end in pairwise(edges)]
    return [cell.strip() for cell in cells]


def _copied(lines: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    header: list[str] = []
    is_first = True  # of a dump of many tables, the first one that has rows
    for number, line in enumerate(lines, 1):
        if is_first and (start := COPY.match(line)):
            header = _names_of(start[1])
        elif line == "\\.":
            header = []
        elif header:
            cells = [copied_cell(cell) for cell in line.split("\t")]
            yield f"{number}:1", dict(zip(header, cells, strict=False))
            is_first = False


VALUE = re.compile(r"\s*(?:'((?:[^']|'')*)'|([^\s',()][^,()]{0,400}))\s*([,)])")


def _inserted(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    defined: dict[str, list[str]] = {}
    for start in INSERT.finditer(text):
        header = columns_of(text, start, defined)
        if not header or (not start[2] and _bare(start[1]) != next(iter(defined))):
            continue  # of a dump of many tables, the first one
        at = start.end()
        line = text.count("\n", 0, at) + 1
        while (opened := re.compile(r"\s*,?\s*\(").match(text, at)) is not None:
            line += text.count("\n", at, opened.end())
            cells, end = _values(text, opened.end())
            yield f"{line}:1", dict(zip(header, cells, strict=False))
            line += text.count("\n", opened.end(), end)
            at = end


def head_of(text: str) -> str:
    """The beginning of a text in which the rows of a dump may begin."""
    head = text[:8192]
    return text[:DUMP_HEAD] if CREATE.search(head) else head


def columns_of(text: str, insert: re.Match[str], known: dict[str, list[str]]) -> list[str]:
    """The columns of an `INSERT` in the text, told by it or by the table's definition (`known` so far), else none."""
    return _names_of(insert[2]) if insert[2] else _defined(text, insert[1], known)


def _names_of(listed: str) -> list[str]:
    return [name.strip().strip('"`[]') for name in listed.split(",")]


def _defined(text: str, table: str, known: dict[str, list[str]]) -> list[str]:
    """The columns of a table whose rows name none, by its definition in the same dump; none where that is not there."""
    wanted = _bare(table)
    if wanted not in known:
        found = (start for start in CREATE.finditer(text) if _bare(start[1]) == wanted)
        known[wanted] = _columns(text[start.end() : start.end() + 60_000]) if (start := next(found, None)) else []
    return known[wanted]


def _bare(table: str) -> str:
    return table.rpartition(".")[2].strip('"`[]').lower()


def _columns(definition: str) -> list[str]:
    """First words of what the commas outside of brackets part, up to the bracket that closes the definition."""
    parts, depth, part = [], 0, ""
    for letter in definition:
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (letter == "," and depth == 0):
            parts.append(part.strip())
            part = ""
        else:
            part += letter
        if depth < 0:
            break
    return [part.split()[0].strip('"`[]') for part in parts if part and not NO_COLUMN.match(part)]


def _values(text: str, at: int) -> tuple[list[str], int]:
    cells: list[str] = []
    while (value := VALUE.match(text, at)) is not None:
        plain = (value[2] or "").strip()
        cells.append(value[1].replace("''", "'") if value[1] is not None else "" if plain.upper() == "NULL" else plain)
        at = value.end()
        if value[3] == ")":
            return cells, at
    return cells, at + 1


def _list_in(document: Any) -> tuple[str, list[Any]] | None:
    if isinstance(document, list):
        return ("", document) if any(isinstance(item, dict) for item in document[:5]) else None
    if not isinstance(document, dict):
        return None
    known = [name for name in LISTS if isinstance(document.get(name), list)]
    others = [name for name, value in document.items() if isinstance(value, list) and name not in known]
    for name in (*known, *(others if len(others) == 1 else ())):
        if document[name] and isinstance(document[name][0], dict):
            return "/" + name.replace("~", "~0").replace("/", "~1"), document[name]
    return None


def _listed(items: list[Any], pointer: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for at, given in enumerate(items):
        if not isinstance(given, dict):
            continue
        item = plain_row(given)
        inner = next((key for key in INNER if isinstance(item.get(key), list) and item[key]), "")
        outer = flat({key: value for key, value in item.items() if key != inner})
        if not inner:
            yield f"{pointer}/{at}", outer
            continue
        for number, attempt in enumerate(item[inner], 1):
            if isinstance(attempt, dict):
                own = {name if name not in outer else f"attempt.{name}": value for name, value in flat(attempt).items()}
                yield f"{pointer}/{at}/{inner}/{number - 1}", {**outer, "attempt_number": str(number), **own}


def flat(value: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Nested members by dotted names, three levels deep; what lies deeper or is a list is left out."""
    found: dict[str, str] = {}
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, dict) and depth < 2:
            found |= flat(inner, f"{name}.", depth + 1)
        elif isinstance(inner, bool):
            found[name] = str(inner).lower()
        elif inner is None or isinstance(inner, str | int | float):
            found[name] = "" if inner is None else str(inner)
    return found
