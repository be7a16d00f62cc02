"""The evidence checklist: what a case of some type and severity needs, and how much of it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from sevline.core.calendar import CALENDARS, add_business_seconds
from sevline.core.lifecycle import Refused
from sevline.core.service_level import amount
from sevline.core.tables import Row, Table, load, no_repeats


class EvidenceAsk(Row, frozen=True):
    key: str
    asks: str


class IssueType(Row, frozen=True):
    key: str
    title: str
    stars: Annotated[tuple[EvidenceAsk, ...], msgspec.Meta(min_length=3, max_length=3)]
    optional: tuple[str, ...]


class SeverityNeeds(Row, frozen=True):
    level: Annotated[int, msgspec.Meta(ge=1, le=4)]
    needed: tuple[str, ...]
    deferred: tuple[str, ...]
    stars_needed: Annotated[int, msgspec.Meta(ge=0, le=3)]
    stars_deferred: Annotated[int, msgspec.Meta(ge=0, le=3)]
    deferred_within: str = ""
    deferred_calendar: str = ""


class EvidenceTable(Table, frozen=True):
    core: tuple[EvidenceAsk, ...]
    severity: tuple[SeverityNeeds, ...]
    type: tuple[IssueType, ...]

    def check_rows(self) -> None:
        no_repeats("item", (item.key for item in self.core))
        no_repeats("type", (row.key for row in self.type))
        no_repeats("item", (star.key for row in self.type for star in row.stars))
        if sorted(row.level for row in self.severity) != [1, 2, 3, 4]:
            raise ValueError("there must be one row for each severity from 1 to 4")
        known = {item.key for item in self.core}
        for row in self.severity:
            self._check_severity(row, known)

    @staticmethod
    def _check_severity(row: SeverityNeeds, known: set[str]) -> None:
        no_repeats(f"item of severity {row.level}", (*row.needed, *row.deferred))
        if strange := {*row.needed, *row.deferred} - known:
            raise ValueError(f"severity {row.level} names the item “{min(strange)}”, which does not exist")
        if row.deferred or row.stars_deferred:
            if row.deferred_calendar not in CALENDARS:
                raise ValueError(f"severity {row.level} names the calendar “{row.deferred_calendar}”")
            amount(row.deferred_within, CALENDARS[row.deferred_calendar])


EVIDENCE = load("evidence.toml", EvidenceTable)
ISSUE_TYPES = {row.key: row for row in EVIDENCE.type}
_NEEDS = {row.level: row for row in EVIDENCE.severity}


class ItemState(StrEnum):
    PROVIDED = "provided"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_GET = "cannot_get"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What was said about an item. `not_applicable` and `cannot_get` need a reason.

    `no_signal` says that it cannot be had because nothing records it, which opens a telemetry gap.
    """

    state: ItemState
    reason: str = ""
    no_signal: bool = False

    def __post_init__(self) -> None:
        if self.state in {ItemState.NOT_APPLICABLE, ItemState.CANNOT_GET} and not self.reason.strip():
            raise Refused("Say why the item does not apply or cannot be had.")


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    asks: str
    need: Literal["needed", "deferred", "optional"]
    state: ItemState
    reason: str = ""
    due: datetime | None = None
    telemetry_gap: bool = False

    @property
    def done(self) -> bool:
        return self.state is ItemState.PROVIDED or self.telemetry_gap


@dataclass(frozen=True, slots=True)
class Checklist:
    """`percent` is of the needed items that apply, rounded half up; 100 when none applies."""

    items: tuple[Item, ...]
    optional: tuple[str, ...]
    percent: int
    version: str

    @property
    def needed(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.need == "needed")

    @property
    def missing(self) -> tuple[Item, ...]:
        """The needed items that are neither there nor excused."""
        return tuple(item for item in self.needed if not item.done and item.state is not ItemState.NOT_APPLICABLE)

    @property
    def promised(self) -> tuple[Item, ...]:
        """The items that may follow later, each with its due time."""
        return tuple(item for item in self.items if item.state is ItemState.DEFERRED)

    @property
    def telemetry_gaps(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items if item.telemetry_gap)


def asks_of(issue_type: str) -> tuple[EvidenceAsk, ...]:
    """Every item that a case of this type can have, whatever its severity."""
    row = ISSUE_TYPES.get(issue_type)
    return (*EVIDENCE.core, *(row.stars if row else ()))


