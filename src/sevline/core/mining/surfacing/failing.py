"""Statements of which another share fails than before: at a moment, or from some minute of the log on.

A difference is believed only if it is large (about twofold, or by twenty points), unlikely (Fisher's exact test on all
records, the same with what the bins differ among themselves taken into account, and a rank test of the shares of the
bins, with the false discovery rate held over all statements that were asked), lasting (a step, no storm of failures),
and clearly larger than what the same clock time did on every earlier day of the log. Traffic that comes and goes
changes no share. See `benchmarks/surfacing.py` for the figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.bintests import (
    LEAST_RECORDS,
    RANK_BINS,
    discoveries,
    inflation,
    rank_test,
    two_sided,
)
from sevline.core.mining.surfacing.counts import CountTable
from sevline.core.mining.surfacing.shapes import steps_at
from sevline.core.mining.surfacing.sides import BEYOND_USUAL, BIN, FEWEST_BINS, LEAST_RATIO, Sides
from sevline.core.mining.surfacing.silences import Silence, silences_of
from sevline.core.mining.surfacing.statements import Statement, statements_of
from sevline.core.mining.surfacing.tails import fisher

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEAST_POINTS = 0.2
"""A share that is large cannot double."""

CHANCE = 0.05
"""What an estimate finds likelier than that is not worth the exact test."""

RANK_CHANCE = 0.005
"""Of the rank test, which a storm of failures does not pass however many there are."""

MOST_STEPS = 300
"""Statements that are looked at for a step of their own, those with the clearest one first."""

_NEAR = 2
"""Bins on either side of a step among whose minutes its own is looked for."""

_AT_ONCE = 4_000_000
"""Cells of a matrix of statements and bins."""


@dataclass(frozen=True, slots=True)
class FailureChange:
    """`before`, `after`: records that failed and all of the statement, in windows on either side of minute `moment`,
    from `begin` to `end`.

    `ratio`: of the shares, None where none failed before; `interval`: its 95 % interval. `n`: bins compared. `p`: the
    largest of the tests' probabilities, times the moments that were asked.
    """

    statement: Statement
    before: tuple[int, int]
    after: tuple[int, int]
    ratio: float | None
    interval: tuple[float, float] | None
    n: int
    p: float
    test: str
    days: int
    begin: int
    moment: int
    end: int
    minutes_before: int
    minutes_after: int

    @property
    def rises(self) -> bool:
        return self.after[0] * self.before[1] > self.before[0] * self.after[1]


@dataclass(frozen=True, slots=True)
class Failing:
    changes: tuple[FailureChange, ...]
    tested: int


def failures_at(table: CountTable, moment: int) -> Failing:
    """Whose share changed at that minute since the epoch, the clearest first."""
    found = statements_of(table.patterns)
    silences = silences_of(*table.cells) if found else ()
    tested: list[FailureChange] = []
    asked = 0
    for width, group in _by_width(table, found).items():
        part = _compared(table, group, Sides(table, moment, width, silences), 1)
        asked += part.tested
        tested += part.changes
    return _held(tested, asked)


def failures_within(table: CountTable, silences: Sequence[Silence] = ()) -> Failing:
    """Whose share changed at some minute of the log and stayed so for a while, told at that minute. `silences`: of the
    whole log."""
    found = statements_of(table.patterns)
    tested: list[FailureChange] = []
    asked = 0
    for width, group in _by_width(table, found).items():
        bins = (table.end - table.first) // width
        if bins < 2 * FEWEST_BINS:
            continue
        moments = bins * width
        steps = _steps(table, group, width, bins)
        asked += len(steps)
        clearest = sorted(steps, key=lambda step: -step[0])[:MOST_STEPS]
        for gain, at, statement in clearest:
            if gain <= _least_gain(moments):
                continue
            moment = _to_the_minute(table, statement, at, width) if width == BIN else at
            side = Sides(table, moment, width, silences)
            tested += _compared(table, [statement], side, moments).changes
    return _held(tested, asked)


def _held(tested: Sequence[FailureChange], asked: int) -> Failing:
    """Those that are discoveries among all that were asked."""
    import numpy as np

    p = np.ones(max(asked, len(tested)))
    p[: len(tested)] = [one.p for one in tested]
    kept = [one for one, good in zip(tested, discoveries(p)[: len(tested)].tolist(), strict=True) if good]
    return Failing(tuple(sorted(kept, key=lambda one: (one.p, one.statement.failed))), asked)


def _by_width(table: CountTable, found: Sequence[Statement]) -> dict[int, list[Statement]]:
    groups: dict[int, list[Statement]] = {}
    for one in found:
        width = max(BIN, *(int(table.step[row]) for row in one.rows))
        groups.setdefault(width, []).append(one)
    return groups


class _Rows:
    """Rows of a table: what `failed` in each of the statements, and of all outcomes, once for statements that share
    them. `wholes`: the number of the whole that each of `every` is a part of; `whole`: that of each statement."""

    def __init__(self, group: Sequence[Statement]) -> None:
        import numpy as np

        numbers: dict[int, int] = {}
        self.failed: Ints = np.array([one.failed for one in group], np.int64)
        self.whole: Ints = np.array([numbers.setdefault(one.rows[0], len(numbers)) for one in group], np.int64)
        rows = {one.rows[0]: one.rows for one in group}
        self.every: Ints = np.array([row for first in numbers for row in rows[first]], np.int64)
        self.wholes: Ints = np.repeat(np.arange(len(numbers)), [len(rows[first]) for first in numbers])

    def summed(self, each: "Ints") -> "Ints":
        """For each statement all outcomes together; `each` has a number for each of `every`."""
        import numpy as np

        total: Ints = np.bincount(self.wholes, each, len(self.whole)).astype(np.int64)[self.whole]
        return total


class _Split:
    """Bins of what failed and of all, before and after; a row for each statement."""

    def __init__(self, table: CountTable, group: Sequence[Statement], side: Sides) -> None:
        rows = _Rows(group)
        self.failed = side.counted(table, rows.failed)
        before, after = side.counted(table, rows.every, rows.wholes)
        self.every = before[rows.whole], after[rows.whole]

    def chosen(self, rows: "Ints") -> None:
        self.failed = self.failed[0][rows], self.failed[1][rows]
        self.every = self.every[0][rows], self.every[1][rows]

    def sums(self) -> "tuple[Floats, Floats, Floats, Floats]":
        """Failed before and after, all before and after."""
        parts = (*self.failed, *self.every)
        one, two, three, four = (part.sum(axis=1).astype(float) for part in parts)
        return one, two, three, four

    def standard(self) -> "tuple[Floats, Floats]":
        """What would have failed in each bin if all bins had as many records; a bin without any shows the mean."""
        import numpy as np

        failed = np.concatenate(self.failed, axis=1).astype(float)
        every = np.concatenate(self.every, axis=1).astype(float)
        usual = every.mean(axis=1, keepdims=True)
        share = failed.sum(axis=1, keepdims=True) / np.maximum(every.sum(axis=1, keepdims=True), 1)
        bins = np.where(every > 0, failed / np.maximum(every, 1), share) * usual
        edge = self.failed[0].shape[1]
        return bins[:, :edge], bins[:, edge:]

    def spread(self) -> "Floats":
        """How much more the bins of one side differ than chance makes them, from 1 up (Pearson's statistic)."""
        import numpy as np

        total, freedom = np.zeros(len(self.failed[0])), np.zeros(len(self.failed[0]))
        for failed, every in zip(self.failed, self.every, strict=True):
            share = (failed.sum(axis=1) + 0.5) / (every.sum(axis=1) + 1)
            expected = every * share[:, None]
            variance = np.maximum(expected * (1 - share[:, None]), 1e-9)
            total += np.where(every > 0, (failed - expected) ** 2 / variance, 0.0).sum(axis=1)
            freedom += np.maximum((every > 0).sum(axis=1) - 1, 0)
        scale: Floats = np.maximum(total / np.maximum(freedom, 1), 1.0)
        return scale


def _compared(table: CountTable, group: Sequence[Statement], side: Sides, moments: int) -> Failing:
    """Changes at the moment of a side that pass all but the discovery rate; `moments`: how many were asked."""
    import numpy as np

    if side.bins_after < FEWEST_BINS or side.bins_before < FEWEST_BINS:
        return Failing((), 0)
    split = _Split(table, group, side)
    failed_before, failed_after, before, after = split.sums()
    enough = np.minimum(before, after) >= LEAST_RECORDS
    enough &= np.maximum(failed_before, failed_after) >= LEAST_RECORDS
    rows = np.flatnonzero(enough)
    if not len(rows):
        return Failing((), 0)
    split.chosen(rows)
    kept = [group[row] for row in rows.tolist()]
    failed_before, failed_after, before, after = split.sums()
    effect = _log_ratio(failed_before, before, failed_after, after)
    usual, widest = _usual(table, kept, side)
    points = np.abs(failed_after / after - failed_before / before)
    large = (np.abs(effect) >= log(LEAST_RATIO)) | (points >= LEAST_POINTS)
    beyond = (np.abs(effect - usual) > BEYOND_USUAL * widest) & (np.sign(effect - usual) == np.sign(effect))
    p, scale, lasting = _estimated(split)
    chosen = np.flatnonzero(large & beyond & lasting & (p * moments < CHANCE))
    spread = np.sqrt(scale * (1 / (failed_before + 0.5) + 1 / (failed_after + 0.5)))
    made = [
        _change(table, kept[at], side, (float(p[at]), float(spread[at]), moments))
        for at in chosen.tolist()
    ]  # fmt: skip
    return Failing(tuple(made), len(rows))


def _log_ratio(failed_before: "Floats", before: "Floats", failed_after: "Floats", after: "Floats") -> "Floats":
    """Of the shares."""
    import numpy as np

    ratio: Floats = np.log((failed_after + 0.5) / (after + 1)) - np.log((failed_before + 0.5) / (before + 1))
    return ratio


def _usual(table: CountTable, group: Sequence[Statement], side: Sides) -> "tuple[Floats, Floats]":
    """What the same clock time does on the middle one of the earlier days, and the largest distance of any from it."""
    import numpy as np

    if side.days < 1:
        return np.zeros(len(group)), np.zeros(len(group))
    rows = _Rows(group)
    each, rich = [], []
    for day in range(1, side.days + 1):
        one, two = (part.astype(float) for part in side.sums(table, rows.failed, day))
        three, four = (rows.summed(part).astype(float) for part in side.sums(table, rows.every, day))
        rich.append((np.maximum(one, two) >= LEAST_RECORDS) & (np.minimum(three, four) >= LEAST_RECORDS))
        each.append(np.where(rich[-1], _log_ratio(one, three, two, four), 0.0))
    ratios = np.array(each)
    usual = np.median(ratios, axis=0)
    widest = np.where(np.array(rich), np.abs(ratios - usual), 0.0).max(axis=0)
    return usual, widest


def _estimated(split: _Split) -> "tuple[Floats, Floats, Flags]":
    """The probability that takes into account how much the bins differ, how much that is, and whether what differs
    lasts."""
    import numpy as np

    failed_before, failed_after, before, after = split.sums()
    share = (failed_before + failed_after) / np.maximum(before + after, 1)
    deviance = 2 * sum(
        _gain(seen, of * part)
        for failed, of in ((failed_before, before), (failed_after, after))
        for seen, part in ((failed, share), (of - failed, 1 - share))
    )
    bins_before, bins_after = split.standard()
    together = inflation(bins_before, bins_after)
    scale = split.spread() * together
    p = two_sided(np.sqrt(np.maximum(deviance, 0.0) / scale))
    lasting = steps_at(np.concatenate([bins_before, bins_after], axis=1), bins_before.shape[1])
    if min(bins_before.shape[1], bins_after.shape[1]) >= RANK_BINS:
        lasting &= rank_test(bins_before, bins_after, together) < RANK_CHANCE
    return p, scale, lasting


def _gain(seen: "Floats", expected: "Floats") -> "Floats":
    import numpy as np

    gain: Floats = np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-9) / np.maximum(expected, 1e-9)), 0.0)
    return gain


