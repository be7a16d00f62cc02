"""Starts and changes of configuration that a log itself names."""

from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.startlines import StartLines, start_lines

MAX_LINES = 200_000


@reader("start-lines", Form.LINES)
def starts_and_changes(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which a log says that a build started or a configuration changed"""
    found = sorted(start_lines(lines[:MAX_LINES], source.reference), key=lambda one: one.at)
    if found:
        yield StartLines(source.artifact, tuple(found))
