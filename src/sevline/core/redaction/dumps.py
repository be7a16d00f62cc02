"""Rows of a dump whose columns are named far above them, where the table is made: while detectors look, each statement
names its columns itself.

    CREATE TABLE users (id int, password text);   …   INSERT INTO users VALUES (1,'…');
    INSERT INTO users (id,password,MARK) VALUES (1,'…');      as detectors see it

Large dumps are redacted in pieces, PostgreSQL makes all tables before the first row, and a piece may begin between two
rows of one statement.
"""

import re
from collections.abc import Iterable, Iterator

from sevline.core.redaction.literals import has_one

_NAME = (
    r"(?:`[^`]+`|\"[^\"]+\"|\[[^\]]+\]|[^\s()`\"\[\];,.']+)(?:\.(?:`[^`]+`|\"[^\"]+\"|\[[^\]]+\]|[^\s()`\"\[\];,.']+))*"
)
_MADE = re.compile(rf"create +(?:[a-z]+ +){{0,2}}table +(?:if +not +exists +)?(?P<name>{_NAME})\s*\(", re.IGNORECASE)
_LEXEME = re.compile(
    r"'(?:[^'\\]|''|\\.?)*+(?:'|\Z)|(?P<name>`[^`\r\n]+`|\"[^\"\r\n]+\"|\[[^\]\r\n]+\]|[^\W\d]\w*)|--[^\r\n]*"
    r"|/\*.*?(?:\*/|\Z)|(?P<mark>[(),;])|.",
    re.DOTALL,
)
_NO_COLUMN = frozenset(
    ("primary", "unique", "foreign", "constraint", "key", "index", "fulltext", "spatial", "check", "partition", "like")
)
_HEAD = re.compile(
    rf"(?:insert +(?:ignore +)?into|replace +into) +(?P<name>{_NAME})(?P<columns>\s*\([^()']{{3,4000}}\))?"
    r"\s*values\s*(?=\()",
    re.IGNORECASE,
)
_MAKES, _INSERTS = ("CREATE", "create", "Create"), ("INSERT", "insert", "Insert", "REPLACE", "replace", "Replace")
#: What all of those hold but their first letter. Who asks is often a process without Polars, which would cost it 30 MB.
_PARTS = (b"REATE", b"reate", b"NSERT", b"nsert", b"EPLACE", b"eplace")
_DEPTH = {"(": 1, ")": -1}
#: Signs of the making of a table that are read; none is longer.
LONGEST = 200_000
#: Statements nearer to one another get no more names than the row between them has values: the text grows little.
NEAR, LONGEST_NAME = 4_000, 40


def tables_in(text: str) -> dict[str, list[str]]:
    """The columns of each table that is made in the text, by its name without its schema."""
    tables: dict[str, list[str]] = {}
    end = 0
    while (made := _MADE.search(text, end)) is not None:
        columns, end = _columns(text, made.end())
        if columns:
            tables[bare(made["name"])] = columns
    return tables


def _columns(text: str, begin: int) -> tuple[list[str], int]:
    """The names behind the opening parenthesis and behind commas, and the end of what was read."""
    columns: list[str] = []
    depth, is_next, end = 1, True, begin
    for lexeme in _LEXEME.finditer(text, begin, begin + LONGEST):
        end, mark, name = lexeme.end(), lexeme["mark"], lexeme["name"]
        depth += _DEPTH.get(mark or "", 0)
        if depth == 0 or mark == ";":
            break
        if mark == "," and depth == 1:
            is_next = True
        elif name and is_next:
            is_next = False
            columns += [] if name.lower() in _NO_COLUMN else [plain(name)]
    return columns if depth == 0 else [], end


def bare(name: str) -> str:
    """The name of a table without its schema and the signs around it."""
    return plain(re.split(r"\.(?=[^.]*$)", name)[-1]).lower()


def plain(name: str) -> str:
    return re.sub(r"[`\"\[\]'(),]", "", name)[:LONGEST_NAME]


class Columns:
    """What is known of the tables of a dump from the pieces so far, which come in their order.

    `mark`: a word that stands nowhere in the text; it tells which lists of columns were put in.
    """

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._tables: dict[str, list[str]] = {}
        self._open = ""  # the list of the statement whose rows go on in the next piece
        self._head = f"INSERT INTO {mark} "
        self._put_in = re.compile(rf"{self._head}\([^()']*\) VALUES | \([^()']*,{mark}\)")

    def named(self, piece: str) -> str:
        """The piece with the columns of each statement that inserts rows."""
        begins = f"{self._head}{self._open} VALUES " if self._open and piece.lstrip()[:1] == "(" else ""
        if has_one(piece, _MAKES):
            self._tables |= tables_in(piece)
        goes_on = piece[-200:].rstrip().endswith(",")
        last = self._open if begins else ""
        if (self._tables or goes_on) and has_one(piece, _INSERTS):
            piece, last = self._listed(piece, last)
        self._open = " ".join(last.split()) if goes_on else ""
        return begins + piece

    def _listed(self, piece: str, last: str) -> tuple[str, str]:
        """The piece with its lists, and the list of its last statement."""
        parts: list[str] = []
        place = 0
        heads = list(_HEAD.finditer(piece))
        for number, head in enumerate(heads, 1):
            end = heads[number].start() if number < len(heads) else len(piece)
            last = head["columns"] or self._list_of(head, piece, end)
            if last and not head["columns"]:
                parts += (piece[place : head.end("name")], last)
                place = head.end("name")
        return "".join((*parts, piece[place:])), last

    def _list_of(self, head: re.Match[str], piece: str, end: int) -> str:
        columns = self._tables.get(bare(head["name"]), [])
        if end - head.end() < NEAR and end < len(piece):
            columns = columns[: piece.count(",", head.end(), end) + 1]
        return f" ({','.join((*columns, self._mark))})" if columns else ""

    def unnamed(self, piece: str) -> str:
        """The piece, redacted, without the columns that were put in."""
        return self._put_in.sub("", piece) if self._mark in piece else piece

    def each(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """As `named`, of pieces of a stream in an encoding that writes ASCII as it is."""
        for piece in pieces:
            yield self.named(piece.decode("latin-1")).encode("latin-1") if self._concerns(piece) else piece

    def _concerns(self, piece: bytes) -> bool:
        return bool(self._tables or self._open) or any(part in piece for part in _PARTS)

    def without(self, data: bytes) -> bytes:
        """As `unnamed`, of bytes."""
        return self.unnamed(data.decode("latin-1")).encode("latin-1") if self._mark.encode() in data else data
