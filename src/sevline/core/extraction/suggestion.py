"""A suggestion for a field, and how the only one among several is told."""

from collections.abc import Iterable
from dataclasses import dataclass

QUOTE_MAX = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field, and the words of the text that it rests on. `others` are what the text says beside it that
    a person has to weigh against it."""

    value: str
    quote: str
    others: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The words that it rests on, and what contradicts them."""
        beside = f". The text also says: {', '.join(self.others)}. Which is right?" if self.others else ""
        return f"“{self.quote}”{beside}"


def only(found: Iterable[Suggestion]) -> Suggestion | None:
    """The one suggestion, where all are for the same value."""
    by_value = {one.value: one for one in reversed(list(found))}
    return next(iter(by_value.values())) if len(by_value) == 1 else None


def quoted(text: str) -> str:
    """The words on one line, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE_MAX else f"{flat[:QUOTE_MAX].rsplit(' ', 1)[0]} …"
