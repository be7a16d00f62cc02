"""Lines in which a program says who may not do what."""

from collections.abc import Iterator

from sevline.core.finding import Given
from sevline.core.readers.denials import MOST_KINDS, WORDS, Denial, Denials, denial_in
from sevline.core.readers.reader import Form, Source, reader

MAX_LINES, MAX_TEXT = 200_000, 2_000


@reader("denial-lines", Form.LINES)
def denial_lines(source: Source, lines: list[str]) -> Iterator[Given]:
    """Lines in which Kubernetes, a cloud or a database refuses somebody an action"""
    import polars as pl

    rows = pl.Series("text", [line[:MAX_TEXT] for line in lines[:MAX_LINES]], dtype=pl.String)
    hits = rows.str.contains_any(list(WORDS), ascii_case_insensitive=True).arg_true()
    told: dict[Denial, tuple[int, int]] = {}
    for number, text in zip(hits.to_list(), rows.gather(hits).to_list(), strict=True):
        denial = denial_in(text)
        if denial is not None and (denial in told or len(told) < MOST_KINDS):
            count, first = told.get(denial, (0, number + 1))
            told[denial] = (count + 1, first)
    if told:
        yield Denials(source.artifact, tuple((denial, count, first) for denial, (count, first) in told.items()))
