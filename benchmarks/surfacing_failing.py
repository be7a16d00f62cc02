"""How often a changed share of failures is seen, and how often one is seen where none was: the logs of
`benchmarks.surfacing` with a part of each pattern's records failed.

The traffic of a statement is that of a pattern there, with its seasons, storms and jobs. A share of it fails: none of
a fifth of the statements, of the others 0.05 to 40 %. The share wanders, differs from minute to minute, and storms of
failures lift it 3 to 20 times for 3 to 30 minutes. Some statements fail another share within five minutes of the
deploy: 3 to 10 times as much or as little, where that leaves or takes about one failure a minute. Seeds 301 to 303 and
311 to 313 were looked at while the rules were written.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.surfacing_made import QUIET, Rates, counted, simulate, storms_of, wander
from sevline.core.mining.surfacing.counts import CountTable
from sevline.core.mining.surfacing.failing import Failing, failures_at, failures_within

LEAST_TRAFFIC = 3
"""Records a minute of a statement in the hour after the deploy, from which its share is changed."""


@dataclass(frozen=True, slots=True)
class FailingCase:
    """Of each statement two patterns, what worked and what failed. `onsets`: statement -> minute of its change."""

    table: CountTable
    moment: int
    onsets: dict[int, int]


def with_failures(seed: int, *, hours: float, after: int) -> FailingCase:
    case = simulate(seed, hours=hours, after=after)
    rng = np.random.default_rng(seed + 1_000_000)
    length = int(hours * 60) + after
    minutes = np.arange(case.moment - int(hours * 60), case.moment + after)
    rows = len(case.table)
    storms = storms_of(rng, rows, length)
    counts = case.table.binned(np.arange(rows), int(minutes[0]), 1, length)
    patterns, onsets = [], {}
    for row in range(rows):
        base = 0.0 if rng.random() < 0.2 else float(np.exp(rng.normal(np.log(0.02), 1.3)).clip(0.0005, 0.4))
        shape = rng.uniform(3, 30)
        noise = wander(rng, length) * storms[row] * rng.gamma(shape, 1 / shape, length)
        share = np.full(length, base)
        at = int(hours * 60) + int(rng.integers(0, 6))
        if row % 21 == 5 and row % 25 != 7 and row < QUIET and counts[row][at - 60 : at + 60].mean() >= LEAST_TRAFFIC:
            share = _changed(rng, base, counts[row][at - 60 : at + 60].mean(), np.arange(length) < at)
            onsets[row] = int(minutes[at])
        bad = rng.binomial(counts[row], (share * noise).clip(0, 0.98))
        patterns += [
            replace(counted(row, found, minutes), id=f"{row}-{outcome}", statement=str(row), outcome=outcome)
            for outcome, found in (("", counts[row] - bad), ("5xx", bad))
        ]
    return FailingCase(CountTable(patterns), case.moment, onsets)


def _changed(rng: np.random.Generator, base: float, traffic: float, before: NDArray[np.bool_]) -> Rates:
    up, ratio = rng.random() < 0.7, rng.uniform(3, 10)
    low = min(0.85, max(base, (0.1 if up else 1.2) / traffic))
    other = min(0.9, max(low * ratio, 1.0 / traffic)) if up else low / ratio
    return np.where(before, low, other)


@dataclass(slots=True)
class Score:
    """Statements over all seeds. `errors`: minutes between the change that was told and the true one."""

    changed: int = 0
    found: int = 0
    tested: int = 0
    false: int = 0
    seconds: float = 0.0
    errors: list[int] = field(default_factory=list)

    def add(self, case: FailingCase, told: Failing, seconds: float) -> None:
        said = {int(case.table.patterns[one.statement.failed].statement): one.moment for one in told.changes}
        self.changed += len(case.onsets)
        self.found += len(said.keys() & case.onsets.keys())
        self.false += len(said.keys() - case.onsets.keys())
        self.tested += told.tested
        self.seconds += seconds
        self.errors += [abs(said[row] - case.onsets[row]) for row in said.keys() & case.onsets.keys()]


SETTINGS = ((4, 120), (4, 60), (4, 30), (30, 120))
HEAD = (
    "Log before the deploy", "Log after it", "Asked", "Changed shares found", "Found", "False", "False, of tested",
    "Minute off, median", "CPU time",
)  # fmt: skip


def rows(seeds: range) -> Iterator[tuple[str, ...]]:
    ways: dict[str, Callable[[FailingCase], Failing]] = {
        "at the deploy": lambda case: failures_at(case.table, case.moment),
        "of the log alone": lambda case: failures_within(case.table),
    }
    for hours, after in SETTINGS:
        scores = {way: Score() for way in ways}
        for seed in seeds:
            case = with_failures(seed, hours=hours, after=after)
            for way, ask in ways.items():
                begun = time.process_time()
                told = ask(case)
                scores[way].add(case, told, time.process_time() - begun)
        for way, score in scores.items():
            yield (
                f"{hours} h", f"{after} min", way, f"{score.found / score.changed:.1%}",
                f"{score.found:,} of {score.changed:,}", f"{score.false / score.tested:.2%}",
                f"{score.false:,} of {score.tested:,}", f"{np.median(score.errors):.0f} min",
                f"{score.seconds / len(seeds):.2f} s",
            )  # fmt: skip
