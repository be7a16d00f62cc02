"""Requests in the log of an application, as the calls that they were."""

from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.accesslog import looks_like_access_log
from sevline.core.readers.foreign import in_traffic
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.requestlines import METHODS, MOST, read_request_lines

HEAD = 200


@reader("request-lines", Form.LINES)
def request_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Requests in the log of an application, with status and duration"""
    import polars as pl

    if looks_like_access_log(lines[:HEAD]):  # has a reader of its own
        return
    rows = pl.Series("text", lines, dtype=pl.String)
    hits = rows.str.contains_any(list(METHODS)).arg_true().head(MOST)
    numbered = ((at + 1, text) for at, text in zip(hits.to_list(), rows.gather(hits).to_list(), strict=True))
    if (log := read_request_lines(numbered, source.artifact)) is not None:
        yield log
        yield from in_traffic(log, source.name)
