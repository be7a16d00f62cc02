"""Patterns whose rate steps up or down at some minute of a log and stays so to its end, without being told of a moment.

For every five minutes the hour and more behind them is held against the time before, the same hours of earlier days
and what all patterns do together taken out. The moments that stand out most are then compared as if a person had asked
for them (see `rates`), each probability times the moments that were looked at. What comes back before the end of the
log is no lasting change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.bintests import LEAST_RECORDS, discoveries
from sevline.core.mining.surfacing.counts import CountTable, PatternCounts, minute_of
from sevline.core.mining.surfacing.onset import onsets
from sevline.core.mining.surfacing.rates import Change, RateChange, compared
from sevline.core.mining.surfacing.sides import BIN, DAY, FEWEST_BINS, MOST_BINS_OF_FEW_HOURS, Sides
from sevline.core.mining.surfacing.silences import Silence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MOST_PATTERNS = 2_000
MOST_MOMENTS = 12
"""Moments that are compared, those first at which a pattern stands out most."""

MOST_MINUTES = 8 * DAY
_AT_ONCE = 400_000
"""Cells of a matrix of rows and bins."""

CHANCE = 0.05
"""Probability of one pattern's step, all moments of the log together, above which it is not told."""

SURE = 0.003
"""The same, below which it is told where earlier days tell what is usual, however many patterns were looked at."""

_NEAR = 3
"""Bins by which the step of a pattern may lie beside a moment that is compared."""

_CLEAR = 4.0
"""Standard errors from which a moment is worth a comparison."""

_COMMON_ROWS = 20
_KEPT = 0.5
"""Part of the logarithm of a change that must be there in a stretch of the log."""

_MOST = 0.85
_STRETCHES = 60
_GONE = 0.1
"""What counts as the ratio where nothing is left."""

_DAYS = 7


@dataclass(frozen=True, slots=True)
class Step:
    change: RateChange
    moment: int


@dataclass(frozen=True, slots=True)
class Stepping:
    """`steps`: at most one of each row of `table`; `tested`: patterns with records enough."""

    table: CountTable
    steps: tuple[Step, ...]
    tested: int


def steps_within(patterns: Sequence[PatternCounts], silences: Sequence[Silence] = ()) -> Stepping:
    """What began within the log is none: it has no rate before. `silences`: of the whole log."""
    import numpy as np

    fine = [one for one in patterns if one.step <= BIN and sum(one.minutes.values()) >= 2 * LEAST_RECORDS]
    table = CountTable(sorted(fine, key=lambda one: -one.total)[:MOST_PATTERNS])
    begin = max(table.first, table.end - MOST_MINUTES)
    bins = (table.end - begin) // BIN
    if bins < 2 * MOST_BINS_OF_FEW_HOURS:  # less than that is no time in which a rate could be said to stay
        return Stepping(table, (), 0)
    rows = np.arange(len(table))
    best, top = _clearest_of_all(table.binned(rows, begin, BIN, bins))
    moments = bins + 1
    told: dict[int, Step] = {}
    for row in _clearest(best, top):
        side = Sides(table, _to_the_minute(table, row, begin + int(best[row]) * BIN), BIN, silences)
        if min(side.bins_before, side.bins_after) < FEWEST_BINS:
            continue
        for change in compared(table, rows, side).changes:
            if abs(int(best[change.row] - best[row])) <= _NEAR and change.change is not Change.NEW:
                told.setdefault(change.row, Step(replace(change, p=min(1.0, change.p * moments)), side.moment))
    stays = {row: step for row, step in told.items() if step.change.p < CHANCE and _stays(table, step)}
    return Stepping(table, _held(stays, len(table)), len(table))


def _clearest(best: "Ints", top: "Floats") -> list[int]:
    """Rows whose moments are compared, the clearest first, no moment beside another."""
    import numpy as np

    chosen: list[int] = []
    for row in np.argsort(-top, kind="stable").tolist():
        if top[row] < _CLEAR or len(chosen) >= MOST_MOMENTS:
            break
        if all(abs(int(best[row] - best[other])) > _NEAR for other in chosen):
            chosen.append(row)
    return chosen


def _to_the_minute(table: CountTable, row: int, at: int) -> int:
    """The minute near `at` from which another rate is likeliest."""
    import numpy as np

    near = MOST_BINS_OF_FEW_HOURS * BIN
    found = onsets(table, np.array([row]), max(table.first, at - near), min(table.end, at + near))[0]
    moment = at if found is None else minute_of(found.at)
    return moment if abs(moment - at) <= _NEAR * BIN else at


def _held(found: dict[int, Step], tested: int) -> tuple[Step, ...]:
    """Those that are discoveries among all patterns that were looked at."""
    import numpy as np

    ordered = sorted(found.values(), key=lambda step: step.change.row)
    p = np.ones(max(tested, len(ordered)))
    p[: len(ordered)] = [step.change.p for step in ordered]
    good = discoveries(p)[: len(ordered)].tolist()
    return tuple(
        step for step, kept in zip(ordered, good, strict=True) if kept or (step.change.days and step.change.p < SURE)
    )


