"""What the frame of every page shows: the pages that this person may open, how many wait there, what time it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sevline.core.rights import Right, holds
from sevline.escalations import selectors as escalations
from sevline.governance import selectors as governance
from sevline.people import selectors as people
from sevline.people.models import Person
from sevline.platform import clock


def _unread(person: Person) -> int:
    return people.unread_count(person)


def _asked(person: Person) -> int:
    return escalations.waiting_count(person)


def _approvals(person: Person) -> int:
    return governance.waiting_for(person).count()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation: shown to whoever holds the right, or the `other`; `counts` is asked only then.

    It is marked on the pages below its address and on those below `also`.
    """

    label: str
    page: str
    right: Right | None = None
    other: Right | None = None
    primary: bool = False
    counts: Callable[[Person], int] | None = None
    tone: str = ""
    also: str = ""


WORK = (
    Entry("Desk", "desk", primary=True),
    Entry("Queue", "cases:queue", Right.CASE_VIEW, primary=True, also="/evidence/"),
    Entry("Engineering", "escalations:inbox", Right.PACKET_VIEW, primary=True, counts=_asked),
    Entry("Insights", "reports:insights", Right.KPI_VIEW),
    Entry("Missing signals", "diagnosis:signals", Right.DIAGNOSIS_VIEW),
    Entry("Changes", "changes", Right.CASE_VIEW),
    Entry("Customers", "customers:customers", Right.CUSTOMERS_VIEW, Right.CUSTOMERS_EDIT),
    Entry("Notices", "notices", primary=True, counts=_unread, tone="accent"),
)
HOUSE = (
    Entry("Approvals", "approvals", Right.APPROVAL_ANSWER, counts=_approvals, tone="warn"),
    Entry("People", "people", Right.PEOPLE_VIEW),
    Entry("Decision rights", "decisions"),
    Entry("Audit trail", "audit", Right.AUDIT_VIEW),
    Entry("My sign-in", "own_security"),
)


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody without cases does here, and on which page."""

    label: str
    page: str
    right: Right
    what: str


DUTIES = (
    Duty("People", "people", Right.PEOPLE_MANAGE, "Invite people, give roles and teams, switch accounts off"),
    Duty("Customers", "customers:customers", Right.CUSTOMERS_EDIT, "Add and edit customers and their environments"),
    Duty("Changes", "changes", Right.CATALOG_EDIT, "Record or import deploys, flags and configuration"),
    Duty("Audit trail", "audit", Right.AUDIT_VIEW, "See who did what, and whether the chain is whole"),
    Duty("Approvals", "approvals", Right.APPROVAL_ANSWER, "Answer what was asked of you"),
)


def duties(person: Person) -> tuple[Duty, ...]:
    """The pages of the desk's upkeep that the person's roles open."""
    return tuple(duty for duty in DUTIES if holds(person, duty.right))


def shell(request: HttpRequest) -> dict[str, Any]:
    """At most three small queries, for whoever is signed in."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {"now": clock.now()}
    here = _standing_in(request.path)
    work, house = (_shown(entries, person, here) for entries in (WORK, HOUSE))
    return {
        "now": clock.now(),
        "person": person,
        "navigation": [*work, {"heading": "House"}, *house],
        "search_url": reverse("search"),
    }


def _standing_in(path: str) -> Entry | None:
    """The entry that the page is below: of several the one with the longest address, so that one is marked at most."""
    if path == "/":
        return WORK[0]
    above = [(len(start), entry) for entry in (*WORK, *HOUSE) for start in _starts(entry) if path.startswith(start)]
    return max(above, key=lambda found: found[0])[1] if above else None


def _starts(entry: Entry) -> list[str]:
    """Every page is below the desk's address; the desk is marked on its own page only."""
    url = reverse(entry.page)
    return [start for start in (url, entry.also) if start and start != "/"]


def _shown(entries: tuple[Entry, ...], person: Person, here: Entry | None) -> list[dict[str, Any]]:
    return [_item(entry, person, here) for entry in entries if _may_open(entry, person)]


def _may_open(entry: Entry, person: Person) -> bool:
    rights = [right for right in (entry.right, entry.other) if right is not None]
    return not rights or any(holds(person, right) for right in rights)


def _item(entry: Entry, person: Person, here: Entry | None) -> dict[str, Any]:
    url = reverse(entry.page)
    count = entry.counts(person) if entry.counts else 0
    return {
        "label": entry.label,
        "url": url,
        "primary": entry.primary,
        "current": entry is here,
        "count": count or None,
        "tone": entry.tone,
    }
