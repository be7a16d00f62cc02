"""Which patterns changed their rate at a moment: new, more, less, gone.

A difference is believed only if it is large (about twofold), unlikely (rank test and over-dispersed Poisson, with the
false discovery rate held), lasting (a step at the moment, no storm or climb), and clearly larger than what the same
clock time did on every earlier day of the log. A bin that stands far out counts as what is usual at most, so that a
storm on one side is no rate. A stretch in which nothing at all was recorded is left out: what stands before it is
compared with what stands behind it. What all patterns do together is traffic, and what many do together in a log that
holds no such day of the week is its season, not a change of one. See `benchmarks/surfacing.py` for the figures.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.bintests import (
    LEAST_RECORDS,
    RANK_BINS,
    calmed,
    discoveries,
    inflation,
    rank_test,
    two_sided,
)
from sevline.core.mining.surfacing.counts import CountTable
from sevline.core.mining.surfacing.shapes import apart_from_crowd, steps_at
from sevline.core.mining.surfacing.sides import BEYOND_USUAL, BIN, FEWEST_BINS, LEAST_RATIO, Sides
from sevline.core.mining.surfacing.silences import Silence, silences_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

ENOUGH_DAYS = 2
"""Earlier days from which the usual course of a day is believed."""

WEEK = 7
"""Earlier days among which one is of the same day of the week."""

_COMMON_ROWS = 20


class Change(StrEnum):
    NEW = "new"
    MORE = "more"
    LESS = "less"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RateChange:
    """`before` and `after`: records in windows of `minutes_before` and `minutes_after` on either side of the moment,
    from minute `begin` to `end` without what was silent.

    `ratio`: of the rates, what the time of day and all other patterns explain taken out; None where none were before.
    `interval`: 95 % interval of the ratio. `n`: bins compared. `p`: the larger of the tests' probabilities.
    """

    row: int
    change: Change
    before: int
    after: int
    minutes_before: int
    minutes_after: int
    ratio: float | None
    interval: tuple[float, float] | None
    n: int
    p: float
    test: str
    days: int
    begin: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """`silence`: why nothing could be compared, or empty. `traffic`: what all patterns did together, as a ratio.
    `gaps`: stretches without any record that were left out."""

    changes: tuple[RateChange, ...]
    tested: int
    traffic: float
    silence: str = ""
    gaps: tuple[Silence, ...] = ()


def rate_changes(table: CountTable, moment: int) -> Compared:
    """`moment`: in minutes since the epoch. Patterns are compared in groups of the same bin width."""
    import numpy as np

    if not len(table):
        return Compared((), 0, 1.0, "The log holds no record with a time.")
    found: list[RateChange] = []
    tested, traffic, silence = 0, 1.0, ""
    widths = np.maximum(table.step, BIN)
    silences, gaps = silences_of(*table.cells), set[Silence]()
    for width in np.unique(widths):
        side = Sides(table, moment, int(width), silences)
        gaps.update(side.gaps)
        if side.bins_after < FEWEST_BINS or side.bins_before < FEWEST_BINS:
            silence = silence or _too_short(side)
            continue
        rows = np.flatnonzero(widths == width)
        part = compared(table, rows, side)
        found += part.changes
        tested += part.tested
        traffic = part.traffic if width == BIN else traffic
    told = tuple(sorted(gaps, key=lambda gap: gap.begin))
    return Compared(tuple(sorted(found, key=_order)), tested, traffic, "" if tested else silence, told)


def _order(change: RateChange) -> tuple[int, float, int]:
    weight = change.after if change.ratio is None else abs(log(max(change.ratio, 1e-9))) * change.before
    return list(Change).index(change.change), -weight, change.row


def _too_short(side: "Sides") -> str:
    which = "after" if side.bins_after < FEWEST_BINS else "before"
    return f"The log covers less than {FEWEST_BINS * side.width} minutes {which} the moment; nothing can be compared."


def compared(table: CountTable, rows: "Ints", side: Sides) -> Compared:
    """Rows of one bin width, at the moment of `side`."""
    import numpy as np

    before, after = side.sums(table, rows)
    enough = np.maximum(before, after) >= LEAST_RECORDS
    rows, before, after = rows[enough], before[enough], after[enough]
    if not len(rows):
        return Compared((), 0, 1.0)
    bins_before, bins_after = map(calmed, side.counted(table, rows))
    usual = _usual(table, rows, side)
    raw = _log_ratio(bins_after.sum(axis=1), bins_before.sum(axis=1), side)
    solid = (before >= LEAST_RECORDS) & (after >= LEAST_RECORDS)
    common = float(np.median((raw - usual.shift)[solid])) if solid.sum() >= _COMMON_ROWS else 0.0
    explained = usual.shift + common
    if 0 < side.days < ENOUGH_DAYS:
        explained = _nearer(raw, explained, common=float(np.median(raw[solid])) if solid.sum() >= _COMMON_ROWS else 0.0)
    effect = raw - explained
    tests = _Tests(bins_before, bins_after, np.exp(explained), side)
    chosen = (
        (np.abs(effect) >= log(LEAST_RATIO))
        & tests.lasting
        & discoveries(tests.p)
        & (np.abs(effect) > BEYOND_USUAL * usual.widest)
        & usual.speaks(before, after, explained, side)
    )
    for sign in (-1, 1) if side.days < WEEK else ():
        moved = np.flatnonzero(chosen & (np.sign(effect) == sign))
        chosen[moved] = apart_from_crowd(tests.series[moved], side.bins_before, len(rows))
    spread = tests.spread
    before, after = table.sums(side.begin, side.moment, rows), table.sums(side.moment, side.end, rows)
    made = [
        _change(int(rows[at]), (int(before[at]), int(after[at])), (effect[at], spread[at], tests.p[at]), side)
        for at in np.flatnonzero(chosen)
    ]
    return Compared(tuple(made), len(rows), exp(common))


def _nearer(raw: "Floats", explained: "Floats", *, common: float) -> "Floats":
    """A single earlier day may itself have been odd: whichever explains more, that day or none, is believed."""
    import numpy as np

    other = raw - common
    nearer = np.where(np.abs(raw - explained) <= np.abs(other), explained, common)
    agreed: Floats = np.where(np.sign(raw - explained) == np.sign(other), nearer, raw)
    return agreed


def _log_ratio(after: "Floats | Ints", before: "Floats | Ints", side: Sides) -> "Floats":
    import numpy as np

    ratio: Floats = np.log((after + 0.5) / side.bins_after) - np.log((before + 0.5) / side.bins_before)
    return ratio


@dataclass(frozen=True, slots=True)
class _Usual:
    """What the same clock times did on earlier days. `shift`: the usual log ratio; `widest`: the largest distance from
    it on any day; `seen_before`, `silent_after`: whether any day had records before, had none after."""

    shift: "Floats"
    widest: "Floats"
    ever: "Ints"
    silent_after: "Flags"
    busy_after: "Ints"

    def speaks(self, before: "Ints", after: "Ints", explained: "Floats", side: Sides) -> "Flags":
        """Whether the evidence is enough for what is claimed: silence counts only where records were to be expected."""
        import numpy as np

        expected = (before / side.bins_before) * side.bins_after * np.exp(explained)
        falls = after < before / side.bins_before * side.bins_after
        quiet_is_news = (expected >= LEAST_RECORDS) & ~(self.silent_after & (after == 0))
        fresh_is_news = (before > 0) | (self.busy_after < np.maximum(1, after // 4))
        fine: Flags = np.where(falls, quiet_is_news, fresh_is_news)
        return fine


def _usual(table: CountTable, rows: "Ints", side: Sides) -> _Usual:
    import numpy as np

    zero = np.zeros(len(rows))
    ever = table.sums(table.first, side.until, rows)
    if side.days < 1:
        return _Usual(zero, zero, ever, np.zeros(len(rows), bool), np.zeros(len(rows), np.int64))
    ratios, earlier_before, earlier_after = [], [], []
    for day in range(1, side.days + 1):
        before, after = side.sums(table, rows, day)
        ratios.append(_log_ratio(after, before, side))
        earlier_before.append(before)
        earlier_after.append(after)
    each, total_before, total_after = np.array(ratios), np.array(earlier_before), np.array(earlier_after)
    pooled = _log_ratio(np.median(total_after, axis=0), np.median(total_before, axis=0), side)
    known = np.median(total_before, axis=0) + np.median(total_after, axis=0) >= LEAST_RECORDS
    shift = np.where(known, pooled, 0.0)
    rich = (total_before >= LEAST_RECORDS) | (total_after >= LEAST_RECORDS)
    distance = np.where(rich, np.abs(each - shift), 0.0)
    silent = (total_after == 0).any(axis=0)
    return _Usual(shift, distance.max(axis=0), ever, silent, total_after.max(axis=0))


class _Tests:
    """For each row, probability `p` of the difference under no change; `spread`: standard error of the log ratio."""

    def __init__(self, before: "Floats", after: "Floats", explained: "Floats", side: Sides) -> None:
        import numpy as np

        adjusted = after / explained[:, None]
        together = inflation(before, after)
        sum_before, sum_after = before.sum(axis=1), after.sum(axis=1)
        scale = _dispersion(before, after) * together
        self.spread: Floats = np.sqrt((1 / (sum_after + 0.5) + 1 / (sum_before + 0.5)) * scale)
        share = side.bins_after * explained / (side.bins_after * explained + side.bins_before)
        p_poisson = two_sided(np.sqrt(_deviance(sum_after, sum_before, share) / scale))
        if min(side.bins_after, side.bins_before) >= RANK_BINS:
            self.p = np.maximum(p_poisson, rank_test(before, adjusted, together))
        else:
            self.p = p_poisson
        self.series: Floats = np.concatenate([before, adjusted], axis=1)
        self.lasting = steps_at(self.series, side.bins_before)


def _deviance(after: "Floats", before: "Floats", share: "Floats") -> "Floats":
    """Twice the log likelihood by which the observed split of all records beats the expected `share` after."""
    import numpy as np

    total = after + before
    parts = [(after, total * share), (before, total * (1 - share))]
    gained = sum(
        np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-9) / np.maximum(expected, 1e-9)), 0.0)
        for seen, expected in parts
    )
    deviance: Floats = np.maximum(2 * gained, 0.0)
    return deviance


def _dispersion(before: "Floats", after: "Floats") -> "Floats":
    """Variance over mean of the bins, the larger of both sides, not under 1."""
    import numpy as np

    sides = [
        np.where(bins.mean(axis=1) > 0, bins.var(axis=1, ddof=1) / np.maximum(bins.mean(axis=1), 1e-9), 1.0)
        for bins in (before, after)
    ]
    weight = [bins.sum(axis=1) for bins in (before, after)]
    both = (sides[0] * weight[0] + sides[1] * weight[1]) / np.maximum(weight[0] + weight[1], 1)
    fano: Floats = np.maximum(both, 1.0)
    return fano


def _change(row: int, counted: tuple[int, int], told: tuple[float, float, float], side: Sides) -> RateChange:
    (before, after), (effect, spread, p) = counted, map(float, told)
    change = Change.NEW if not before else Change.GONE if not after else Change.MORE if effect > 0 else Change.LESS
    ranked = min(side.bins_after, side.bins_before) >= RANK_BINS
    test = "over-dispersed Poisson" + (" and rank test" if ranked else "") + f" on {side.width}-minute bins"
    return RateChange(
        row=row,
        change=change,
        before=before,
        after=after,
        minutes_before=side.minutes_before,
        minutes_after=side.minutes_after,
        ratio=exp(effect) if before else None,
        interval=(exp(effect - 1.96 * spread), exp(effect + 1.96 * spread)) if before else None,
        n=side.bins_before + side.bins_after,
        p=p,
        test=test,
        days=side.days,
        begin=side.begin,
        end=side.end,
    )
