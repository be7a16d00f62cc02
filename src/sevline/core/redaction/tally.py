"""What was masked: how often, by which tokens, and what it gives away about other places."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sevline.core.redaction.replaced import MOST_BESIDE

SAMPLES = 5


@dataclass(slots=True)
class Tally:
    """How often each kind was masked, and a few of its tokens."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    """First and last names, to be masked wherever else they stand. Never kept, shown or sent anywhere."""
    secrets: set[str] = field(default_factory=set)
    """Values that their names gave away, to be masked without them too. Never kept, shown or sent anywhere."""
    beside: dict[str, str] = field(default_factory=dict)
    """Values that were masked for what stands around them, with what stands for each. Never kept, shown or sent."""

    def note(self, kind: str, token: str, count: int = 1) -> None:
        self.counts[kind] += count
        tokens = self.samples.setdefault(kind, [])
        if token and len(tokens) < SAMPLES and token not in tokens:
            tokens.append(token)

    def stands_for(self, values: Mapping[str, str]) -> None:
        """What stands for values that no detector knows without what stands around them."""
        if len(self.beside) < MOST_BESIDE:
            self.beside.update(values)

    def wants(self, kind: str) -> bool:
        """Whether the kind has not all its samples yet; most have them soon."""
        return len(self.samples.get(kind, ())) < SAMPLES

    def add(self, other: "Tally") -> None:
        self.counts.update(other.counts)
        self.secrets |= other.secrets
        self.people |= other.people
        self.stands_for(other.beside)
        for kind, tokens in other.samples.items():
            shown = self.samples.setdefault(kind, [])
            shown.extend(token for token in tokens if token not in shown)
            del shown[SAMPLES:]
