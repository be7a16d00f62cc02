"""Lines of a log that say that a pool of connections is exhausted."""

from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.pools import MOST_CITED, POOL, POOL_WORDS, PoolLines
from sevline.core.readers.reader import Form, Source, reader

MAX_LINES, MAX_TEXT = 200_000, 2_000


@reader("pool-lines", Form.LINES)
def pool_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which a program says that a pool of connections is exhausted"""
    import polars as pl

    rows = pl.Series("text", [line[:MAX_TEXT] for line in lines[:MAX_LINES]], dtype=pl.String)
    hits = rows.str.contains_any(list(POOL_WORDS), ascii_case_insensitive=True).arg_true()
    told = [
        (number + 1, found[0])
        for number, text in zip(hits.to_list(), rows.gather(hits).to_list(), strict=True)
        if (found := POOL.search(text)) is not None
    ]
    if told:
        yield PoolLines(source.artifact, len(told), tuple(told[:MOST_CITED]))
