"""What began within a log: patterns that its first part does not hold, although there was traffic that could have.

The test asks how likely a steady pattern would be absent for so long: (1 - s) to the power of n, where s is the share
of the time before its first record, or of what else was logged before it where that is less, so that a gap, a night or
a stray early time is no silence. n is the number of records, lessened where they come in clusters.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from sevline.core.mining.surfacing.counts import PatternCounts

LEAST_RECORDS = 5
LEAST_QUIET, QUIET_PART = 60.0, 0.05
"""A pattern began within a log if it is absent from so many seconds at its start, and from such a part of it."""

CHANCE = 0.05
"""Probability that of one file any pattern that is asked about is taken for one that began and is not."""

LOUD = frozenset({"ERROR", "FATAL"})
QUIET_RECORDS, QUIET_CHANCE, MOST_QUIET = 20, 0.001, 4
"""What begins without a level of WARN or above is often how a program starts: it takes more to be told, and few are."""

TEST = "chance that a steady pattern is absent so long, clusters counted as less"
_SURELY = 3.0
"""Records that a steady pattern would have had in a time in which it has none with a probability of 5 %."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When a pattern stands in a log. `first`, `last`: seconds since the epoch; `cells`: minute at which a cell of
    `step` minutes starts -> records; `sources`: names of the files that hold it, as far as they are known."""

    count: int
    first: float
    last: float
    cells: Mapping[int, int]
    step: int = 1
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Begun:
    """`at`: its first record. What it tells of may have begun since `earliest`, its 95 % interval ends at `at`.

    `quiet`: how long the log was without it; `lasts`: it goes on to the end; `until`: its last record; `end`: that of
    the log. `p`: the probability under no change, for all of its file asked about together; `n`: records, clusters
    counted as less.
    """

    at: datetime
    earliest: datetime
    until: datetime
    end: datetime
    quiet: timedelta
    lasts: bool
    n: float
    p: float


def begun(patterns: Sequence[Seen], asked: Iterable[int]) -> dict[int, Begun]:
    """Of the patterns with the numbers `asked`, those that began within the log; all patterns tell what was logged."""
    return _begun_in(_Traffic(patterns), patterns, asked, CHANCE)


def _begun_in(traffic: "_Traffic", patterns: Sequence[Seen], asked: Iterable[int], chance: float) -> dict[int, Begun]:
    wanted = [number for number in asked if patterns[number].count >= LEAST_RECORDS]
    beside = Counter(patterns[number].sources for number in wanted)
    found = {
        number: _begun(patterns[number], traffic.of(patterns[number]), beside[patterns[number].sources])
        for number in wanted
    }
    return {number: one for number, one in found.items() if one is not None and one.p < chance}


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Patterns that began, each with when; `more`: quiet ones that are not among them."""

    found: tuple[tuple[PatternCounts, Begun], ...]
    more: int = 0


def beginnings(patterns: Sequence[PatternCounts]) -> Beginnings:
    """Errors, warnings and all others each by themselves, so that many of one kind hide none of another."""
    seen = [_seen(pattern) for pattern in patterns]
    timed = [row for row, pattern in enumerate(patterns) if pattern.minutes]
    loud = [row for row in timed if patterns[row].level in LOUD]
    warned = [row for row in timed if patterns[row].level == "WARN"]
    others = [row for row in timed if patterns[row].level not in {*LOUD, "WARN"}]
    traffic = _Traffic(seen)
    told = _begun_in(traffic, seen, loud, CHANCE) | _begun_in(traffic, seen, warned, CHANCE)
    enough = [row for row in others if patterns[row].total >= QUIET_RECORDS]
    quiet = _begun_in(traffic, seen, enough, QUIET_CHANCE)
    shown = sorted(quiet, key=lambda row: (quiet[row].p, -patterns[row].total))[:MOST_QUIET]
    told |= {row: quiet[row] for row in shown}
    return Beginnings(tuple((patterns[row], one) for row, one in told.items()), len(quiet) - len(shown))


