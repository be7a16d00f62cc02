"""The engineering inbox: what Support asks, the most urgent first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from sevline.cases.models import Case
from sevline.core.escalation import AT_ENGINEERING, EscalationStatus, is_over
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, Role, holds
from sevline.escalations.models import Escalation
from sevline.people.models import Person
from sevline.platform.models import Event
from sevline.service_levels.models import Clock

SENT = frozenset(EscalationStatus) - {EscalationStatus.DRAFTED}
ANSWERED = SENT - AT_ENGINEERING


def number_of(key: str) -> int:
    """The number in “ESC-101” or “101”; -1 when it is none."""
    digits = key.strip().upper().removeprefix("ESC-")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1


def inbox(person: Person, show: str = "waiting") -> QuerySet[Escalation]:
    """Escalations that the person may see: `waiting` for Engineering, `answered`, or `mine` of the person's teams."""
    rows = Escalation.objects.visible_to(person).filter(status__in=SENT)
    if show == "answered":
        return _with_names(rows.filter(status__in=ANSWERED)).order_by(
            F("first_decided_at").desc(nulls_last=True), "number"
        )
    rows = rows.filter(status__in=AT_ENGINEERING)
    if show == "mine":
        rows = rows.filter(team__people=person)
    return _with_names(rows).order_by("severity", F("needed_by").asc(nulls_last=True), "submitted_at", "number")


def _with_names(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return rows.select_related(
        "case__account",
        "case__product_area",
        "case__owner",
        "case__team",
        "case__environment",
        "team",
        "submitted_by",
        "decided_by",
        "acknowledged_by",
        "drafted_by",
        "follows",
    )


def waiting_count(person: Person) -> int:
    """How many escalations wait for an answer of the person's engineering teams."""
    rows = Escalation.objects.visible_to(person).filter(status__in=AT_ENGINEERING, team__is_engineering=True)
    return rows.filter(team__people=person).count()


def is_with(escalation: Escalation) -> str:
    """Who answers the escalation, in a sentence."""
    return f"{escalation.key} is with {escalation.team.name}. Its engineers or an IC answer it."


def may_answer(person: Person, escalation: Escalation) -> bool:
    """Whether the person answers for the team that has the escalation now; an IC does for every team."""
    if not holds(person, Right.ESCALATION_ANSWER):
        return False
    return Role.SRE_IC in person.roles or person.teams.filter(pk=escalation.team_id).exists()


def by_key(person: Person, key: str) -> Escalation | None:
    rows = Escalation.objects.visible_to(person).filter(number=number_of(key))
    return (
        _with_names(rows)
        .prefetch_related("versions__by", "deferred", "questions__asked_by", "questions__answered_by")
        .first()
    )


def with_number(person: Person, number: int) -> Q:
    """Cases with the escalation of that number, for who may see it and its packet."""
    if not holds(person, Right.PACKET_VIEW):
        return Q(pk__in=())
    return Q(pk__in=Escalation.objects.visible_to(person).filter(number=number).values("case"))


def of_case(person: Person, case: Case) -> QuerySet[Escalation]:
    """The escalations of a case, the newest first."""
    return _with_names(Escalation.objects.visible_to(person).filter(case=case)).prefetch_related(
        "versions", "deferred", "questions__asked_by", "questions__answered_by"
    )


def going(case: Case, rows: Iterable[Escalation]) -> Escalation | None:
    """The escalation on which people work, of those of one case; while there is one, no other is started."""
    before = _resolved_before(case)
    return next((row for row in rows if not is_over(row.status, row.drafted_at, before)), None)


def _resolved_before(case: Case) -> datetime | None:
    """When an open case was resolved the last time; None for one that never was, or that is resolved now."""
    if not case.reopened_count or not case.is_open:
        return None
    resolved = Event.objects.filter(case_key=case.key, kind="case.resolved").order_by("-seq")
    return resolved.values_list("at", flat=True).first()


def check_newest(escalation: Escalation) -> None:
    """Refused where another packet follows this one: work goes on there, and this one stays as it was."""
    later = Escalation.objects.filter(follows=escalation).order_by("-number").first()
    if later is not None:
        raise Refused(f"{later.key} follows {escalation.key}, which stays as it is. Go on with {later.key}.")


def ola_clocks(keys: Iterable[str]) -> dict[str, Clock]:
    """For each escalation its clock that runs out first, else the one that stopped last; one query."""
    found: dict[str, Clock] = {}
    rows = Clock.objects.filter(subject_kind="escalation", subject_key__in=list(keys))
    for row in rows.order_by("stopped_at", "due_at"):
        best = found.get(row.subject_key)
        if best is None or (best.stopped_at is not None and row.stopped_at is None):
            found[row.subject_key] = row
    return found


def last_return(escalation: Escalation) -> Event | None:
    """The last time that Engineering gave the packet back; its `asks_for` names the fields that are missing."""
    kinds = ("escalation.changes_requested", "escalation.rejected")
    return Event.objects.filter(subject_key=escalation.key, kind__in=kinds).order_by("-seq").first()


def last_edit(escalation: Escalation) -> dict[str, Any]:
    """Who edited the packet last, and when."""
    rows = Event.objects.filter(subject_key=escalation.key, kind="escalation.packet_edited").order_by("-seq")
    last = rows.first()
    return {"by": last.actor_label, "at": last.at} if last else {"by": "somebody else", "at": None}
