"""A card: what is unusual about one pattern, with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import log

from sevline.core.amount import sentence_of
from sevline.core.mining.surfacing.bintests import FALSE_SHARE
from sevline.core.mining.surfacing.counts import PatternCounts, moment_of
from sevline.core.mining.surfacing.nearby import NearChange
from sevline.core.mining.surfacing.onset import Onset
from sevline.core.mining.surfacing.silences import Silence

LOUDNESS = {"FATAL": 3, "ERROR": 3, "WARN": 2, "INFO": 1}
_LOUD_OUTCOMES = {"4xx": 2}


class CardKind(StrEnum):
    """What is unusual about a pattern."""

    NEW = "new"
    FAILING = "failing"
    BEGAN = "began"
    BURST = "burst"
    MORE = "more"
    GONE = "gone"
    LESS = "less"
    SKEW = "skew"
    RARE = "rare"


STARTS = frozenset({CardKind.BEGAN, CardKind.BURST})


@dataclass(frozen=True, slots=True)
class Part:
    """One of the figures that a share is made of: records of a pattern in minutes [begin, end)."""

    what: str
    pattern: str
    count: int
    begin: int
    end: int

    @property
    def window(self) -> tuple[datetime, datetime]:
        """In UTC."""
        return moment_of(self.begin), moment_of(self.end)


@dataclass(frozen=True, slots=True)
class Card:
    """`count`: records that the card is about. `before`, `after`: what was compared, None where nothing was.

    `n`: bins, minutes or records that the test rests on. `p`: its probability under no change, None without a test.
    `query` counts the same again, see `recount`. `note`: how often such a card is a false alarm. `parts`: the figures
    of a share, none elsewhere.
    """

    kind: CardKind
    pattern: PatternCounts
    headline: str
    count: int
    ratio: float | None
    interval: tuple[float, float] | None
    n: int
    p: float | None
    test: str
    query: str
    note: str
    before: int | None = None
    after: int | None = None
    onset: Onset | None = None
    changes: tuple[NearChange, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def rank(self) -> tuple[int, int, float, str]:
        """Loud patterns first, then by kind, then by how far out of the ordinary. Whom a pattern touches stands behind
        what happened to patterns as loud."""
        strength = abs(log(max(self.ratio, 1e-6))) if self.ratio else log(1 + self.count)
        loud = 0 if self.kind is CardKind.RARE else LOUDNESS.get(self.pattern.level or "", 1)
        if self.kind is CardKind.SKEW:
            loud -= 1
        if self.kind is CardKind.FAILING and (self.ratio is None or self.ratio > 1):
            loud = max(loud, _LOUD_OUTCOMES.get(self.pattern.outcome, LOUDNESS["ERROR"]))
        return -loud, list(CardKind).index(self.kind), -strength, self.pattern.id


@dataclass(frozen=True, slots=True)
class Surfaced:
    """`notes`: what could not be compared, and what all patterns did together. `left`: cards of lower rank that are
    not among these, of each kind. `silences`: stretches in which nothing was recorded."""

    cards: tuple[Card, ...]
    notes: tuple[str, ...]
    tested: int
    left: Mapping[str, int] = field(default_factory=dict)
    silences: tuple[Silence, ...] = ()


def chance_note(tested: int, days: int, one: str = "pattern") -> str:
    known = "" if days > 1 else " The log is too short to know the usual course of a day, which can look like a change."
    what = sentence_of(tested, f"1 {one} was tested", f"{{:,}} {one}s were tested")
    return f"{what}; about {FALSE_SHARE:.0%} of those reported may be chance.{known}"


def short_text(minute: int) -> str:
    return f"{moment_of(minute):%Y-%m-%d %H:%M} UTC"


def query_of(pattern: PatternCounts, since: int, moment: int, until: int) -> str:
    """Counts the records in [since, moment) and [moment, until) again; a cell of the histogram counts where it
    starts."""
    stamps = (f"{moment_of(minute):%Y-%m-%dT%H:%MZ}" for minute in (since, moment, until))
    return "pattern={} since={} moment={} until={}".format(pattern.id, *stamps)


def query_of_all(pattern: PatternCounts, since: int, moment: int, until: int) -> str:
    """As `query_of`, for a card about all records of a pattern, some of which may name no time."""
    if sum(pattern.minutes.values()) < pattern.total:
        return f"pattern={pattern.id}"
    return query_of(pattern, since, min([moment, *pattern.minutes]), until)
