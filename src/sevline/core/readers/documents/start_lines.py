"""Starts and changes of configuration that a log itself names."""

from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.startlines import HINTS, MAX_TEXT, StartLines, start_lines, switch_lines
from sevline.core.readers.versionfields import switches


@reader("start-lines", Form.LINES)
def starts_and_changes(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which a log says that a build started or a configuration changed, or names another version"""
    import polars as pl

    rows = pl.Series("text", [line[:MAX_TEXT] for line in lines], dtype=pl.String)
    hits = rows.str.contains_any(list(HINTS), ascii_case_insensitive=True).arg_true().to_list()
    told = start_lines(((number + 1, lines[number]) for number in hits), source.reference)
    changed = switch_lines(switches(rows), lines, source.reference)
    found = sorted((*told, *changed), key=lambda one: one.at)
    if found:
        yield StartLines(source.artifact, tuple(found))