def _change(table: CountTable, statement: Statement, side: Sides, told: tuple[float, float, int]) -> FailureChange:
    """With the exact counts of the windows, which hold what stands beside a silence too."""
    p, spread, moments = told
    rows = _Rows([statement])
    windows = ((side.begin, side.moment), (side.moment, side.end))
    before, after = (
        (int(table.sums(*one, rows.failed)[0]), int(table.sums(*one, rows.every).sum())) for one in windows
    )
    exact = fisher((after[0], after[1] - after[0], before[0], before[1] - before[0]))
    ratio = (after[0] / after[1]) / (before[0] / before[1]) if before[0] and after[1] else None
    ranked = min(side.bins_after, side.bins_before) >= RANK_BINS
    test = "Fisher's exact test, over-dispersed binomial" + (" and rank test" if ranked else "")
    return FailureChange(
        statement=statement, before=before, after=after, ratio=ratio,
        interval=(ratio * exp(-1.96 * spread), ratio * exp(1.96 * spread)) if ratio else None,
        n=side.bins_before + side.bins_after, p=min(1.0, max(p, exact) * moments),
        test=f"{test} on {side.width}-minute bins", days=side.days, begin=side.begin, moment=side.moment,
        end=side.end, minutes_before=side.minutes_before, minutes_after=side.minutes_after,
    )  # fmt: skip


