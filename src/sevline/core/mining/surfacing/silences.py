"""Stretches in which nothing was recorded at all: collection stopped, a clock was set, a program stood still.

A log that writes at random is empty for g minutes in a row with the probability that one minute is empty to the power
of g. A stretch is told if that is next to impossible and no other one comes near its length, so that the pauses of a
log that is written in batches are none. What resumes behind it is no burst: its minutes are left out of what is usual.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import log
from typing import TYPE_CHECKING

from sevline.core.amount import amount
from sevline.core.lasting import about
from sevline.core.mining.cells import columns_of
from sevline.core.mining.surfacing.counts import PatternCounts, moment_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_AS_MINUTES = 120
"""Minutes up to which nobody needs hours."""

LEAST_MINUTES = 10
LEAST_KNOWN = 30
"""Minutes with records beside it, from which the usual is known."""

LONGER = 3
"""So many times the length of the longest other pause."""

CHANCE = 1e-6
MOST = 8
"""Stretches of one log; where there are more, its pauses are usual."""

AROUND = 60
"""Minutes before and after a stretch from which the usual number of records is told."""

TEST = "chance that a log which writes as at other times is empty so long; at least three times any other pause"


@dataclass(frozen=True, slots=True)
class Silence:
    """No record in the minutes [begin, end) since the epoch of the files in `sources`, of all where it is empty.

    `usual`: records a minute in the hour before and after it. `p`: its probability, all pauses of the log together;
    `n`: minutes with records that the usual was told from.
    """

    begin: int
    end: int
    usual: float
    p: float
    n: int
    sources: tuple[str, ...] = ()

    @property
    def stretch(self) -> str:
        """What is silent, and from when to when."""
        where = f"{', '.join(self.sources)}: nothing" if self.sources else "Nothing"
        minutes = self.end - self.begin
        lasted = f"{minutes:,} min" if minutes <= _AS_MINUTES else about(60 * minutes)
        return f"{where} was recorded from {_short(self.begin)} to {_short(self.end)} ({lasted})"

    @property
    def sentence(self) -> str:
        usual = f"about {amount(round(self.usual), 'record')}" if self.usual >= 1 else "less than one record"
        return f"{self.stretch}; {usual} a minute {'are' if round(self.usual) > 1 else 'is'} usual around it."

    @property
    def around(self) -> tuple[datetime, datetime]:
        """The stretch with the hour before and after it, in UTC."""
        return moment_of(self.begin - AROUND), moment_of(self.end + AROUND)

    @property
    def query(self) -> str:
        """The stretch as the explorer is asked for it."""
        return f"from={moment_of(self.begin):%Y-%m-%dT%H:%M:%S} to={moment_of(self.end):%Y-%m-%dT%H:%M:%S}"

    @property
    def test(self) -> str:
        return TEST

    @property
    def note(self) -> str:
        return (
            "Collection may have stopped, a clock may have been set, or the program stood still: the log does not say "
            "which. What goes on behind it is not told as a burst."
        )


class Silences:
    """Of all files together, and of each. `told`: those to be shown, a stretch of all files once.

    `of_one_file`: whether each pattern is that of one file. Where a pattern may be of several, its few examples do not
    tell which of them has its records when, so nothing is told of a file by itself.
    """

    def __init__(self, patterns: Sequence[PatternCounts], *, of_one_file: bool) -> None:
        self._patterns = patterns
        self._rows: dict[str, list[int]] = {}
        for row, pattern in enumerate(patterns):
            for name in _sources(pattern):
                self._rows.setdefault(name, []).append(row)
        self._known: dict[frozenset[str], tuple[Silence, ...]] = {}
        self._begins: dict[frozenset[str], int] = {}
        self.whole = _silences(patterns)
        names = sorted(self._rows) if of_one_file and len(self._rows) > 1 else []
        alone = [self._of_file(name) for name in names]
        self.told = (*self.whole, *(each for found in alone for each in found if not self._is_of_all(each)))

    def of(self, pattern: PatternCounts) -> tuple[Silence, ...]:
        """Those of its files together."""
        names = _sources(pattern)
        if len(names) == len(self._rows):
            return self.whole
        if names not in self._known:
            self._known[names] = _silences(self._beside(names))
        return self._known[names]

    def begin_of(self, pattern: PatternCounts) -> int:
        """The first minute with a record in its files: of what was before, they know nothing."""
        names = _sources(pattern)
        if names not in self._begins:
            self._begins[names] = min(min(one.minutes) for one in self._beside(names) if one.minutes)
        return self._begins[names]

    def _beside(self, names: frozenset[str]) -> list[PatternCounts]:
        if not names:
            return list(self._patterns)
        return [self._patterns[row] for row in sorted({row for name in names for row in self._rows[name]})]

    def _of_file(self, name: str) -> tuple[Silence, ...]:
        found = _silences([self._patterns[row] for row in self._rows[name]])
        return tuple(replace(each, sources=(name,)) for each in found)

    def _is_of_all(self, silence: Silence) -> bool:
        """Whether most of it is a stretch of all files."""
        shared = sum(max(0, min(silence.end, each.end) - max(silence.begin, each.begin)) for each in self.whole)
        return 2 * shared >= silence.end - silence.begin


def _sources(pattern: PatternCounts) -> frozenset[str]:
    return frozenset(example.source for example in pattern.examples)


def _silences(patterns: Sequence[PatternCounts]) -> tuple[Silence, ...]:
    return silences_of(*_cells(patterns))


def silences_of(begin: "Ints", count: "Ints", step: "Ints") -> tuple[Silence, ...]:
    """In the order of time. Cells of whatever patterns: their first minutes, records, and widths in minutes."""
    import numpy as np

    if not len(begin):
        return ()
    order = np.argsort(begin, kind="stable")
    begin, count, step = begin[order], count[order], step[order]
    until = np.maximum.accumulate(begin + step)
    breaks = np.flatnonzero(begin[1:] > until[:-1])
    lengths = begin[breaks + 1] - until[breaks]
    told = breaks[_chosen(lengths, int(until[-1] - begin[0]))]
    sums = np.concatenate(([0], np.cumsum(count)))
    busy = int(until[-1] - begin[0] - lengths.sum())
    chances = _chances(lengths, int(until[-1] - begin[0]))
    found = []
    for at in told.tolist():
        first, last = int(until[at]), int(begin[at + 1])
        near = np.searchsorted(begin, [first - AROUND, last + AROUND])
        minutes = min(AROUND, first - int(begin[0])) + min(AROUND, int(until[-1]) - last)
        usual = float(sums[near[1]] - sums[near[0]]) / max(1, minutes)
        p = float(chances[np.flatnonzero(breaks == at)[0]])
        found.append(Silence(first, last, usual, p, busy))
    return tuple(found)


def _cells(patterns: Sequence[PatternCounts]) -> "tuple[Ints, Ints, Ints]":
    import numpy as np

    sizes = [len(pattern.minutes) for pattern in patterns]
    found = [columns_of(pattern.minutes) for pattern in patterns]
    begin, count = (np.concatenate([np.empty(0, np.int64), *(one[part] for one in found)]) for part in (0, 1))
    step = np.repeat(np.array([pattern.step for pattern in patterns], np.int64), sizes)
    return begin, count, step


def _chosen(lengths: "Ints", span: int) -> "Ints":
    """Places of the pauses that stand out, in the order of time."""
    import numpy as np

    none: Ints = np.zeros(0, np.int64)
    order = np.argsort(-lengths, kind="stable")
    ranked = lengths[order]
    best = 0
    for size in range(1, min(MOST, len(ranked)) + 1):
        rest = int(ranked[size]) if size < len(ranked) else 0
        busy = span - int(lengths.sum())
        if ranked[size - 1] < LEAST_MINUTES or busy < LEAST_KNOWN:
            break
        if ranked[size - 1] >= LONGER * (rest + 1):
            best = size
    kept = order[:best]
    if not best:
        return none
    chosen: Ints = np.sort(kept[_chances(lengths, span)[kept] < CHANCE])
    return chosen


def _chances(lengths: "Ints", span: int) -> "NDArray[np.float64]":
    """Probability that any pause of the log is so long, if the minutes beside it were empty at random."""
    import numpy as np

    busy = span - int(lengths.sum())
    empty = span - lengths - busy  # minutes without records beside each of them
    share = empty / np.maximum(span - lengths, 1)
    pauses = np.maximum(len(lengths), 1)
    exponent = lengths * np.log(np.maximum(share, np.exp(log(0.5 / max(busy, 1)))))
    chances: NDArray[np.float64] = np.minimum(1.0, pauses * np.exp(np.maximum(exponent, -700.0)))
    return chances


def stretches(silences: Iterable[Silence], begin: int, end: int) -> list[tuple[int, int]]:
    """What of [begin, end) is left without them, in parts that follow one another; a pause that spans an edge goes."""
    parts, at = [], begin
    for silence in sorted(silences, key=lambda each: each.begin):
        if silence.begin > at:
            parts.append((at, min(silence.begin, end)))
        at = max(at, silence.end)
    return [(first, last) for first, last in [*parts, (at, end)] if first < last]


def _short(minute: int) -> str:
    return f"{moment_of(minute):%Y-%m-%d %H:%M} UTC"
