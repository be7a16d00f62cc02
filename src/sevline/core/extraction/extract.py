"""One run over a text with all rules."""

from collections.abc import Iterable

from sevline.core.extraction.facts import Fact, FactKind
from sevline.core.extraction.identifiers import identifiers
from sevline.core.extraction.times import timestamps
from sevline.core.extraction.windows import Windows


def extract_facts(text: str) -> tuple[Fact, ...]:
    """All facts in the order in which they stand; of two that overlap the one with more confidence counts."""
    windows = Windows(text)
    return tuple(_without_overlaps([*timestamps(windows), *identifiers(windows)]))


def _without_overlaps(facts: Iterable[Fact]) -> list[Fact]:
    chosen: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: (fact.source_offset, -fact.confidence, -len(fact.value))):
        last = chosen[-1] if chosen else None
        if last is None or fact.source_offset >= last.source_offset + len(last.value) or last.kind is FactKind.URL:
            chosen.append(fact)
        elif fact.confidence > last.confidence:
            chosen[-1] = fact
    return chosen
