"""Rows of a dump of PostgreSQL: `COPY users (id, name, token) FROM stdin;` and a line for each."""

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Cell, Record, masked_records, people_in
from sevline.core.redaction.secret_names import says_secret

_HEAD = late(r"[^(]*\((?P<columns>[^()]*)\)")


def _rows(found: str) -> Iterator[Record]:
    """Start and end of each value of a row with the name of its column."""
    head = _HEAD.match(found)
    names = [name.strip(' \t"') for name in head["columns"].split(",")] if head else []
    place = found.find("\n") + 1
    for line in found[place:].splitlines(keepends=True):
        cells: list[Cell] = []
        at = place
        for name, value in zip(names, line.rstrip("\r\n").split("\t"), strict=False):
            cells.append((at, at + len(value), name))
            at += len(value) + 1
        yield "", cells
        place += len(line)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _rows(found), pseudonyms)


def secrets(found: str) -> Iterator[str]:
    return (found[start:stop] for _, cells in _rows(found) for start, stop, name in cells if says_secret(name))


detector(
    Detector(
        kind="copied_rows",
        title="Value of a row that a dump copies, under a column that says so",
        pattern=(
            r"(?i:copy)[ \t]+[^\s()]{1,120}[ \t]*\([^()\r\n]{1,2000}\)[ \t]+(?i:from[ \t]+stdin)[^\r\n]*"
            r"(?:\r?\n[^\\\r\n][^\r\n]*)+"
        ),
        stage=Stage.BLOCK,
        keywords=("from stdin",),
        any_case=True,
        render=pseudonym,
        secrets=secrets,
        people=lambda found: people_in(found, _rows(found)),
    )
)
