"""Signs of failure modes in the lines of a log."""

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from sevline.core.finding import Given
from sevline.core.readers.failuresign import FailureSigns, Lines, every_signature, signs_in
from sevline.core.readers.reader import Form, Source, reader

if TYPE_CHECKING:
    import polars as pl

MAX_LINES, MAX_TEXT = 200_000, 2_000
#: Of more lines that a signature could use, so many are looked at, evenly over the log.
MAX_LOOKED_AT = 20_000
LEAST_LINES, SAMPLE = 5, 200
_TIME = re.compile(r"\d\d:\d\d:\d\d|\d\d:\d\d\b|\b1[5-9]\d{8}(?:\d{3})?\b")


@reader("failure-signs", Form.LINES)
def failure_signs(source: Source, lines: list[str]) -> Iterator[Given]:
    """The signs of failure modes that a log shows"""
    if not _is_log(lines):
        return
    import polars as pl

    rows = pl.Series("text", [line[:MAX_TEXT] for line in lines[:MAX_LINES]], dtype=pl.String)
    words = sorted({word for signature in every_signature() for word in signature.words})
    hits = rows.str.contains_any(words, ascii_case_insensitive=True).arg_true()
    yield FailureSigns(source.artifact, tuple(signs_in(partial(_holding, rows.gather(hits), hits))))


def _is_log(lines: list[str]) -> bool:
    """Whether most lines that are not blank name a time."""
    sample = [line for line in lines[:SAMPLE] if line.strip()]
    return len(sample) >= LEAST_LINES and 2 * sum(1 for line in sample if _TIME.search(line[:MAX_TEXT])) >= len(sample)


def _holding(rows: "pl.Series", numbers: "pl.Series", words: tuple[str, ...]) -> Lines:
    found = rows.str.contains_any(list(words), ascii_case_insensitive=True).arg_true()
    step = -(-len(found) // MAX_LOOKED_AT)
    if step > 1:
        found = found.gather_every(step)
    return [(number + 1, text) for number, text in zip(numbers.gather(found), rows.gather(found), strict=True)]
