"""Some rows of many, by their numbers: always in order, and none twice.

Of Polars only what needs no query: one takes as long as a hundred thousand rows, and copies long ones.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

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