def _least_gain(moments: int) -> float:
    """Of the log likelihood, below which a step at the best of so many moments is likelier chance."""
    return max(0.0, log(moments / CHANCE) - 1.0)


def _steps(
    table: CountTable, group: Sequence[Statement], width: int, bins: int
) -> "list[tuple[float, int, Statement]]":  # fmt: skip
    """Of each statement with records enough: how much likelier a step makes its bins, at which minute."""
    import numpy as np

    found: list[tuple[float, int, Statement]] = []
    size = max(1, _AT_ONCE // bins)
    for begin in range(0, len(group), size):
        part = group[begin : begin + size]
        rows = _Rows(part)
        bad = table.binned(rows.failed, table.first, width, bins)
        all_of_them = table.binned(rows.every, table.first, width, bins, rows.wholes)[rows.whole]
        asked = (bad.sum(axis=1) >= LEAST_RECORDS) & (all_of_them.sum(axis=1) >= 2 * LEAST_RECORDS)
        gain = _step_gains(bad, all_of_them)[:, FEWEST_BINS - 1 : bins - FEWEST_BINS]
        best = gain.argmax(axis=1)
        for row in np.flatnonzero(asked).tolist():
            at = table.first + (int(best[row]) + FEWEST_BINS) * width
            found.append((float(gain[row, best[row]]), at, part[row]))
    return found


def _step_gains(failed: "Ints", every: "Ints") -> "Floats":
    """Log likelihood of two shares, changing behind bin 1, 2, …, over one."""
    import numpy as np

    def fitted(bad: "Floats", of: "Floats") -> "Floats":
        return _plogp(bad) + _plogp(of - bad) - _plogp(of)

    bad, of = np.cumsum(failed, axis=1).astype(float), np.cumsum(every, axis=1).astype(float)
    whole = fitted(bad[:, -1:], of[:, -1:])
    gains: Floats = fitted(bad, of) + fitted(bad[:, -1:] - bad, of[:, -1:] - of) - whole
    return gains


def _plogp(count: "Floats") -> "Floats":
    import numpy as np

    value: Floats = np.where(count > 0, count * np.log(np.maximum(count, 1e-9)), 0.0)
    return value


def _to_the_minute(table: CountTable, statement: Statement, at: int, width: int) -> int:
    """The minute near `at` from which the other share is likeliest; of several without a record between, the last."""
    begin, end = max(table.first, at - 12 * width), min(table.end, at + 12 * width)
    rows = _Rows([statement])
    bad = table.binned(rows.failed, begin, 1, end - begin)
    gains = _step_gains(bad, table.binned(rows.every, begin, 1, end - begin, rows.wholes))[0]
    low, high = max(0, at - begin - _NEAR * width), at - begin + _NEAR * width
    near = gains[low:high]
    return begin + low + len(near) - int(near[::-1].argmax())
