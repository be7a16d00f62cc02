"""The patterns of a log as evidence: what each looks like, how often it stands there, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sevline.core.finding import Evidence, Given
from sevline.core.mining.surfacing.begun import Begun, Seen, begun

LOUD = frozenset({"error", "fatal", "critical", "alert", "emergency", "emerg", "panic"})


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
    def histogram(self) -> Mapping[int, int]: ...
    @property
    def histogram_step(self) -> int: ...
    @property
    def examples(self) -> Sequence[tuple[int, str]]: ...


@dataclass(frozen=True, slots=True)
class Template:
    """`line` is that of its first example; `loud`: most of its records are errors. `since`: when it began, if the log
    holds it from some moment on and not before."""

    text: str
    count: int
    first: datetime
    line: int
    loud: bool
    since: Begun | None = None


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
        late = [one for one in self.templates if one.loud and one.since is not None]
        return max(late, key=lambda one: one.count, default=None)

    def cite(self, one: Template, expected: str = "") -> Evidence:
        return Evidence(self.artifact, f"{one.line}:1", one.text[:200], expected)


def templates_of(patterns: Sequence[Mined], artifact: str) -> Iterator[LogTemplates]:
    """Nothing where no pattern has a time."""
    timed = [one for one in patterns if one.first is not None and one.examples]
    loud = [number for number, one in enumerate(timed) if _is_loud(one.levels)]
    since = begun([_seen(one) for one in timed], loud)
    kept = [
        Template(one.text, one.count, one.first, one.examples[0][0], _is_loud(one.levels), since.get(number))
        for number, one in enumerate(timed)
        if one.first is not None
    ]
    ends = [one.last for one in patterns if one.last is not None]
    if kept:
        yield LogTemplates(artifact, tuple(kept), min(one.first for one in kept), max(ends, default=kept[0].first))


def _seen(one: Mined) -> Seen:
    first = one.first.timestamp() if one.first else 0.0
    return Seen(one.count, first, one.last.timestamp() if one.last else first, one.histogram, one.histogram_step)


def _is_loud(levels: Mapping[str, int]) -> bool:
    loud = sum(count for level, count in levels.items() if level.casefold() in LOUD)
    return loud * 2 > sum(levels.values())
