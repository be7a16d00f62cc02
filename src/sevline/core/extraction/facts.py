"""What one run over a text finds; it is meant for redacted text and keeps pseudonyms out of its facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FactKind(StrEnum):
    TIMESTAMP = "timestamp"
    REQUEST_ID = "request_id"
    TRACE_ID = "trace_id"
    URL = "url"
    STATUS = "status"
    ERROR = "error"
    VERSION = "version"
    TENANT = "tenant"


@dataclass(frozen=True, slots=True)
class Fact:
    """`source_offset` counts characters from the start of the text. `confidence` is between 0 and 1.

    `instant` is aware and in UTC where the zone is known. Where it is not, it is naive, `zone_known` is False,
    and somebody has to be asked; None means that the day itself is not in the text.
    """

    kind: FactKind
    value: str
    source_offset: int
    confidence: float
    instant: datetime | None = None
    zone_known: bool = False


def extract_facts(text: str) -> tuple[Fact, ...]:
    """All facts in the order in which they stand; of two that overlap the one with more confidence counts."""
    from sevline.core.extraction.identifiers import identifiers
    from sevline.core.extraction.times import timestamps

    return tuple(_without_overlaps([*timestamps(text), *identifiers(text)]))


def _without_overlaps(facts: Iterable[Fact]) -> list[Fact]:
    chosen: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: (fact.source_offset, -fact.confidence, -len(fact.value))):
        last = chosen[-1] if chosen else None
        if last is None or fact.source_offset >= last.source_offset + len(last.value) or last.kind is FactKind.URL:
            chosen.append(fact)
        elif fact.confidence > last.confidence:
            chosen[-1] = fact
    return chosen
