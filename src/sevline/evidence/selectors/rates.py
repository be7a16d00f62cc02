"""Levels and rates of patterns, kept beside them so that a page need not add them up."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sevline.evidence.models import Pattern

LOUD = frozenset({"ERROR", "FATAL"})
LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
MOST_CELLS = 20_000


def loudest(levels: Mapping[str, int]) -> str:
    """The loudest level that one record in ten has, or empty."""
    total = sum(levels.values())
    enough = [level for level in LEVELS if levels.get(level, 0) * 10 >= total > 0]
    return enough[-1] if enough else ""


def rate_of(patterns: Iterable[Pattern]) -> list[list[int]]:
    """All records over time as [minute since the epoch, others, errors]; coarser where there are too many minutes."""
    good: Counter[int] = Counter()
    bad: Counter[int] = Counter()
    for pattern in patterns:
        into = bad if (pattern.level or loudest(pattern.levels)) in LOUD else good
        for minute, count in pattern.histogram:
            into[minute] += count
    step = 1
    while len({minute - minute % step for minute in good.keys() | bad.keys()}) > MOST_CELLS:
        step *= 5
    cells: dict[int, list[int]] = {}
    for place, counts in enumerate((good, bad)):
        for minute, count in counts.items():
            cells.setdefault(minute - minute % step, [0, 0])[place] += count
    return [[minute, *pair] for minute, pair in sorted(cells.items())]
