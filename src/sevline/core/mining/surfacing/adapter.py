"""From the miner's patterns to counts: the only file here that knows the miner."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sevline.core.mining.surfacing.counts import Example, PatternCounts


class Mined(Protocol):
    """What is asked of a mined pattern."""

    @property
    def id(self) -> str: ...
    @property
    def apart(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def level(self) -> str | None: ...
    @property
    def services(self) -> Mapping[str, int]: ...
    @property
    def histogram(self) -> Mapping[int, int]: ...
    @property
    def histogram_step(self) -> int: ...
    @property
    def examples(self) -> tuple[tuple[int, str], ...]: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    @property
    def first(self) -> datetime | None: ...
    @property
    def last(self) -> datetime | None: ...


def counts_of(pattern: Mined, shares: Mapping[str, Mapping[str, int]] | None = None) -> PatternCounts:
    """Services are a dimension too: a pattern may lean to one of them."""
    examples = tuple(
        Example(source, line, text) for source, (line, text) in zip(pattern.sources, pattern.examples, strict=True)
    )
    return PatternCounts(
        id=pattern.id,
        template=pattern.text,
        total=pattern.count,
        minutes=pattern.histogram,
        step=pattern.histogram_step,
        level=pattern.level,
        services=pattern.services,
        shares=shares or {},
        examples=examples,
        first=pattern.first,
        last=pattern.last,
        statement=pattern.apart,
        outcome=pattern.outcome,
    )
