"""The queue: saved views, filters, and pages that go on exactly where the last one ended."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from sevline.cases.models import Case, CaseFact, CaseQuerySet
from sevline.cases.selectors.searching import matching
from sevline.core.case import CaseStatus
from sevline.core.lifecycle import Refused
from sevline.people.models import Person

PAGE = 50
COUNT_LIMIT = 99
AT_RISK = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: its key, its words, and what it keeps of the cases that a person sees."""

    key: str
    title: str
    heading: str
    keeps: Callable[[CaseQuerySet, Person, datetime], CaseQuerySet]


def _mine(cases: CaseQuerySet, person: Person, _: datetime) -> CaseQuerySet:
    return cases.open().filter(owner=person)


def _team(cases: CaseQuerySet, person: Person, _: datetime) -> CaseQuerySet:
    return cases.open().filter(team__in=person.teams.all())


def _severe(cases: CaseQuerySet, _: Person, __: datetime) -> CaseQuerySet:
    return cases.open().filter(severity__in=(1, 2))


def _at_risk(cases: CaseQuerySet, _: Person, at: datetime) -> CaseQuerySet:
    """An unrated case counts as the worst, so it is at risk from its first minute."""
    return cases.open().filter(Q(next_due_at__lt=at + AT_RISK) | Q(severity__isnull=True))


def _overdue(cases: CaseQuerySet, _: Person, at: datetime) -> CaseQuerySet:
    return cases.open().filter(Q(status=CaseStatus.NEW) | Q(next_action_due__lt=at))


def _on_customer(cases: CaseQuerySet, _: Person, __: datetime) -> CaseQuerySet:
    return cases.filter(status=CaseStatus.PENDING_CUSTOMER)


def _escalated(cases: CaseQuerySet, _: Person, __: datetime) -> CaseQuerySet:
    return cases.open().filter(stage="escalated")


def _resolved(cases: CaseQuerySet, _: Person, __: datetime) -> CaseQuerySet:
    return cases.filter(status__in=(CaseStatus.RESOLVED, CaseStatus.CLOSED))


def _all_open(cases: CaseQuerySet, _: Person, __: datetime) -> CaseQuerySet:
    return cases.open()


VIEWS: dict[str, View] = {
    view.key: view
    for view in (
        View("mine", "My open cases", "Mine", _mine),
        View("team", "My team's open cases", "Team", _team),
        View("severe", "Sev1 and Sev2", "Team", _severe),
        View("at-risk", "At risk in 2 hours", "Team", _at_risk),
        View("overdue", "New or next action overdue", "Team", _overdue),
        View("customer", "Waiting on customer", "Team", _on_customer),
        View("escalated", "With Engineering", "Team", _escalated),
        View("open", "All open", "All", _all_open),
        View("resolved", "Resolved and closed", "All", _resolved),
    )
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases a view holds; counted up to a limit, so that a large desk stays quick."""

    view: View
    number: int

    @property
    def text(self) -> str:
        return f"{COUNT_LIMIT}+" if self.number > COUNT_LIMIT else str(self.number)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue; `after` is the cursor of the next one, empty on the last."""

    view: View
    rows: tuple[Case, ...]
    after: str
    filters: Mapping[str, str] = field(default_factory=dict)


def counts(person: Person, *, at: datetime) -> list[Count]:
    """How many cases each saved view holds for this person. One query a view."""
    visible = Case.objects.visible_to(person)
    return [
        Count(view, view.keeps(visible, person, at).order_by()[: COUNT_LIMIT + 1].count()) for view in VIEWS.values()
    ]


#: Which view a queue opens with: the first of these that holds a case.
FIRST_VIEWS = ("mine", "team", "open")


def first_view(found: Iterable[Count]) -> str:
    """The own cases, else those of the team, else all: whoever owns none is not shown an empty page."""
    held = {count.view.key for count in found if count.number}
    return next((key for key in FIRST_VIEWS if key in held), FIRST_VIEWS[0])


def count_of(found: Iterable[Count], view: str) -> Count:
    return next(count for count in found if count.view.key == view)


FILTERS: dict[str, str] = {
    "severity": "severity",
    "status": "status",
    "stage": "stage",
    "area": "product_area__key",
    "account": "account__key",
    "owner": "owner_id",
    "type": "issue_type",
}
_NUMBERS = frozenset({"severity", "owner"})


def queue(
    person: Person,
    view: str = "mine",
    *,
    at: datetime,
    filters: Mapping[str, str] | None = None,
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """A page of a view in breach order, then severity, then age. One query, for one row as for fifty.

    Raises Refused for a view, filter or cursor that does not exist.
    """
    chosen = VIEWS.get(view)
    if chosen is None:
        raise Refused(f"There is no view “{view[:40]}”.")
    given = {name: value for name, value in (filters or {}).items() if value}
    cases = _filtered(person, chosen.keeps(Case.objects.visible_to(person), person, at), given)
    ordered = cases.annotate(
        due=Coalesce(F("next_due_at"), F("next_action_due")), rank=Coalesce(F("severity"), Value(0))
    ).order_by("due", "rank", "number")
    if after:
        ordered = ordered.filter(_after(after))
    rows = list(ordered.select_related("owner", "next_action_by", "product_area", "account", "team")[: limit + 1])
    more = len(rows) > limit
    return Page(chosen, tuple(rows[:limit]), cursor(rows[limit - 1]) if more else "", given)


def _filtered(person: Person, cases: CaseQuerySet, filters: Mapping[str, str]) -> QuerySet[Case]:
    found: QuerySet[Case] = cases
    for name, value in filters.items():
        if name == "q":
            found = found.filter(matching(person, value))
        elif name not in FILTERS:
            raise Refused(f"There is no filter “{name[:40]}”.")
        elif name in _NUMBERS and not value.isdecimal():
            raise Refused(f"The filter “{name}” takes a number.")
        else:
            found = found.filter(**{FILTERS[name]: value})
    return found


def cursor(case: Case) -> str:
    """Where a page ended: the due time, severity and number of its last row."""
    due = case.next_due_at or case.next_action_due
    text = json.dumps([due.astimezone(UTC).isoformat(), case.severity or 0, case.number])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _after(mark: str) -> Q:
    try:
        due_text, rank, number = json.loads(base64.urlsafe_b64decode(mark.encode()))
        due, rank, number = datetime.fromisoformat(due_text), int(rank), int(number)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise Refused("This link to the next page is broken. Open the view again.") from None
    later = Q(due__gt=due)
    return later | Q(due=due, rank__gt=rank) | Q(due=due, rank=rank, number__gt=number)


def missing_next_action(person: Person) -> int:
    """How many open cases say nothing about what happens next; the actions keep this at 0."""
    return Case.objects.visible_to(person).open().filter(next_action="").count()


def facts_text(cases: Iterable[Case]) -> dict[int, str]:
    """What was found in the texts and files of these cases, as one text by the id of the case. One query."""
    found: dict[int, list[str]] = {}
    for case, value in CaseFact.objects.filter(case__in=list(cases)).values_list("case_id", "value"):
        found.setdefault(case, []).append(value)
    return {case: " ".join(values) for case, values in found.items()}
