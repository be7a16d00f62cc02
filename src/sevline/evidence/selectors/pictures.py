"""Patterns as a page draws them: a sparkline each, and all records over time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.safestring import SafeString

from sevline.core.amount import amount
from sevline.evidence.models import Pattern
from sevline.evidence.selectors.rates import LOUD, loudest, rate_of
from sevline.ui.charts import Marker, RateBar, event_rate, sparkline

STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10_080, 43_200, 525_600)  # minutes
MOST_BARS = 180
SPARKS = 36


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A pattern with its picture. `level` is the loudest that one record in ten has, or empty."""

    pattern: Pattern
    rank: int
    level: str
    tone: str
    spark: SafeString


def pattern_rows(patterns: Sequence[Pattern]) -> list[PatternRow]:
    """The rows, all sparklines on one time axis."""
    minutes = [minute for pattern in patterns for minute, _ in pattern.histogram]
    first, last = min(minutes, default=0), max(minutes, default=0)
    return [_row(pattern, rank, first, last) for rank, pattern in enumerate(patterns, start=1)]


def _row(pattern: Pattern, rank: int, first: int, last: int) -> PatternRow:
    level = level_of(pattern)
    tone = "bad" if level in LOUD else "warn" if level == "WARN" else "base"
    cells = [0] * SPARKS
    for minute, count in pattern.histogram:
        cells[min(SPARKS - 1, (minute - first) * SPARKS // (last - first + 1))] += count
    label = f"Pattern {rank}: {amount(pattern.count, 'record')} over the time of the file"
    spark = sparkline(cells, label=label, tone=tone) if pattern.histogram else SafeString("")
    return PatternRow(pattern, rank, level, tone, spark)


def level_of(pattern: Pattern) -> str:
    return pattern.level or loudest(pattern.levels)


def rate_picture(patterns: Iterable[Pattern]) -> SafeString:
    """Records over time, those of error patterns apart; empty when no record has a time."""
    return picture_of(rate_of(patterns))


def picture_of(
    rate: Sequence[Sequence[int]],
    *,
    window: tuple[int, int] | None = None,
    markers: Sequence[Marker] = (),
    brush: str = "",
) -> SafeString:
    """The same from figures kept as [minute since the epoch, others, errors]; `window`: minutes [from, to) to show."""
    shown = [cell for cell in rate if window is None or window[0] <= cell[0] < window[1]]
    if not shown:
        return SafeString("")
    good = Counter({minute: others for minute, others, _ in shown})
    bad = Counter({minute: errors for minute, _, errors in shown})
    first, last = min(good), max(good)
    if window is not None:
        first, last = max(window[0], rate[0][0]), min(window[1] - 1, max(rate[-1][0], first))
    step = next((step for step in STEPS if (last - first) // step < MOST_BARS), STEPS[-1])
    bars = _bars(good, bad, first - first % step, last, step)
    return event_rate(
        bars,
        id="records",
        title=f"Records {_per(step)}",
        interval=timedelta(minutes=step),
        good="other patterns",
        bad="error patterns",
        markers=markers,
        brush=brush,
    )


def _bars(good: Counter[int], bad: Counter[int], first: int, last: int, step: int) -> list[RateBar]:
    sums: dict[int, list[int]] = {start: [0, 0] for start in range(first, last + 1, step)}
    for place, counts in enumerate((good, bad)):
        for minute, count in counts.items():
            sums[minute - (minute - first) % step][place] += count
    return [RateBar(datetime.fromtimestamp(start * 60, UTC), *pair) for start, pair in sums.items()]


def _per(step: int) -> str:
    if step % 1440 == 0:
        return "per day" if step == 1440 else f"per {step // 1440} days"
    if step % 60 == 0:
        return "per hour" if step == 60 else f"per {step // 60} hours"
    return "per minute" if step == 1 else f"per {step} minutes"
