"""Lines of a redacted file, and where in it a citation points. The caller has found the file for the person."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from sevline.bench.modes import FORMS
from sevline.core.readers.position import Position, line_of, position
from sevline.core.redaction.pseudonym import TOKEN
from sevline.evidence.models import Artifact
from sevline.vault import actions as vault

PAGE_LINES = 200
LONGEST_LINE = 4000
BEFORE = 1000  # characters shown before the place that is looked for in a very long line
FARTHEST = 100_000  # the last line that is read to by its number alone
LARGEST_PARSED = 64 * 2**20
_TOKEN = re.compile(TOKEN)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `skipped` and `left` count the characters of a very long line that are not shown."""

    number: int
    text: str
    skipped: int = 0
    left: int = 0


def lines(artifact: Artifact, start: int = 1, count: int = PAGE_LINES, *, around: Position | None = None) -> list[Line]:
    """Lines of the redacted form from `start`, counted from 1; of a very long one, what stands around `around`."""
    if artifact.sealed_id is None:
        return []
    start = min(max(1, start), sys.maxsize - count)
    wanted = islice(_text_lines(vault.open_file(artifact.sealed_id)), start - 1, start - 1 + count)
    return [_line(number, text, around) for number, text in enumerate(wanted, start)]


def with_amounts(shown: Iterable[Line], amounts: Mapping[str, str]) -> list[Line]:
    """The lines with the amounts that their tokens stand for."""
    return [replace(line, text=_TOKEN.sub(lambda found: amounts.get(found[0], found[0]), line.text)) for line in shown]


def beginnings(artifacts: Iterable[Artifact], count: int) -> dict[int, list[Line]]:
    """The first lines of each file by the artifact's key, of as many files as there are with the same few queries."""
    sealed = {artifact.sealed_id: artifact.pk for artifact in artifacts if artifact.sealed_id is not None}
    return {
        sealed[sealed_id]: [
            _line(number, text, None) for number, text in enumerate(islice(_text_lines(blocks), count), 1)
        ]
        for sealed_id, blocks in vault.open_files(sealed)
    }


def numbered(wanted: Iterable[tuple[Artifact, Iterable[int]]]) -> dict[int, dict[int, str]]:
    """Lines by the file's key and their number, each file read once, with the same few queries for all of them.

    None that stands too far behind, and none of a file without a redacted form.
    """
    numbers: dict[int, set[int]] = {}
    keys: dict[int, int] = {}
    for artifact, asked in wanted:
        near = {number for number in asked if 1 <= number <= FARTHEST}
        if artifact.sealed_id is not None and near:
            keys[artifact.sealed_id] = artifact.pk
            numbers.setdefault(artifact.sealed_id, set()).update(near)
    return {
        keys[sealed_id]: _chosen(islice(_text_lines(blocks), max(numbers[sealed_id])), numbers[sealed_id])
        for sealed_id, blocks in vault.open_files(numbers)
    }


def _chosen(texts: Iterable[str], numbers: set[int]) -> dict[int, str]:
    return {number: _line(number, text, None).text for number, text in enumerate(texts, 1) if number in numbers}


def _line(number: int, text: str, around: Position | None) -> Line:
    if len(text) <= LONGEST_LINE:
        return Line(number, text)
    column = around.column if around is not None and around.line == number else 1
    begin = max(0, min(column - 1 - BEFORE, len(text) - LONGEST_LINE))
    return Line(number, text[begin : begin + LONGEST_LINE], begin, max(0, len(text) - begin - LONGEST_LINE))


def _text_lines(blocks: Iterator[bytes]) -> Iterator[str]:
    held: list[bytes] = []
    for block in blocks:
        first, *whole = block.split(b"\n")
        held.append(first)
        for piece in whole:
            yield b"".join(held).decode("utf-8", "replace").rstrip("\r")
            held = [piece]
    if rest := b"".join(held):
        yield rest.decode("utf-8", "replace")


def place_of(artifact: Artifact, locator: str) -> Position | None:
    """The line and column of a JSON pointer, an XPath or “line:column”; None where the file has no such place."""
    form = FORMS.get(artifact.mode, "lines")  # type: ignore[call-overload]  # modes are strings in the table
    if form == "lines" or artifact.sealed_id is None:
        return line_of(locator)
    if artifact.size > LARGEST_PARSED:
        return None
    return position(form, b"".join(vault.open_file(artifact.sealed_id)), locator) or line_of(locator)
