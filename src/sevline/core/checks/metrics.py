"""Metrics: rate, errors and duration of each service before and after a moment."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from statistics import fmean, median
from typing import NamedTuple

from sevline.core.finding import Confidence, Finding, Side, check, not_told, noted, passed, warned
from sevline.core.readers.changes_around import ChangeEntry, ChangeList
from sevline.core.readers.metrics import Metrics, Series, Tells
from sevline.core.readers.moments import plain

LEAST_POINTS = 5  # on each side
TIMES_MORE = 1.5
MOST_TOLD = 5
#: A backlog is long from so many on, has grown at so many times what it was, and grows where that share of steps does.
DEEP, MANY_TIMES, RISING = 100, 10, 0.9
#: Seconds of a day, over which requests rise and fall by themselves; the share of a series that is near a moment.
DAY, NEAR = 86_400, 16


@check("OBS09", supports=("regression",), refutes=("regression",))
def before_and_after(metrics: Metrics, changes: ChangeList | None) -> Iterator[Finding]:
    """Rate, errors and duration of each service before and after a change, or after the step in the series itself"""
    split = [(series, told) for series in metrics.series if (told := _split(series, changes)) is not None]
    growing = list(_growing(metrics))
    yield from growing
    waves = [(series, told) for series, told in split if told.is_bit_by_bit and _is_worse(series, *told[1:3])]
    judged = [(series, *told[:4]) for series, told in split if (series, told) not in waves]
    yield from map(_wave_told, waves[:MOST_TOLD])
    if (waves or growing) and not judged:
        return
    if not judged:
        yield from _single(metrics)
        yield not_told(
            "Rate, errors and duration before and after.",
            f"series with {LEAST_POINTS} values on both sides of a moment",
            next_step=Metrics.how,
        )
        return
    yield from _steps_told(metrics, judged, is_calm=not growing)


def _steps_told(
    metrics: Metrics, judged: list[tuple[Series, int, float, float, ChangeEntry | None]], *, is_calm: bool
) -> Iterator[Finding]:
    """Series that became worse at one moment; where none did and nothing else is wrong, that they did not."""
    worse = sorted(
        (one for one in judged if _is_worse(one[0], one[2], one[3])), key=lambda one: -_times(one[2], one[3])
    )
    for series, index, before, after, change in worse[:MOST_TOLD]:
        yield _told(metrics, series, index, before, after, change)
    if not worse and is_calm:
        series, index, before, after, _ = judged[0]
        more = f" and {len(judged) - 1} others" if len(judged) > 1 else ""
        yield passed(
            f"{series.title}{more}: no rise to {TIMES_MORE} times and no loss of requests. "
            f"n = {len(series.at):,} values.",
            metrics.cite(series, index, f"{_amount(before)} before, {_amount(after)} after"),
            sure=Confidence.STRONG,
        )


def worst_step(metrics: Metrics) -> tuple[Series, int] | None:
    """The series that became worse the most at one moment, errors before others, and the place of the first value after
    it; None where none did."""
    found = [(series, told) for series in metrics.series if (told := _split(series, None)) is not None]
    worse = [
        (series, told)
        for series, told in found
        if not told.is_bit_by_bit and _is_worse(series, told.before, told.after)
    ]
    if not worse:
        return None
    rank = max(worse, key=lambda one: (one[0].tells is Tells.ERRORS, _times(one[1].before, one[1].after)))
    return rank[0], rank[1].first


def _single(metrics: Metrics) -> Iterator[Finding]:
    """What can be read of series with one value each, such as one export of a collector."""
    if any(len(series.values) > 1 for series in metrics.series):
        return
    first = metrics.series[0]
    when = plain(datetime.fromtimestamp(first.at[0], UTC))
    last = f"{first.title} is {_amount(first.values[0])}{f' {first.unit}' if first.unit else ''} at {when}"
    many = len(metrics.series) > 1
    what = f"{len(metrics.series):,} series hold one value each, such as: {last}" if many else f"The only value: {last}"
    yield noted(
        f"{what}. One value tells a level, and not whether it rose or fell, nor at which rate.",
        metrics.cite(first, 0, _amount(first.values[0])),
        next_step=Metrics.how,
    )


def _told(
    metrics: Metrics, series: Series, index: int, before: float, after: float, change: ChangeEntry | None
) -> Finding:
    what = "changes" if series.tells is Tells.OTHER else f"{series.tells} {'fall' if after < before else 'rise'}"
    sizes = f"from {_amount(before)} to {_amount(after)} ({_ratio(before, after)})"
    since = plain(datetime.fromtimestamp(series.at[index], UTC))
    by = f" at {change.kind} {change.name}" if change is not None else ""
    n = len(series.values)
    return warned(
        f"{series.title}: {what} {sizes} since {since}{by}; "
        f"n = {index} and {n - index} values. Correlated, not proven.",
        metrics.cite(series, max(index - 1, 0), f"median before: {_amount(before)}"),
        metrics.cite(series, index, f"median after: {_amount(after)}", "as before"),
        side=Side.OUR_APP,
        next_step="Compare with deploys, flags and configuration of that time, and split it by version and instance.",
    )


def _ratio(before: float, after: float) -> str:
    return f"{after / before:.2f}x" if before else "from nought"


def _amount(value: float) -> str:
    return f"{value:.4g}"


def _growing(metrics: Metrics) -> Iterator[Finding]:
    found = [(series, since) for series in metrics.series if (since := _grows_since(series)) is not None]
    yield from (_growing_told(metrics, series, since) for series, since in found[:MOST_TOLD])


def _growing_told(metrics: Metrics, series: Series, since: int) -> Finding:
    began = plain(datetime.fromtimestamp(series.at[since], UTC))
    first, last = f"{series.values[since]:,.0f}", f"{series.values[-1]:,.0f}"
    return warned(
        f"{series.title}: the backlog grows from {first} to {last} since {began} and does not fall until the end; "
        f"n = {len(series.values) - since} of {len(series.values)} values. Less is done than arrives, or nothing is.",
        metrics.cite(series, since, first),
        metrics.cite(series, len(series.values) - 1, last, f"about {first}"),
        side=Side.OUR_APP,
        next_step="Look in the consumer's log at that time: errors, restarts, or work that takes longer than the "
        "broker waits for it. Then compare what arrives with what is done a minute.",
    )


def _grows_since(series: Series) -> int | None:
    """Since which value a backlog grows and does not fall any more, to many times what it was; None for one that is
    worked off, or that was as long at the same hours of the day before."""
    values = series.values
    if series.tells is not Tells.BACKLOG or len(values) < 2 * LEAST_POINTS or values[-1] < DEEP:
        return None
    since = _since(values)
    if since is None or not _only_grows(values[since:]):
        return None
    old = [before for before, _ in _like_hours(series, values, since)] if since else []
    return None if old and 2 * median(old) >= values[-1] else since


def _since(values: tuple[float, ...]) -> int | None:
    """The last value that was usual, of a backlog that is many times as long now; else the first, where it doubled."""
    usual = max(values[: max(LEAST_POINTS, len(values) // 4)])
    if values[-1] >= MANY_TIMES * max(usual, 1.0):
        return max((at for at, value in enumerate(values) if value <= usual), default=0)
    return 0 if values[-1] >= 2 * max(values[0], 1.0) else None


def _only_grows(tail: tuple[float, ...]) -> bool:
    steps = [later >= earlier for earlier, later in pairwise(tail)]
    worked_off = max(peak - value for peak, value in zip(accumulate(tail, max), tail, strict=True))
    return len(tail) > LEAST_POINTS and sum(steps) >= RISING * len(steps) and worked_off <= (1 - RISING) * tail[-1]


class _Split(NamedTuple):
    """`first` is the place of the first value after the moment, which `change` gave; the medians of both sides.

    `is_bit_by_bit` where the values around the moment differ far less than both sides do, and no day before is there.
    """

    first: int
    before: float
    after: float
    change: ChangeEntry | None
    is_bit_by_bit: bool


def _wave_told(wave: tuple[Series, _Split]) -> Finding:
    series, told = wave
    return not_told(
        f"{series.title} goes from {_amount(told.before)} to {_amount(told.after)} bit by bit and not at one moment, "
        "as over the hours of any day: whether that is a fault cannot be told.",
        "metrics of the same hours of the day before",
        next_step=f"{Metrics.how} Take two days or more, so that like hours can be compared.",
    )


def _split(series: Series, changes: ChangeList | None) -> _Split | None:
    if len(series.values) < 2 * LEAST_POINTS:
        return None
    values = _growth(series.values) if series.counter else series.values
    change = _change_within(series, changes)
    if change is None:
        index = _step(values)
    else:
        index = next(at for at, moment in enumerate(series.at) if moment >= change.at.timestamp())
    if min(index, len(values) - index) < LEAST_POINTS:
        return None
    if like := _like_hours(series, values, index):
        return _Split(index, median(old for old, _ in like), median(new for _, new in like), change, False)
    before, after = median(values[:index]), median(values[index:])
    near = max(LEAST_POINTS, len(values) // NEAR)
    sudden = median(values[max(index - near, 0) : index]), median(values[index : index + near])
    return _Split(index, before, after, change, _is_worse(series, before, after) and not _is_worse(series, *sudden))


def _like_hours(series: Series, values: tuple[float, ...], index: int) -> list[tuple[float, float]]:
    """The values a day before the moment or longer with those of the same time of day after it; [] for too few."""
    apart = (series.at[-1] - series.at[0]) / max(len(series.at) - 1, 1)
    found = []
    for at in range(index, len(values)):
        wanted = series.at[at] - DAY
        place = bisect_left(series.at, wanted - apart / 2, 0, index)
        if place < index and abs(series.at[place] - wanted) <= apart:
            found.append((values[place], values[at]))
    return found if len(found) >= LEAST_POINTS else []


def _growth(values: tuple[float, ...]) -> tuple[float, ...]:
    """Of a counter how much it grew from value to value; the first one is that of the second."""
    grown = [later - earlier for earlier, later in pairwise(values)]
    return (grown[0], *grown)


def _change_within(series: Series, changes: ChangeList | None) -> ChangeEntry | None:
    """The last change that leaves enough values on both sides."""
    if changes is None or len(series.at) < 2 * LEAST_POINTS:
        return None
    first, last = series.at[LEAST_POINTS], series.at[-LEAST_POINTS]
    return next((one for one in reversed(changes.entries) if first <= one.at.timestamp() <= last), None)


def _step(values: tuple[float, ...]) -> int:
    """Where the sum of what differs from the mean turns: the likeliest moment of one step."""
    mean = fmean(values)
    sums = list(accumulate(value - mean for value in values))
    inside = range(LEAST_POINTS - 1, len(sums) - LEAST_POINTS)
    return max(inside, key=lambda at: abs(sums[at]), default=0) + 1


def _is_worse(series: Series, before: float, after: float) -> bool:
    if series.tells is Tells.RATE:
        return before > 0 and after * TIMES_MORE <= before
    if series.tells in {Tells.OTHER, Tells.BACKLOG}:
        return False
    return after > 0 and after >= before * TIMES_MORE


def _times(before: float, after: float) -> float:
    low, high = sorted((abs(before), abs(after)))
    return high / low if low else float("inf")
