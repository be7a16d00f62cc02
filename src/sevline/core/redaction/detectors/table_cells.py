"""Cells of a table as database shells print it, under a column that holds secrets or names of people."""

from collections.abc import Iterator

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.secret_names import says_secret

_CELL = late(r"[^|\r\n]+")
_RULE = late(r"[ |:]*[-+=]{3}[-+=| :]*")
_RECORD = late(r"[ \t]*(?P<name>[A-Za-z_]\w{0,60})[ ]*\|[ ](?P<value>[^\r\n]*)")
Cell = tuple[int, int, str]


def _cells(found: str) -> Iterator[Cell]:
    """Start and end of each cell with the name of its column; of a record each line is one."""
    headings: list[str] = []
    place = 0
    for line in found.splitlines(keepends=True):
        if found.startswith("-[ RECORD"):
            if pair := _RECORD.match(line):
                yield place + pair.start("value"), place + pair.end("value"), pair["name"]
        elif not _RULE.fullmatch(line.rstrip("\r\n")):
            spans = [cell.span() for cell in _CELL.finditer(line)]
            if not headings:
                headings = [line[start:end].strip() for start, end in spans]
            elif len(spans) == len(headings):
                yield from (
                    (place + start, place + end, name) for (start, end), name in zip(spans, headings, strict=True)
                )
        place += len(line)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, name in _cells(found):
        value = found[start:stop].strip()
        token = column_token(name, value, pseudonyms)
        if token is not None:
            at = found.index(value, start)
            pieces += (found[end:at], token)
            end = at + len(value)
    return "".join((*pieces, found[end:]))


def secrets(found: str) -> Iterator[str]:
    return (found[start:stop].strip() for start, stop, name in _cells(found) if says_secret(name))


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
    )
)
