"""Simulated logs of many patterns, with seasons, over-dispersion, retry storms and jobs, some of which a deploy
changes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sevline.core.mining.surfacing.counts import CountTable, PatternCounts

DAY = 1440
START = 29_000_160  # minutes since the epoch, midnight of a Monday
QUIET, CHANGED = 1200, 60
Rates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One simulated log: the patterns, the moment of the deploy, and what was done to which row at which minute."""

    table: CountTable
    moment: int
    injected: dict[int, str]
    onsets: dict[int, int]


def simulate(seed: int, *, hours: float, after: int = 120) -> Case:
    """`hours` of log before the deploy, `after` minutes behind it."""
    rng = np.random.default_rng(seed)
    before = int(hours * 60)
    moment = START + 14 * DAY + int(rng.integers(0, 7 * DAY))
    minutes = np.arange(moment - before, moment + after)
    rows = QUIET + CHANGED
    base = np.exp(rng.normal(np.log(1.5), 1.6, rows)).clip(0.01, 400)
    injected: dict[int, str] = {}
    onsets: dict[int, int] = {}
    season = _seasons(rng, minutes, rows)
    storms = storms_of(rng, rows, len(minutes))
    counts = np.zeros((rows, len(minutes)), np.int64)
    for row in range(rows):
        rate = base[row] * season[row] * wander(rng, len(minutes))
        rate = _cron(rng, rate, minutes, base[row]) if row % 25 == 7 and row < QUIET else rate
        rate = rate * storms[row]
        if row >= QUIET:
            kind = ("new", "more", "less", "gone")[row % 4]
            delay = int(rng.integers(0, 6))
            injected[row], onsets[row] = kind, moment + delay
            rate = _changed(rng, kind, base[row], rate, before + delay, season[row])
        shape = rng.uniform(1.5, 20)
        counts[row] = rng.poisson(rate * rng.gamma(shape, 1 / shape, len(minutes)))
    table = CountTable(counted(row, counts[row], minutes) for row in range(rows))
    return Case(table, moment, injected, onsets)


def counted(row: int, counts: NDArray[np.int64], minutes: NDArray[np.int64]) -> PatternCounts:
    seen = np.flatnonzero(counts)
    cells = dict(zip(minutes[seen].tolist(), counts[seen].tolist(), strict=True))
    return PatternCounts(str(row), f"pattern {row}", int(counts.sum()), cells)


def _seasons(rng: np.random.Generator, minutes: NDArray[np.int64], rows: int) -> Rates:
    """Each pattern follows one of four daily curves, some steep, and a weekly one; weekends are quieter."""
    clock = minutes % DAY
    day = (minutes - START) // DAY % 7
    office = 1 / (1 + np.exp(-(clock - 480) / 12)) * (1 / (1 + np.exp((clock - 1080) / 25)))
    wave = 1 + 0.7 * np.sin(2 * np.pi * (clock - 420) / DAY)
    night = 0.15 + np.exp(-(((clock - 180) / 60) ** 2))
    curves = np.stack([np.ones(len(minutes)), wave, 0.08 + office, night])
    weekend = np.where(day >= 5, rng.uniform(0.3, 1.0, 4)[:, None], 1.0)
    chosen: Rates = (curves * weekend)[rng.choice(4, rows, p=[0.3, 0.4, 0.2, 0.1])]
    return chosen


def wander(rng: np.random.Generator, length: int) -> Rates:
    """Slow correlated noise of the level, about ±25 % over half an hour."""
    steps = rng.normal(0, 0.06, length // 10 + 2)
    level = np.zeros(len(steps))
    for at in range(1, len(steps)):
        level[at] = 0.94 * level[at - 1] + steps[at]
    return np.exp(np.interp(np.arange(length), np.arange(len(steps)) * 10, level))


def storms_of(rng: np.random.Generator, rows: int, length: int) -> Rates:
    """Retry storms: several times a day a group of patterns runs at 3 to 20 times its rate for 3 to 30 minutes."""
    factor = np.ones((rows, length))
    for _ in range(rng.poisson(6 * length / DAY)):
        begin, lasts = int(rng.integers(0, length)), int(rng.integers(3, 31))
        hit = rng.choice(rows, int(rng.integers(5, 60)), replace=False)
        factor[hit, begin : begin + lasts] = rng.uniform(3, 20)
    return factor


def _cron(rng: np.random.Generator, rate: Rates, minutes: NDArray[np.int64], base: float) -> Rates:
    """Jobs: all records in a few minutes of every quarter, full hour, or six hours."""
    period = int(rng.choice([15, 60, 360]))
    on = minutes % period < rng.integers(1, 4)
    return np.where(on, np.minimum(base, 20) * period / 3, rate * 0.01)


def _changed(
    rng: np.random.Generator, kind: str, base: float, rate: Rates, at: int, season: Rates
) -> Rates:  # fmt: skip
    """A change that leaves or takes at least about 20 records an hour, at 2.5 to 10 times."""
    ratio = rng.uniform(2.5, 10)
    now = season[at : at + 60].mean()
    rate = rate.copy()
    if kind == "new":
        rate[:at] = 0
        rate[at:] = max(base, 0.4)
    elif kind == "more":
        rate *= max(1.0, 0.4 / (base * now))
        rate[at:] *= ratio
    else:
        rate *= max(1.0, 1.2 / (base * now))
        rate[at:] = 0 if kind == "gone" else rate[at:] / ratio
    return rate
