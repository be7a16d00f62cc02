"""Cells of a table as database shells print it, under a column that holds secrets or names of people."""

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Cell, Record, masked_records, people_in, trimmed
from sevline.core.redaction.secret_names import says_secret

_CELL = late(r"[^|\r\n]+")
_RULE = late(r"[ |:]*[-+=]{3}[-+=| :]*")
_RECORD = late(r"[ \t]*(?P<name>[A-Za-z_]\w{0,60})[ ]*\|[ ](?P<value>[^\r\n]*)")


def _rows(found: str) -> Iterator[Record]:
    """The cells of each row with the names of their columns; a printed record is one row."""
    if found.startswith("-[ RECORD"):
        yield "", list(_pairs(found))
        return
    headings: list[str] = []
    place = 0
    for line in found.splitlines(keepends=True):
        if not _RULE.fullmatch(line.rstrip("\r\n")):
            spans = [cell.span() for cell in _CELL.finditer(line)]
            if not headings:
                headings = [line[start:end].strip() for start, end in spans]
            elif len(spans) == len(headings):
                cells = zip(spans, headings, strict=True)
                yield "", [(*trimmed(found, place + start, place + end), name) for (start, end), name in cells]
        place += len(line)


def _pairs(found: str) -> Iterator[Cell]:
    """Of a printed record each line."""
    place = 0
    for line in found.splitlines(keepends=True):
        if pair := _RECORD.match(line):
            yield *trimmed(found, place + pair.start("value"), place + pair.end("value")), pair["name"]
        place += len(line)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _rows(found), pseudonyms)


def secrets(found: str) -> Iterator[str]:
    return (found[start:stop] for _, cells in _rows(found) for start, stop, name in cells if says_secret(name))


_ROW = r"[^\r\n|]*\|[^\r\n]*"
detector(
    Detector(
        kind="table_cells",
        title="Cell under a column that says so, as database shells print it",
        pattern=(
            rf"{_ROW}\r?\n[ ]*[|+]?[ :]*-[-+| :]*[+|][ :]*-[-+| :]*(?:\r?\n{_ROW})+"
            r"|-\[ RECORD [0-9]+ \][-+]*(?:\r?\n[ \t]*[A-Za-z_][0-9A-Za-z_]*[ ]*\|[ ][^\r\n]*)+"
        ),
        stage=Stage.BLOCK,
        keywords=("-+-", "-|-", "- | -", "-|:-", ":|:-", "-[ RECORD"),
        render=pseudonym,
        secrets=secrets,
        people=lambda found: people_in(found, _rows(found)),
    )
)
