"""Patterns: the shapes of one statement, summed, ranked so that what a support engineer looks for stands first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from sevline.core.mining.evidence import METHOD, group
from sevline.core.mining.shape import ShapeStat
from sevline.core.readers.logs.levels import LEVELS

_LOUD = {"ERROR": 2, "FATAL": 2, "WARN": 1}


@dataclass(frozen=True, slots=True)
class LogPattern:
    """`id` is the same wherever the template is the same. `first` and `last` are in UTC.

    `histogram`: minute since the epoch at which a cell of `histogram_step` minutes starts -> records.
    `examples`: (number of the line where it stands first, text); `sources` names their files in the same order.
    """

    id: str
    template: str
    count: int
    share: float
    first: datetime | None
    last: datetime | None
    levels: dict[str, int]
    services: dict[str, int]
    histogram: dict[int, int]
    histogram_step: int
    examples: tuple[tuple[int, str], ...]
    sources: tuple[str, ...]
    shapes: int

    @property
    def level(self) -> str | None:
        """The loudest level that at least one record in ten has; None where no record has one."""
        enough = [level for level in LEVELS if self.levels.get(level, 0) * 10 >= sum(self.levels.values()) > 0]
        return enough[-1] if enough else None


def patterns_of(shapes: Mapping[bytes, ShapeStat]) -> tuple[LogPattern, ...]:
    """Loud levels first, then the frequent ones."""
    grouping = group(shapes)
    sums: dict[str, tuple[ShapeStat, list[bytes]]] = {}
    for shape in sorted(shapes):
        template = grouping.templates[grouping.group_of[shape]]
        stat, members = sums.setdefault(template, (ShapeStat(), []))
        stat.merge(shapes[shape])
        members.append(shape)
    total = sum(stat.count for stat in shapes.values())
    patterns = [_pattern(template, stat, len(members), total) for template, (stat, members) in sums.items()]
    return tuple(sorted(patterns, key=_rank))


def pattern_ids(shapes: Iterable[bytes]) -> dict[bytes, str]:
    """Shape -> id of its pattern."""
    grouping = group(shapes)
    return {shape: pattern_id(grouping.templates[number]) for shape, number in grouping.group_of.items()}


def pattern_id(template: str) -> str:
    return blake2b(f"{METHOD}\n{template}".encode("utf-8", "replace"), digest_size=6).hexdigest()


def _rank(pattern: LogPattern) -> tuple[int, int, str]:
    return -_LOUD.get(pattern.level or "", 0), -pattern.count, pattern.template


def _pattern(template: str, stat: ShapeStat, shapes: int, total: int) -> LogPattern:
    examples = sorted(stat.examples.values(), key=lambda example: (example.source, example.line_no, example.text))
    return LogPattern(
        id=pattern_id(template),
        template=template,
        count=stat.count,
        share=stat.count / total,
        first=_moment(stat.first),
        last=_moment(stat.last),
        levels={level: stat.levels[level] for level in LEVELS if level in stat.levels},
        services=dict(sorted(stat.services.items(), key=lambda item: (-item[1], item[0]))),
        histogram=dict(sorted(stat.histogram.items())),
        histogram_step=stat.step,
        examples=tuple((example.line_no, example.text.decode("utf-8", "replace")) for example in examples),
        sources=tuple(example.source for example in examples),
        shapes=shapes,
    )


def _moment(at: float | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)