def _wanted(issue_type: str, severity: int) -> list[tuple[EvidenceAsk, Literal["needed", "deferred", "optional"]]]:
    needs = _NEEDS[severity]
    need: Literal["needed", "deferred", "optional"]
    wanted: list[tuple[EvidenceAsk, Literal["needed", "deferred", "optional"]]] = []
    for item in EVIDENCE.core:
        need = "needed" if item.key in needs.needed else "deferred" if item.key in needs.deferred else "optional"
        wanted.append((item, need))
    row = ISSUE_TYPES.get(issue_type)
    for place, star in enumerate(row.stars if row else ()):
        later = place < needs.stars_needed + needs.stars_deferred
        need = "needed" if place < needs.stars_needed else "deferred" if later else "optional"
        wanted.append((star, need))
    return wanted


def evaluate(
    issue_type: str,
    severity: int,
    answers: Mapping[str, ItemAnswer],
    *,
    sent_at: datetime | None = None,
) -> Checklist:
    """The checklist with the state of each item; an item nobody spoke of is missing, or deferred where it may be.

    `sent_at` is when the escalation went out and dates the deferred items. An unknown issue type has only the core
    items. Raises Refused for a severity outside 1 to 4 or an answer to an item that is not on the list.
    """
    if severity not in _NEEDS:
        raise Refused("Rate the case first: the checklist depends on its severity.")
    wanted = _wanted(issue_type, severity)
    if strange := set(answers) - {item.key for item, _ in wanted}:
        raise Refused(f"The item “{min(strange)}” is not on this case's checklist.")
    due = _due(_NEEDS[severity], sent_at)
    items = tuple(_item(ask, need, answers.get(ask.key), due) for ask, need in wanted)
    applying = [item for item in items if item.need == "needed" and item.state is not ItemState.NOT_APPLICABLE]
    done = sum(item.done for item in applying)
    percent = (200 * done + len(applying)) // (2 * len(applying)) if applying else 100
    row = ISSUE_TYPES.get(issue_type)
    return Checklist(items, row.optional if row else (), percent, EVIDENCE.version)


def _due(needs: SeverityNeeds, sent_at: datetime | None) -> datetime | None:
    if sent_at is None or not needs.deferred_within:
        return None
    calendar = CALENDARS[needs.deferred_calendar]
    return add_business_seconds(calendar, sent_at, amount(needs.deferred_within, calendar))


def _item(
    ask: EvidenceAsk,
    need: Literal["needed", "deferred", "optional"],
    answer: ItemAnswer | None,
    due: datetime | None,
) -> Item:
    if answer is None:
        answer = ItemAnswer(ItemState.DEFERRED if need == "deferred" else ItemState.MISSING)
    gap = answer.state is ItemState.CANNOT_GET and answer.no_signal
    dated = due if answer.state is ItemState.DEFERRED else None
    return Item(ask.key, ask.asks, need, answer.state, answer.reason, dated, gap)


#: Who can give an item of the core; every item of a type comes from the customer.
OURS = frozenset({"C8", "C9", "C10", "C11"})
#: What lets work begin comes first: without an error, a time and an id nothing can be looked up.
UNLOCKS = ("C2", "C3", "C7", "C4", "type", "C1", "C6", "C5", "C11", "C9", "C8", "C10", "C12")
FIRST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is missing from one side: the customer or us. `first` is shown, `rest` is folded."""

    title: str
    is_ours: bool
    first: tuple[Item, ...]
    rest: tuple[Item, ...]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)


def wanted(checklist: Checklist) -> tuple[Wanted, ...]:
    """What is missing by who can give it, what unlocks most first; five are shown, the customer's before ours."""
    missing = sorted(checklist.missing, key=_unlocks)
    room, found = FIRST_SHOWN, []
    for title, ours in (("From the customer", False), ("From us", True)):
        items = tuple(item for item in missing if (item.key in OURS) is ours)
        if items:
            found.append(Wanted(title, ours, items[:room], items[room:]))
        room = max(0, room - len(items))
    return tuple(found)


def _unlocks(item: Item) -> int:
    return UNLOCKS.index("type" if "." in item.key else item.key)
