"""Records per pattern and minute, sparse, for many patterns at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sevline.core.mining.cells import columns_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A line as it may be shown; `line_no` counts from 1 in `source`."""

    source: str
    line_no: int
    text: str


@dataclass(frozen=True, slots=True)
class PatternCounts:
    """One pattern. `minutes`: start of a cell in minutes since the epoch -> records; a cell is `step` minutes wide.

    `shares`: a dimension such as tenant, region or version -> its value -> records of the pattern. `first` and `last`:
    its first and last record, where they are known to the second. `statement`: what wrote it, the same for all its
    outcomes, behind what it is known in and a colon where that is one of several; `outcome`: how its requests failed.
    """

    id: str
    template: str
    total: int
    minutes: Mapping[int, int]
    step: int = 1
    level: str | None = None
    services: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    examples: Sequence[Example] = ()
    first: datetime | None = None
    last: datetime | None = None
    statement: str = ""
    outcome: str = ""


class CountTable:
    """All patterns; rows have the order in which they were given. Windows are half open, in minutes since the epoch."""

    def __init__(self, patterns: Iterable[PatternCounts]) -> None:
        import numpy as np

        self.patterns = tuple(patterns)
        sizes = [len(pattern.minutes) for pattern in self.patterns]
        total = sum(sizes)
        self._minute: Ints = np.empty(total, np.int64)
        self._count: Ints = np.empty(total, np.int64)
        at = 0
        for pattern, size in zip(self.patterns, sizes, strict=True):
            self._minute[at : at + size], self._count[at : at + size] = columns_of(pattern.minutes)
            at += size
        self._row: Ints = np.repeat(np.arange(len(sizes)), sizes)
        self._sums: Ints = np.concatenate(([0], np.cumsum(self._count)))
        self.step: Ints = np.array([pattern.step for pattern in self.patterns], np.int64)
        self.first = int(self._minute.min()) if total else 0
        """The first minute with a record, of any pattern."""
        ends = self._minute + self.step[self._row] if total else self._minute
        self.end = int(ends.max()) if total else 0
        """The minute after the last one with a record."""
        self._span = self.end - self.first + 2
        self._key: Ints = self._row * self._span + (self._minute - self.first)

    def __len__(self) -> int:
        return len(self.patterns)

    @property
    def cells(self) -> "tuple[Ints, Ints, Ints]":
        """First minute, records and width in minutes of every cell."""
        return self._minute, self._count, self.step[self._row]

    def sums(self, begin: int, end: int, rows: "Ints | None" = None) -> "Ints":
        """Records of each row in [begin, end); a cell counts where it starts."""
        import numpy as np

        rows = np.arange(len(self)) if rows is None else rows
        counted: Ints = self._sums[self._place(rows, end)] - self._sums[self._place(rows, begin)]
        return counted

    def records(self, row: int, begin: int, end: int) -> int:
        """Those of one row in [begin, end)."""
        import numpy as np

        return int(self.sums(begin, end, np.array([row]))[0])

    def runs(self, row: int, begins: "Ints", width: int) -> "Ints":
        """Those of one row in [begin, begin + width), for each of many begins."""
        import numpy as np

        edges = np.clip(np.stack((begins, begins + width)) - self.first, 0, self._span - 1)
        first, last = np.searchsorted(self._key, row * self._span + edges)
        counted: Ints = self._sums[last] - self._sums[first]
        return counted

    def binned(self, rows: "Ints", begin: int, width: int, bins: int, wholes: "Ints | None" = None) -> "Ints":
        """Matrix of rows × bins; bin k covers [begin + k·width, begin + (k + 1)·width). `wholes`: to which row of the
        matrix each is added, from 0 in ascending order; each has its own without them."""
        import numpy as np

        first, last = self._place(rows, begin), self._place(rows, begin + width * bins)
        held = last - first
        row = np.repeat(np.arange(len(rows)), held)
        cell = np.arange(len(row)) + np.repeat(first - (np.cumsum(held) - held), held)
        many = len(rows) if wholes is None else int(wholes[-1]) + 1
        at = (row if wholes is None else wholes[row]) * bins + (self._minute[cell] - begin) // width
        counted: Ints = np.bincount(at, self._count[cell], many * bins).astype(np.int64)
        return counted.reshape(many, bins)

    def _place(self, rows: "Ints", minute: int) -> "Ints":
        import numpy as np

        offset = min(max(minute - self.first, 0), self._span - 1)
        found: Ints = np.searchsorted(self._key, rows * self._span + offset)
        return found


def minute_of(at: datetime) -> int:
    return int(at.timestamp() // 60)


def moment_of(minute: float) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)