def _seen(pattern: PatternCounts) -> Seen:
    cells = pattern.minutes
    first, last = min(cells, default=0) * 60, (max(cells, default=0) + pattern.step) * 60
    return Seen(
        count=pattern.total,
        first=pattern.first.timestamp() if pattern.first else first,
        last=pattern.last.timestamp() if pattern.last else last,
        cells=cells,
        step=pattern.step,
        sources=frozenset(example.source for example in pattern.examples),
    )


class _Logged:
    """What some files hold together: from when to when, and records up to any minute."""

    def __init__(self, first: float, last: float, cells: Counter[int]) -> None:
        self.first, self.last = first, last
        self._minutes = sorted(cells)
        self._sums = [0, *accumulate(cells[minute] for minute in self._minutes)]

    @property
    def total(self) -> int:
        return self._sums[-1]

    def before(self, minute: int) -> int:
        from bisect import bisect_left

        return self._sums[bisect_left(self._minutes, minute)]


class _Traffic:
    """What each file holds. A pattern of several files counts in each of them."""

    def __init__(self, patterns: Sequence[Seen]) -> None:
        self._ends: dict[str, tuple[float, float]] = {}
        self._cells: dict[str, Counter[int]] = {}
        self._known: dict[frozenset[str], _Logged] = {}
        for pattern in patterns:
            for name in pattern.sources or ("",):
                first, last = self._ends.get(name, (pattern.first, pattern.last))
                self._ends[name] = min(first, pattern.first), max(last, pattern.last)
                cells = self._cells.setdefault(name, Counter())
                for minute, count in pattern.cells.items():
                    cells[minute] += count

    def of(self, pattern: Seen) -> _Logged:
        names = pattern.sources or frozenset(("",))
        if names not in self._known:
            ends = [self._ends[name] for name in names]
            cells: Counter[int] = Counter()
            for name in names:
                cells.update(self._cells[name])
            self._known[names] = _Logged(min(first for first, _ in ends), max(last for _, last in ends), cells)
        return self._known[names]


def _begun(pattern: Seen, log: _Logged, tested: int) -> Begun | None:
    whole, quiet = log.last - log.first, pattern.first - log.first
    if quiet < LEAST_QUIET:
        return None
    share = min(quiet / whole, _share_before(pattern, log))
    if share < QUIET_PART:
        return None
    n = pattern.count / _clustering(pattern, log.last)
    room = max(60.0, log.last - pattern.first)
    surely = _SURELY * room / n
    return Begun(
        at=_moment(pattern.first),
        earliest=_moment(max(log.first, pattern.first - surely)),
        until=_moment(pattern.last),
        end=_moment(log.last),
        quiet=timedelta(seconds=quiet),
        lasts=log.last - pattern.last <= max(60.0, surely),
        n=n,
        p=min(1.0, (1 - share) ** n * tested),
    )


def _share_before(pattern: Seen, log: _Logged) -> float:
    """Share of all other records that stand before the first of this pattern; its files count it once each."""
    times = max(1, len(pattern.sources))
    minute = int(pattern.first // 60)
    own = sum(count for at, count in pattern.cells.items() if at < minute)  # a wide cell starts before its first record
    others = log.total - times * sum(pattern.cells.values())
    return max(0.0, min(1.0, (log.before(minute) - times * own) / others)) if others > 0 else 0.0


def _clustering(pattern: Seen, end: float) -> float:
    """Variance over mean of its cells from its first record to the end of the log, from 1 up."""
    cells = max(1, len(pattern.cells), int((end - pattern.first) // (60 * pattern.step)) + 1)
    mean = sum(pattern.cells.values()) / cells
    spread = sum(count * count for count in pattern.cells.values()) / cells - mean * mean
    return max(1.0, spread / mean) if mean else 1.0


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
