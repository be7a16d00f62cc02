"""What this room does by itself, and what it tells people."""

from django_tasks import task

from sevline.core.rights import Right, Role, holds
from sevline.escalations.actions import mark_overdue
from sevline.escalations.models import Escalation
from sevline.people.actions import notify
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.models import Event

ENGINEERING_MANAGER = "engineering_manager"
ANSWER = {
    "escalation.acknowledged": "acknowledged",
    "escalation.accepted": "accepted",
    "escalation.accepted_acting": "accepted, and has started to act on",
    "escalation.acted": "acts on",
    "escalation.changes_requested": "asks for changes to",
    "escalation.rejected": "rejected",
    "escalation.duplicate": "named a duplicate for",
    "escalation.handed_over": "handed over",
    "escalation.asked": "asks a question about",
}

SUPPORT = {
    "escalation.question_answered": "answered a question on",
    "escalation.deferred_provided": "sent a promised point of",
    "escalation.withdrawn": "withdrew",
}


@task()
def mark_overdue_promises() -> int:
    return mark_overdue(clock.now())


@task()
def on_packet_sent(seq: int) -> int:
    """Tell the engineers of the team that a packet has arrived."""
    event, escalation = _read(seq)
    people = [
        person
        for person in Person.objects.filter(teams=escalation.team, is_active=True)
        if holds(person, Right.ESCALATION_ANSWER)
    ]
    again = event.data.get("version", 1) > 1
    said = f"came again, version {event.data['version']}" if again else "has arrived"
    text = f"{escalation.key} {said}: Sev{escalation.severity}, {escalation.case.title}"
    for person in people:
        notify(person, f"event:{event.seq}", text[:240], escalation.page, tone="accent")
    return len(people)


@task()
def on_ola_breached(seq: int) -> int:
    """Tell the engineering manager on call that Engineering is over time; answers how many are newly told.

    R-243 has no such role: SRE or IC of the team speaks for it, else everybody in the team who may answer.
    """
    breach = Event.objects.get(seq=seq)
    if ENGINEERING_MANAGER not in breach.data["tells"] or breach.subject_kind != "escalation":
        return 0
    event, escalation = _read(seq)
    team = Person.objects.filter(teams=escalation.team, is_active=True)
    people = [
        person
        for person in team
        if holds(person, Right.ESCALATION_ANSWER) and Escalation.objects.visible_to(person).filter(pk=escalation.pk)
    ]
    managers = [person for person in people if Role.SRE_IC in person.roles]
    text = f"{escalation.key}: {event.data['title'].lower()} is over time; {escalation.team.name} has it"
    return sum(notify(person, f"clock:{seq}", text, escalation.page, "bad") for person in managers or people)


@task()
def on_packet_answered(seq: int) -> int:
    """Tell the owner of the case and who sent the packet what Engineering said."""
    event, escalation = _read(seq)
    told = {escalation.case.owner, escalation.submitted_by or escalation.drafted_by}
    text = f"{escalation.team.name} {ANSWER.get(event.kind, 'answered')} {escalation.key}: {escalation.case.title}"
    for person in told:
        notify(person, f"event:{event.seq}", text[:240], escalation.page, tone="idle")
    return len(told)


@task()
def on_support_answered(seq: int) -> int:
    """Tell the engineers who take part that Support answered, sent a promised point after, or withdrew."""
    event, escalation = _read(seq)
    asked = {question.asked_by for question in escalation.questions.select_related("asked_by")}
    told = {person for person in (escalation.acknowledged_by, escalation.decided_by) if person is not None} | asked
    text = f"Support {SUPPORT[event.kind]} {escalation.key}: {escalation.case.title}"
    for person in told:
        notify(person, f"event:{event.seq}", text[:240], escalation.page, tone="idle")
    return len(told)


@task()
def on_promise_overdue(seq: int) -> int:
    """Tell the owner that a point promised to Engineering is late."""
    event, escalation = _read(seq)
    text = f"{event.data['item']} of {escalation.key} was promised to Engineering and is late"
    notify(escalation.case.owner, f"event:{event.seq}", text, escalation.page, tone="bad")
    return 1


def _read(seq: int) -> tuple[Event, Escalation]:
    event = Event.objects.get(seq=seq)
    number = int(event.subject_key.removeprefix("ESC-"))
    rows = Escalation.objects.select_related(
        "case__owner", "team", "submitted_by", "drafted_by", "acknowledged_by", "decided_by"
    )
    return event, rows.get(number=number)
