"""Bursts: minutes in which a pattern has far more records than it usually has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.counts import CountTable
from sevline.core.mining.surfacing.silences import Silence, stretches
from sevline.core.mining.surfacing.tails import negative_binomial_tail, poisson_tail

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

LONGEST = 5
"""Minutes that are looked at together at most: a step is seen after five minutes of data."""

LOOK_BACK = 1440
LEAST_RECORDS = 10
LEAST_RATIO = 3.0
LEAST_HISTORY = 30
_PERIODS = (60, 360, 720, 1440, 10080)
_OTHERS = 2
_PART = 3
"""One part in so many of what a burst has beyond the usual makes another one as much."""

CHANCE = 1e-8
"""Probability of so many records in one look. A pattern is looked at 7,200 times a day, so one whose rate does not
change gives a false alarm about once in 40 years."""


@dataclass(frozen=True, slots=True)
class Burst:
    """Minutes [begin, end) since the epoch. `detected`: the minute at whose end the data was enough.

    `expected`: records that the usual rate gives in that time; `n`: minutes that the usual rate was taken from.
    """

    row: int
    begin: int
    end: int
    detected: int
    records: int
    expected: float
    p: float
    n: int

    @property
    def ratio(self) -> float:
        return self.records / max(self.expected, 0.5)


TEST = "negative binomial tail over 1 to 5 minutes against the day before"


def bursts(
    table: CountTable, row: int, begin: int | None = None, end: int | None = None, silences: Sequence[Silence] = ()
) -> tuple[Burst, ...]:
    """Bursts of one row in time order; neighbouring ones are one. Nothing is said of the first half hour.

    Minutes of `silences`, in which nothing at all was recorded, are left out as if they had not been.
    """
    import numpy as np

    begin = table.first if begin is None else begin
    end = table.end if end is None else end
    parts = stretches(silences, begin, end)
    if sum(last - first for first, last in parts) <= LEAST_HISTORY or int(table.step[row]) > LONGEST:
        return ()
    counts = np.concatenate([table.binned(np.array([row]), first, 1, last - first)[0] for first, last in parts])
    minutes = np.concatenate([np.arange(first, last) for first, last in parts])
    mean, variance, known = _usual(counts)
    p = np.ones(len(counts))
    for width in range(1, LONGEST + 1):
        summed = _rolling(counts, width)
        large = np.flatnonzero((summed >= LEAST_RECORDS) & (summed >= LEAST_RATIO * mean * width))
        if len(large):
            p[large] = np.minimum(p[large], _tail(summed[large], mean[large] * width, variance[large] * width))
    hit = np.flatnonzero((p < CHANCE) & (known >= LEAST_HISTORY))
    return tuple(_merged(row, minutes, counts, hit, mean, p, known))


def recurs(table: CountTable, burst: Burst) -> bool:
    """Whether as much beyond the usual comes at the same clock time in the other hours, days or weeks of the log: a job
    that runs then. At least two others are wanted, before it or after, and two thirds of all that the log holds."""
    import numpy as np

    around, length = np.arange(-LONGEST, LONGEST + 1), burst.end - burst.begin
    for period in _PERIODS:
        shifts = [*_shifts(burst.begin, table.first, -period), *_shifts(burst.end, table.end, period)]
        if len(shifts) < _OTHERS:
            break
        begins = burst.begin + np.add.outer(np.array(shifts), around)
        beyond = table.runs(burst.row, begins, length).max(axis=1) - burst.expected
        alike = int((beyond * _PART >= burst.records - burst.expected).sum())
        if alike >= _OTHERS and 3 * alike >= 2 * len(shifts):
            return True
    return False


def _shifts(edge: int, bound: int, period: int) -> range:
    """Whole periods from an edge of the burst to that of the log."""
    return range(period, bound - edge + (1 if period > 0 else -1), period)


def _rolling(counts: "Ints", width: int) -> "Ints":
    """Sums of each minute and those before it, `width` in all."""
    import numpy as np

    sums = np.concatenate(([0], np.cumsum(counts)))
    lower = np.maximum(np.arange(len(counts)) + 1 - width, 0)
    summed: Ints = sums[np.arange(len(counts)) + 1] - sums[lower]
    return summed


def _usual(counts: "Ints") -> "tuple[Floats, Floats, Ints]":
    """Mean and variance of a minute over the day before the last five minutes, and how many minutes that is.

    Minutes that stand far out are cut to what the day so far makes likely, so that one burst does not hide the next.
    """
    import numpy as np

    typical = counts[counts > 0]
    bound = np.quantile(typical, 0.9) * 4 + 3 if len(typical) else 3.0
    cut = np.minimum(counts, bound).astype(float)
    place = np.arange(len(counts))
    upper = np.maximum(place + 1 - LONGEST, 0)
    lower = np.maximum(upper - LOOK_BACK, 0)
    known = upper - lower

    def mean_of(values: "Floats") -> "Floats":
        sums = np.concatenate(([0.0], np.cumsum(values)))
        mean: Floats = (sums[upper] - sums[lower]) / np.maximum(known, 1)
        return mean

    mean = mean_of(cut)
    return mean, np.maximum(mean_of(cut**2) - mean**2, mean), known


def _tail(records: "Ints", mean: "Floats", variance: "Floats") -> "Floats":
    """P(X ≥ records) of a negative binomial with that mean and variance, a Poisson where they are equal."""
    import numpy as np

    mean = np.maximum(mean, 0.02)
    wide = variance > mean * 1.05
    size = np.where(wide, mean**2 / np.maximum(variance - mean, 1e-9), 1.0)
    heavy = negative_binomial_tail(records, size, mean)
    tail: Floats = np.where(wide, heavy, poisson_tail(records, mean))
    return tail


def _merged(
    row: int, minutes: "Ints", counts: "Ints", hit: "Ints", mean: "Floats", p: "Floats", known: "Ints"
) -> "list[Burst]":
    import numpy as np

    found: list[Burst] = []
    for group in np.split(hit, np.flatnonzero(np.diff(hit) > 2 * LONGEST) + 1) if len(hit) else ():
        first, last = int(group[0]), int(group[-1])
        low = float(mean[first])
        loud = np.flatnonzero(counts[max(0, first - LONGEST + 1) : last + 1] > max(1.0, 2 * low))
        start = max(0, first - LONGEST + 1) + int(loud[0]) if len(loud) else first
        stop = max(0, first - LONGEST + 1) + int(loud[-1]) + 1 if len(loud) else last + 1
        records = int(counts[start:stop].sum())
        found.append(
            Burst(
                row,
                int(minutes[start]),
                int(minutes[stop - 1]) + 1,
                int(minutes[first]),
                records,
                low * (stop - start),
                float(p[group].min()),
                int(known[first]),
            )
        )
    return found
