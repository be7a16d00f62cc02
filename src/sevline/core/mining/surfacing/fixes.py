"""Whether a fix or a workaround holds: a check written down beforehand, then before and after compared."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

from sevline.core.amount import amount
from sevline.core.mining.surfacing.counts import minute_of
from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.core.readers.logs.events import LogEvent


class Verdict(StrEnum):
    """PENDING until the whole window has been observed, however good it looks."""

    PENDING = "pending"
    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class FixCheck:
    """The share of bad records among all must stay below `below` (0 to 1) for `window` from the fix on."""

    metric: str
    below: float
    window: timedelta

    @property
    def sentence(self) -> str:
        return f"{self.metric} below {_percent(self.below)} for {self.window / timedelta(minutes=1):.0f} min"


@dataclass(frozen=True, slots=True)
class FixResult:
    """Records and bad ones before and after the fix, in windows of the same length; `observed`: time seen after it.

    `interval`: 95 % interval of the share after (Wilson).
    """

    verdict: Verdict
    check: FixCheck
    before: tuple[int, int]
    after: tuple[int, int]
    observed: timedelta
    interval: tuple[float, float]
    reason: str


@dataclass(slots=True)
class Minutes:
    """Minute since the epoch -> records, all of them and the bad ones. `last`: the latest time of any record.

    `untimed`: records without a time, which count nowhere.
    """

    everything: Counter[int] = field(default_factory=Counter)
    bad: Counter[int] = field(default_factory=Counter)
    last: datetime | None = None
    untimed: int = 0


def minutes_of(events: Iterable[LogEvent], bad: ImpactQuery) -> Minutes:
    """One pass over the records of all logs; `bad` selects those that the fix is to stop."""
    counted = Minutes()
    for event in events:
        if event.at is None:
            counted.untimed += 1
            continue
        minute = minute_of(event.at)
        counted.everything[minute] += 1
        counted.bad[minute] += bad.selects(event)
        counted.last = event.at if counted.last is None or event.at > counted.last else counted.last
    return counted


def evaluate(
    check: FixCheck, fixed_at: datetime, seen_until: datetime, everything: Mapping[int, int], bad: Mapping[int, int]
) -> FixResult:
    """`everything` and `bad`: minute since the epoch -> records, `bad` a part of `everything`.

    A share above the bound over the whole window, or so many bad records that the window cannot get below it any more
    at the rate seen, is a failure. Too few records to tell leave it pending.
    """
    start = minute_of(fixed_at)
    length = int(check.window / timedelta(minutes=1))
    observed = max(timedelta(0), min(seen_until - fixed_at, check.window))
    before = _counted(everything, bad, start - length, start)
    after = _counted(everything, bad, start, start + length)
    interval = _wilson(after[1], after[0])
    verdict, reason = _verdict(check, after, observed, interval)
    return FixResult(verdict, check, before, after, observed, interval, reason)


def _verdict(
    check: FixCheck, after: tuple[int, int], observed: timedelta, interval: tuple[float, float]
) -> tuple[Verdict, str]:
    total, wrong = after
    share = wrong / total if total else 0.0
    minutes, wanted = observed / timedelta(minutes=1), check.window / timedelta(minutes=1)
    seen = f"{wrong:,} of {amount(total, 'record')} ({_percent(share)}) in {minutes:.0f} of {wanted:.0f} min"
    if observed < check.window:
        return Verdict.PENDING, f"{seen}; the check asks for {wanted:.0f} min."
    if not total:
        return Verdict.PENDING, "No record was seen after the fix, so nothing shows that it holds."
    if share >= check.below:
        return Verdict.FAIL, f"{seen}; the check asks for less than {_percent(check.below)}."
    if interval[1] >= check.below and total < 1 / max(check.below, 1e-9):
        return Verdict.PENDING, f"{seen}; too few records to tell {_percent(check.below)} from none."
    return Verdict.PASS, f"{seen}; less than {_percent(check.below)}, as asked."


def _counted(everything: Mapping[int, int], bad: Mapping[int, int], begin: int, end: int) -> tuple[int, int]:
    return tuple(sum(count for at, count in part.items() if begin <= at < end) for part in (everything, bad))  # type: ignore[return-value]  # two parts, two sums


def _wilson(wrong: int, total: int) -> tuple[float, float]:
    if not total:
        return 0.0, 1.0
    z, share = 1.96, wrong / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def _percent(share: float) -> str:
    return f"{share * 100:.2g} %" if share < 0.1 else f"{share * 100:.0f} %"
