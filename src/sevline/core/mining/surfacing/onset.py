"""When a pattern began to change: the most likely minute, with an interval, for many patterns at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.counts import CountTable, moment_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

MOST_MINUTES = 2_000
_DROP = 1.92
"""Log likelihood by which a minute may be worse than the best and still be in the 95 % interval (chi square, 1)."""

_FEWEST = 6


@dataclass(frozen=True, slots=True)
class Onset:
    """`at`: start of the first minute of the new rate. `earliest`, `latest`: its 95 % interval, in UTC."""

    at: datetime
    earliest: datetime
    latest: datetime


_EARLIER, _LATER = 120, 60


def around(table: CountTable, rows: "Ints", moment: int) -> "tuple[Onset | None, ...]":
    """Onsets near a moment at which the rows are known to have changed: at most two hours before, an hour after."""
    return onsets(table, rows, max(table.first, moment - _EARLIER), min(table.end, moment + _LATER))


def onsets(table: CountTable, rows: "Ints", begin: int, end: int) -> "tuple[Onset | None, ...]":
    """The minute in [begin, end) at which one change of the rate explains the counts best; None without any record.

    Over-dispersion widens the interval. Windows longer than 2,000 minutes are cut to their end.
    """
    import numpy as np

    begin = max(begin, end - MOST_MINUTES)
    minutes = end - begin
    if minutes < _FEWEST or not len(rows):
        return (None,) * len(rows)
    counts = table.binned(rows, begin, 1, minutes).astype(float)
    gain = _gains(counts)
    best = gain.argmax(axis=1)
    top = gain.max(axis=1)
    scale = _scale(counts, best + 1)
    found: list[Onset | None] = []
    for row in range(len(rows)):
        near = np.flatnonzero(gain[row] >= top[row] - _DROP * scale[row])
        if counts[row].sum() < 1:
            found.append(None)
            continue
        first, last = begin + 1 + int(near.min()), begin + 1 + int(near.max())
        found.append(Onset(moment_of(begin + 1 + int(best[row])), moment_of(first), moment_of(last)))
    return tuple(found)


def _gains(counts: "Floats") -> "Floats":
    """Log likelihood of a change before minute 1, 2, … over none; Poisson, both rates at their best."""
    import numpy as np

    minutes = counts.shape[1]
    left = np.cumsum(counts, axis=1)[:, :-1]
    total = counts.sum(axis=1, keepdims=True)
    right = total - left
    before = np.arange(1, minutes)
    after = minutes - before

    def fitted(records: "Floats", length: "Ints | int") -> "Floats":
        value: Floats = np.where(records > 0, records * np.log(np.maximum(records, 1e-12) / length), 0.0)
        return value

    gains: Floats = fitted(left, before) + fitted(right, after) - fitted(total, minutes)
    return gains


def _scale(counts: "Floats", at: "Ints") -> "Floats":
    """Variance over mean within the two parts, from 1 up."""
    import numpy as np

    place = np.arange(counts.shape[1])
    late = place[None, :] >= at[:, None]
    spread = np.zeros(len(counts))
    for part in (late, ~late):
        size = np.maximum(part.sum(axis=1), 1)
        mean = (counts * part).sum(axis=1) / size
        spread += (((counts - mean[:, None]) ** 2) * part).sum(axis=1) / np.maximum(mean, 1e-9) * (mean > 0)
    scale: Floats = np.maximum(spread / counts.shape[1], 1.0)
    return scale
