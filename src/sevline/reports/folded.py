"""What the KPIs need of each case, folded from its events and kept in this process.

The events are the truth: the fold holds nothing that they do not say, and is made anew from them whenever the trail is
not the one that was folded, with more at its end. That is told by the seal of the last event that was folded, which
covers all before it. A case in which something happened since is folded again as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from threading import Lock
from typing import Any

from django.db.models import Q, QuerySet

from sevline.core.kpi import EXCLUDING, EventRow, History, histories
from sevline.platform.models import Event

# What the KPIs read of a case; everything else that happens on one stays in the database.
KINDS = frozenset(
    {
        "case.opened", "case.triaged", "case.severity_changed", "case.lead_engaged", "case.resolved", "case.reopened",
        "case.merged", "case.unmerged", "case.marked_spam", "case.marked_test", "case.excluded", "case.included",
        "diagnosis.cause_recorded", "diagnosis.cause_refuted",
        "diagnosis.workaround_validated", "diagnosis.workaround_withdrawn",
    }
)  # fmt: skip
KEYS = ("F-03", "F-06")
SENT = frozenset({"escalation.submitted", "escalation.resubmitted"})
_READ = ("kind", "at", "subject_key", "subject_label", "case_key", "data")


@dataclass(frozen=True, slots=True)
class CaseFold:
    """One case: the histories of its records by KPI, the events that exclude it, the packets that were sent, and what
    each record is called."""

    histories: Mapping[str, Sequence[History]]
    excluding: tuple[EventRow, ...]
    sent: tuple[EventRow, ...]
    names: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """The fold of the trail from `first` to `last`, with the seal of the last event."""

    first: int = 0
    last: int = 0
    seal: str = ""
    cases: Mapping[str, CaseFold] = field(default_factory=dict)


class _Kept:
    """The fold of this process; a new one takes the place of the old one as a whole, so readers need no lock."""

    def __init__(self) -> None:
        self.state = State()
        self.lock = Lock()


_kept = _Kept()


def cases() -> Mapping[str, CaseFold]:
    """The fold of every case, up to the last event that is there now."""
    with _kept.lock:
        _kept.state = folded(_kept.state)
        return _kept.state.cases


def folded(before: State) -> State:
    """The fold of all events. What `before` holds is used where the trail goes on from it."""
    newest = Event.objects.order_by("-seq").values_list("seq", "mac").first()
    oldest = Event.objects.order_by("seq").values_list("seq", flat=True).first()
    if newest is None or oldest is None:
        return State()
    last, seal = newest
    if (before.last, before.seal, before.first) == (last, seal, oldest):
        return before
    until = _relevant().filter(seq__lte=last)
    if before.first != oldest or not Event.objects.filter(seq=before.last, mac=before.seal).exists():
        return State(oldest, last, seal, dict(_fold(until)))
    changed = set(until.filter(seq__gt=before.last).order_by().values_list("case_key", flat=True))
    fresh = dict(_fold(until.filter(case_key__in=changed))) if changed else {}
    return State(oldest, last, seal, {**before.cases, **fresh})


def _relevant() -> QuerySet[Event]:
    return Event.objects.filter(Q(kind__in=KINDS) | Q(kind__startswith="escalation."), case_key__startswith="C-")


def _fold(events: QuerySet[Event]) -> Iterator[tuple[str, CaseFold]]:
    rows = events.order_by("case_key", "at", "seq").values(*_READ).iterator(chunk_size=2000)
    for case, own in groupby(rows, key=lambda row: str(row["case_key"])):
        yield case, _case(list(own))


def _case(rows: Iterable[Mapping[str, Any]]) -> CaseFold:
    told = [(_event(row), (row["subject_label"], row["case_key"])) for row in rows]
    events = [event for event, _ in told]
    return CaseFold(
        {key: histories(key, events) for key in KEYS},
        tuple(event for event in events if event.kind in EXCLUDING),
        tuple(event for event in events if event.kind in SENT),
        {event.subject: name for event, name in told},
    )


def _event(row: Mapping[str, Any]) -> EventRow:
    """The event as the core reads it: with its case, and each deferred item with its own due time."""
    data = {**row["data"], "case": row["case_key"]}
    deferred = data.get("deferred")
    if isinstance(deferred, list):
        data["deferred"] = dict.fromkeys(deferred, data["deferred_due"]) if data.get("deferred_due") else {}
    return EventRow(row["kind"], row["at"], row["subject_key"], data)
