"""Whom a pattern touches more than others: its share by tenant, region or version against that of all records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

from sevline.core.mining.surfacing.counts import PatternCounts
from sevline.core.mining.surfacing.tails import fisher

LEAST_RECORDS = 10
LEAST_RATIO = 2.0
CHANCE = 1e-4
TEST = "Fisher's exact test, corrected for the number of values compared"


@dataclass(frozen=True, slots=True)
class Skew:
    """`inside`: records of the pattern with that value, of `pattern` in all; `others`: those of the others, of `rest`.

    `apart`: patterns that are none of the others, for they lean more.
    `ratio`: odds of the value within the pattern over those outside, with its 95 % interval.
    """

    row: int
    dimension: str
    value: str
    inside: int
    pattern: int
    others: int
    rest: int
    ratio: float
    interval: tuple[float, float]
    p: float
    apart: int = 0

    @property
    def n(self) -> int:
        return self.pattern + self.rest


def skews(patterns: Sequence[PatternCounts]) -> tuple[Skew, ...]:
    """The strongest first. Only records that name the dimension count; a value that all records share says nothing.

    A pattern that leans to one value makes all others lean to the rest. So each is held against the others without
    those that lean more. A pattern that is most of the log is what others are held against: it leans to a value only
    where most of its own records name it.
    """
    totals = _totals(patterns)
    compared = max(1, sum(len(shares) for pattern in patterns for shares in pattern.shares.values()))
    found = [
        (row, dimension, skew)
        for row, pattern in enumerate(patterns)
        for dimension, shares in pattern.shares.items()
        if len(totals[dimension]) > 1
        for skew in _of(row, dimension, shares, totals[dimension], compared)
    ]
    return tuple(sorted(_without_leaning(patterns, sorted(found, key=_of_found), totals, compared), key=_order))


def _of_found(one: tuple[int, str, Skew]) -> tuple[float, float, int, str]:
    return _order(one[2])


def _without_leaning(
    patterns: Sequence[PatternCounts], found: Sequence[tuple[int, str, Skew]], totals: dict[str, dict[str, int]],
    compared: int,
) -> list[Skew]:  # fmt: skip
    """Those that still lean when the patterns before them, which lean more, are none of the others."""
    kept: dict[tuple[int, str], list[Skew]] = {}
    apart: Counter[str] = Counter()
    for row, dimension, skew in found:
        if (row, dimension) in kept:
            kept[row, dimension].append(skew)
            continue
        shares = patterns[row].shares[dimension]
        again = [one for one in _of(row, dimension, shares, totals[dimension], compared) if one.value == skew.value]
        if again:
            kept[row, dimension] = [replace(again[0], apart=apart[dimension])]
            _add(totals[dimension], shares, -1)
            apart[dimension] += 1
    return [skew for skews in kept.values() for skew in skews]


def _totals(patterns: Sequence[PatternCounts]) -> dict[str, dict[str, int]]:
    """Dimension -> value -> records of all patterns."""
    totals: dict[str, dict[str, int]] = {}
    for pattern in patterns:
        for dimension, shares in pattern.shares.items():
            _add(totals.setdefault(dimension, {}), shares, 1)
    return totals


def _order(skew: Skew) -> tuple[float, float, int, str]:
    return skew.p, -skew.ratio, skew.row, skew.value


def _add(totals: dict[str, int], shares: Mapping[str, int], sign: int) -> None:
    for value, count in shares.items():
        totals[value] = totals.get(value, 0) + sign * count


def _of(row: int, dimension: str, shares: Mapping[str, int], totals: Mapping[str, int], compared: int) -> list[Skew]:
    pattern, everything = sum(shares.values()), sum(totals.values())
    found = []
    for value, inside in shares.items():
        others, rest = totals[value] - inside, everything - pattern
        if inside < LEAST_RECORDS or rest < LEAST_RECORDS or (pattern > rest and 2 * inside <= pattern):
            continue
        cells = (inside, pattern - inside, others, rest - others)
        ratio, interval = _odds(cells)
        if ratio < LEAST_RATIO:
            continue
        p = min(1.0, fisher(cells, greater=True) * compared)
        if p < CHANCE:
            found.append(Skew(row, dimension, value, inside, pattern, others, rest, ratio, interval, p))
    return found


def _odds(cells: tuple[int, int, int, int]) -> tuple[float, tuple[float, float]]:
    a, b, c, d = (cell + 0.5 for cell in cells)
    middle, spread = log(a * d / (b * c)), sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return exp(middle), (exp(middle - 1.96 * spread), exp(middle + 1.96 * spread))
