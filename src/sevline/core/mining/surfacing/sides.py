"""The time before and after a moment that is compared, cut into bins, and the same windows on earlier days."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.counts import CountTable
from sevline.core.mining.surfacing.silences import Silence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BIN = 5
"""Minutes of a bin; a pattern whose own cells are wider is compared in bins of their width."""

MOST_BINS = 24
MOST_BINS_OF_FEW_HOURS = 16
"""Where no earlier day is known: the longer the time on either side, the more of it is the course of the day."""

FEWEST_BINS = 3

LEAST_RATIO = 1.9
"""A twofold change, a little less for what an estimate is off by."""

BEYOND_USUAL = 1.3
"""So many times the largest distance of any earlier day from the usual course is not one more such day."""

DAY = 1440
MOST_DAYS = 14


def _minutes(begin: int, end: int, silences: Sequence[Silence]) -> int:
    """Minutes between both of which something was recorded."""
    return end - begin - sum(max(0, min(gap.end, end) - max(gap.begin, begin)) for gap in silences)


class Sides:
    """The windows before `until` and from `since` on, and the same windows on earlier days. Both are the moment, but
    where nothing was recorded at it; neither window reaches over such a stretch (`gaps`: those that cut them)."""

    def __init__(self, table: CountTable, moment: int, width: int, silences: Sequence[Silence] = ()) -> None:
        self.moment, self.width = moment, width
        near = FEWEST_BINS * width  # less than that beside a silence could not be compared by itself
        at = [gap for gap in silences if gap.begin < moment + near and gap.end > moment - near]
        self.until = min((gap.begin for gap in at if gap.begin < moment), default=moment)
        self.since = max((gap.end for gap in at if gap.end > moment), default=moment)
        first = max((gap.end for gap in silences if gap.end <= self.until), default=table.first)
        end = min((gap.begin for gap in silences if gap.begin >= self.since), default=table.end)
        longest = min(MOST_BINS, max(0, self.until - first) // width)
        begin = self.until - min(MOST_BINS, max(0, self.until - table.first) // width) * width
        self.days = max(0, min(MOST_DAYS, (begin - table.first) // DAY))
        most = MOST_BINS if self.days else MOST_BINS_OF_FEW_HOURS
        self.bins_before = min(most, longest)
        self.bins_after = min(most, max(0, end - self.since) // width)
        begin, last = self.until - most * width, self.since + most * width
        self.gaps = tuple(gap for gap in silences if begin < gap.end and gap.begin < last)
        self.begin, self.end = self.until - self.bins_before * width, self.since + self.bins_after * width
        self.minutes_before = _minutes(self.begin, moment, self.gaps)
        self.minutes_after = _minutes(moment, self.end, self.gaps)

    def sums(self, table: CountTable, rows: "Ints", day: int = 0) -> "tuple[Ints, Ints]":
        """Records before and after, so many days earlier."""
        until, since = self.until - day * DAY, self.since - day * DAY
        before = table.sums(until - self.bins_before * self.width, until, rows)
        return before, table.sums(since, since + self.bins_after * self.width, rows)

    def counted(self, table: CountTable, rows: "Ints", wholes: "Ints | None" = None) -> "tuple[Ints, Ints]":
        """Bins before and after; `wholes` as for a table."""
        begin = self.until - self.bins_before * self.width
        before = table.binned(rows, begin, self.width, self.bins_before, wholes)
        return before, table.binned(rows, self.since, self.width, self.bins_after, wholes)
