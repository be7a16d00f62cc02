"""Rows of a dump of PostgreSQL: `COPY users (id, name, token) FROM stdin;` and a line for each."""

from collections.abc import Iterator

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.secret_names import says_secret

_HEAD = late(r"[^(]*\((?P<columns>[^()]*)\)")


def _cells(found: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each value with the name of its column."""
    head = _HEAD.match(found)
    names = [name.strip(' \t"') for name in head["columns"].split(",")] if head else []
    place = found.find("\n") + 1
    for line in found[place:].splitlines(keepends=True):
        at = place
        for name, value in zip(names, line.rstrip("\r\n").split("\t"), strict=False):
            yield at, at + len(value), name
            at += len(value) + 1
        place += len(line)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, name in _cells(found):
        token = column_token(name, found[start:stop], pseudonyms)
        if token is not None:
            pieces += (found[end:start], token)
            end = stop
    return "".join((*pieces, found[end:]))


def secrets(found: str) -> Iterator[str]:
    return (found[start:stop] for start, stop, name in _cells(found) if says_secret(name))


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
    )
)
