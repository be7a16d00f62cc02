"""Cards as plain values, so that what stands out by itself is found once and kept beside the patterns."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sevline.core.mining.surfacing.card import Card, CardKind, Part, Surfaced
from sevline.core.mining.surfacing.counts import PatternCounts
from sevline.core.mining.surfacing.onset import Onset
from sevline.core.mining.surfacing.silences import Silence

_AS_THEY_ARE = ("headline", "count", "ratio", "n", "p", "test", "query", "note", "before", "after")


def as_kept(surfaced: Surfaced, key_of: Callable[[str], Any]) -> dict[str, Any]:
    """`key_of`: pattern's id -> what it is known by where the cards are kept. Their patterns are kept elsewhere."""
    return {
        "cards": [
            {
                "kind": card.kind.value,
                "pattern": key_of(card.pattern.id),
                "interval": list(card.interval) if card.interval else None,
                "onset": [at.isoformat() for at in (card.onset.at, card.onset.earliest, card.onset.latest)]
                if card.onset
                else None,
                "parts": [asdict(part) | {"pattern": key_of(part.pattern)} for part in card.parts],
                **{name: getattr(card, name) for name in _AS_THEY_ARE},
            }
            for card in surfaced.cards
        ],
        "notes": list(surfaced.notes),
        "left": dict(surfaced.left),
        "silences": [asdict(silence) for silence in surfaced.silences],
    }


def from_kept(kept: Mapping[str, Any], patterns: Mapping[Any, PatternCounts]) -> Surfaced:
    """`patterns`: by the keys under which they were kept; a card whose pattern is gone is left out."""
    cards = tuple(_card(one, patterns[one["pattern"]]) for one in kept["cards"] if one["pattern"] in patterns)
    silences = tuple(Silence(**one | {"sources": tuple(one["sources"])}) for one in kept.get("silences", ()))
    left = kept["left"] if isinstance(kept["left"], dict) else {}  # a number where it was kept before the kinds were
    return Surfaced(cards, tuple(kept["notes"]), 0, left, silences)


def _card(one: Mapping[str, Any], pattern: PatternCounts) -> Card:
    query = str(one["query"]).partition(" ")[2]  # it names the pattern by the id that it had when the card was made
    parts = tuple(Part(**part | {"pattern": str(part["pattern"])}) for part in one.get("parts", ()))
    if parts:
        query = f"{query.partition(' of=')[0]} of={','.join(dict.fromkeys(part.pattern for part in parts))}"
    return Card(
        kind=CardKind(one["kind"]),
        pattern=pattern,
        interval=(one["interval"][0], one["interval"][1]) if one["interval"] else None,
        parts=parts,
        onset=Onset(*(datetime.fromisoformat(at) for at in one["onset"])) if one["onset"] else None,
        **{name: one[name] for name in _AS_THEY_ARE} | {"query": f"pattern={pattern.id} {query}"},
    )
