"""The patterns of a log as evidence: what each looks like, how often it stands there, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sevline.core.finding import Evidence, Given

LOUD = frozenset({"error", "fatal", "critical", "alert", "emergency", "emerg", "panic"})
#: An error has begun within a log if it is frequent, and absent from its first part, in seconds and as a share.
LEAST_TIMES, LEAST_QUIET, QUIET_PART = 5, 60.0, 0.05


class Mined(Protocol):
    """A pattern as the log engine gives it."""

    @property
    def text(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def first(self) -> datetime | None: ...
    @property
    def last(self) -> datetime | None: ...
    @property
    def levels(self) -> Mapping[str, int]: ...
    @property
    def examples(self) -> Sequence[tuple[int, str]]: ...


@dataclass(frozen=True, slots=True)
class Template:
    """`line` is that of its first example; `loud`: most of its records are errors."""

    text: str
    count: int
    first: datetime
    line: int
    loud: bool


@dataclass(frozen=True, slots=True)
class LogTemplates(Given):
    """The patterns with times of one log, and when the log begins."""

    what = "a log with times"
    how = "Attach the log from ten minutes before to ten minutes after the fault, as it was written."

    artifact: str
    templates: tuple[Template, ...]
    first: datetime
    last: datetime

    @property
    def began(self) -> Template | None:
        """The most frequent error that the log holds from some moment on, and not before."""
        whole = (self.last - self.first).total_seconds()
        late = [
            one
            for one in self.templates
            if one.loud
            and one.count >= LEAST_TIMES
            and (one.first - self.first).total_seconds() >= max(LEAST_QUIET, QUIET_PART * whole)
        ]
        return max(late, key=lambda one: one.count, default=None)

    def cite(self, one: Template, expected: str = "") -> Evidence:
        return Evidence(self.artifact, f"{one.line}:1", one.text[:200], expected)


def templates_of(patterns: Sequence[Mined], artifact: str) -> Iterator[LogTemplates]:
    """Nothing where no pattern has a time."""
    kept = [
        Template(one.text, one.count, one.first, one.examples[0][0], _is_loud(one.levels))
        for one in patterns
        if one.first is not None and one.examples
    ]
    ends = [one.last for one in patterns if one.last is not None]
    if kept:
        yield LogTemplates(artifact, tuple(kept), min(one.first for one in kept), max(ends, default=kept[0].first))


def _is_loud(levels: Mapping[str, int]) -> bool:
    loud = sum(count for level, count in levels.items() if level.casefold() in LOUD)
    return loud * 2 > sum(levels.values())
