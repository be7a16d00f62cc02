"""What is new or has changed since a moment. Figures only: a coincidence is shown, a cause is never claimed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sevline.core.mining.patterns import LogPattern

LEAST_RECORDS = 10
"""Evidence wanted before a pattern is called new, gone or changed."""

LEAST_RATIO = 2.0
"""A rate is called changed when it is at least so many times, or at most one such part of, what it was."""


class Change(StrEnum):
    NEW = "new"
    MORE = "more"
    LESS = "less"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PatternChange:
    """`ratio`: records a minute after over records a minute before; None where there were none before.

    `before` and `after`: records; `minutes_before` and `minutes_after`: the observed time they are counted in.
    """

    pattern: LogPattern
    change: Change
    before: int
    after: int
    minutes_before: float
    minutes_after: float
    ratio: float | None

    @property
    def sentence(self) -> str:
        then = (
            f"{self.before} in {self.minutes_before:.0f} min before, {self.after} in {self.minutes_after:.0f} min after"
        )
        if self.change is Change.NEW:
            return f"Not seen before the moment; {then}."
        if self.change is Change.GONE:
            return f"Not seen after the moment; {then}."
        times = (
            f"{self.ratio:.1f} times"
            if self.ratio and self.ratio >= 1
            else f"down to {100 * (self.ratio or 0):.0f} % of"
        )
        return f"{times} the rate of before; {then}."


def first_seen_after(patterns: Iterable[LogPattern], moment: datetime) -> tuple[LogPattern, ...]:
    """Patterns with no record before the moment; those without any time are left out."""
    return tuple(pattern for pattern in patterns if pattern.first is not None and pattern.first >= moment)


def changes_since(patterns: Iterable[LogPattern], moment: datetime) -> tuple[PatternChange, ...]:
    """What changed at least twofold on enough records, new ones first.

    Rates are compared over the time the log covers on either side of the moment; where it covers less than a minute on
    one side nothing is said. A histogram cell that holds the moment counts as before, unless the pattern is newer.
    """
    timed = [pattern for pattern in patterns if pattern.first is not None and pattern.last is not None]
    if not timed:
        return ()
    begin = min(pattern.first for pattern in timed if pattern.first is not None)
    end = max(pattern.last for pattern in timed if pattern.last is not None)
    minutes_before = (moment - begin).total_seconds() / 60
    minutes_after = (end - moment).total_seconds() / 60
    if minutes_before < 1 or minutes_after < 1:
        return ()
    found = (_change(pattern, moment, minutes_before, minutes_after) for pattern in timed)
    order = list(Change)
    return tuple(
        sorted(
            (change for change in found if change is not None),
            key=lambda each: (order.index(each.change), -max(each.before, each.after), each.pattern.template),
        )
    )


def _change(pattern: LogPattern, moment: datetime, minutes_before: float, minutes_after: float) -> PatternChange | None:
    before, after = _split(pattern, moment)
    if max(before, after) < LEAST_RECORDS:
        return None
    ratio = (after / minutes_after) / (before / minutes_before) if before else None
    if ratio is None:
        change = Change.NEW
    elif after == 0:
        change = Change.GONE
    elif ratio >= LEAST_RATIO:
        change = Change.MORE
    elif ratio <= 1 / LEAST_RATIO:
        change = Change.LESS
    else:
        return None
    expected = before / minutes_before * minutes_after
    if change in {Change.GONE, Change.LESS} and expected < LEAST_RECORDS:
        return None
    return PatternChange(pattern, change, before, after, minutes_before, minutes_after, ratio)


def _split(pattern: LogPattern, moment: datetime) -> tuple[int, int]:
    at = moment.timestamp() / 60
    timed = sum(pattern.histogram.values())
    if pattern.first is not None and pattern.first >= moment:
        return 0, timed
    if pattern.last is not None and pattern.last < moment:
        return timed, 0
    before = sum(count for minute, count in pattern.histogram.items() if minute < at)
    return before, timed - before