def _clearest_of_all(counts: "Ints") -> "tuple[Ints, Floats]":
    """Of each row, the bin at which it stands out most, and by how many standard errors; some rows at a time, for a
    long log has many bins. What all do together is told from the first of them, the loudest."""
    import numpy as np

    size = max(_COMMON_ROWS, _AT_ONCE // counts.shape[1])
    common: Floats | None = None
    places, tops = [], []
    for begin in range(0, len(counts), size):
        score, common = _scores(counts[begin : begin + size], common)
        best = np.abs(score).argmax(axis=1)
        places.append(best)
        tops.append(np.abs(score)[np.arange(len(best)), best])
    return np.concatenate(places), np.concatenate(tops)


def _scores(counts: "Ints", common: "Floats | None") -> "tuple[Floats, Floats]":
    """Of each row and the end of each bin: by how many standard errors what follows is more than what was before; and
    what rows do together, where it is not known."""
    import numpy as np

    rows, bins = counts.shape
    sums = np.concatenate([np.zeros((rows, 1)), np.cumsum(counts, axis=1)], axis=1)
    place = np.arange(bins + 1)
    low, high = np.maximum(place - MOST_BINS_OF_FEW_HOURS, 0), np.minimum(place + MOST_BINS_OF_FEW_HOURS, bins)
    before, after = sums - sums[:, low], sums[:, high] - sums
    length = np.log(np.maximum(high - place, 1)) - np.log(np.maximum(place - low, 1))
    ratio = np.log(after + 0.5) - np.log(before + 0.5) - length
    spread = 1 / (after + 0.5) + 1 / (before + 0.5)
    usual, usual_spread = _usual(before, after, length)
    effect = ratio - usual
    if common is None:
        solid = (np.minimum(before, after) >= LEAST_RECORDS).sum(axis=0) >= _COMMON_ROWS
        common = np.where(solid, np.median(effect, axis=0), 0.0)
    effect -= common
    score: Floats = effect / np.sqrt(_dispersion(counts)[:, None] * spread + usual_spread)
    edge = np.minimum(place, bins - place) < 2 * FEWEST_BINS
    score[:, edge] = 0.0
    score[np.maximum(before, after) < LEAST_RECORDS] = 0.0
    return score, common


def _usual(before: "Floats", after: "Floats", length: "Floats") -> "tuple[Floats, Floats]":
    """The same logarithm on the days before, and its variance: 0 where the log holds none."""
    import numpy as np

    day = DAY // BIN
    early, late = np.zeros_like(before), np.zeros_like(after)
    for number in range(1, min(_DAYS, (before.shape[1] - 1) // day) + 1):
        early[:, number * day :] += before[:, : -number * day]
        late[:, number * day :] += after[:, : -number * day]
    known = early + late >= LEAST_RECORDS
    usual = np.where(known, np.log(late + 0.5) - np.log(early + 0.5) - length, 0.0)
    return usual, np.where(known, 1 / (late + 0.5) + 1 / (early + 0.5), 0.0)


def _dispersion(counts: "Ints") -> "Floats":
    """Variance over mean of each row's neighbouring bins, from 1 up."""
    import numpy as np

    steps = np.diff(counts, axis=1).astype(float)
    found: Floats = np.maximum((steps**2).mean(axis=1) / 2 / np.maximum(counts.mean(axis=1), 1e-9), 1.0)
    return found


def _stays(table: CountTable, step: Step) -> bool:
    """Whether most of the change is there in nearly all stretches from it to the end of the log; and, where no earlier
    day tells what is usual, in none before it: what falls to where it was is the end of a burst."""
    change, moment = step.change, step.moment
    width = max(FEWEST_BINS * BIN, (change.minutes_after + change.minutes_before) // 4)
    after = [
        _moved(table, step, at, width, change.before / change.minutes_before)
        for at in _starts(moment, table.end, width)
    ]
    kept = _share(after, change)
    if change.days or kept < _MOST:
        return kept >= _MOST
    rate = change.after / change.minutes_after
    earlier = [-_moved(table, step, at, width, rate) for at in _starts(table.first, moment, width)]
    return _share(earlier, change) >= _MOST


def _starts(begin: int, end: int, width: int) -> range:
    """Where stretches start, the last so that it ends with the log or at the moment; not too many of them."""
    many = max(1, min(_STRETCHES, (end - begin) // width))
    return range(end - width, begin - 1, -max(width, (end - begin) // many))


def _share(moved: Sequence[float], change: RateChange) -> float:
    """Part of the stretches that moved as the change says, by most of it."""
    effect = log(max(change.ratio or 0.0, _GONE))
    return sum(one / effect >= _KEPT for one in moved) / max(1, len(moved))


def _moved(table: CountTable, step: Step, at: int, width: int, rate: float) -> float:
    """Logarithm of the rate of a stretch over that of the same hours on the last day before the change, over `rate`
    where the log holds no such day."""
    now = table.records(step.change.row, at, at + width)
    earlier = at - max(0, -(-(at + width - step.moment) // DAY)) * DAY
    known = table.first <= earlier < at
    then = table.records(step.change.row, earlier, earlier + width) if known else rate * width
    return log((now + 0.5) / (then + 0.5))
