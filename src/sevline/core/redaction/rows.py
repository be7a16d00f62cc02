"""Some rows of many, by their numbers: always in order, and none twice.

Of Polars only what needs no query: one takes as long as a hundred thousand rows, and copies long ones.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sevline.core.redaction.codec import free_marks

if TYPE_CHECKING:
    import polars as pl

Step = Callable[["pl.Series"], "pl.Series"]
#: How many more numbers than are asked for are made ready at once.
STEP = 65_536


def numbers(how_many: int) -> "pl.Series":
    """The numbers of so many rows."""
    return _ready(-(-how_many // STEP)).head(how_many)


@lru_cache(1)
def _ready(steps: int) -> "pl.Series":
    import polars as pl

    return pl.arange(steps * STEP, dtype=pl.get_index_type(), eager=True)


def where(answers: "pl.Series") -> "pl.Series":
    """The numbers of the rows for which the answer is yes."""
    return numbers(len(answers)).filter(answers)


def put(rows: "pl.Series", at: "pl.Series", values: "pl.Series") -> "pl.Series":
    """The rows with others in some places; `Series.scatter` alone would change the rows themselves."""
    return values if len(at) == len(rows) else rows.clone().scatter(at, values)


def on_rows(hits: "pl.Series", rows: "pl.Series", steps: Sequence[Step]) -> "pl.Series":
    """The steps one after another on the rows of these numbers."""
    masked = inner = rows[hits]
    for step in steps:
        masked = step(masked)
    return rows if masked is inner else put(rows, hits, masked)


def lines_of(text: str) -> "pl.Series":
    import polars as pl

    return pl.Series("text", [text], dtype=pl.String).str.split("\n").explode()


def marks_for(text: str) -> tuple[str, str]:
    """Two characters that do not occur in the text."""
    mark, end = free_marks(text, 2)
    return mark, end
