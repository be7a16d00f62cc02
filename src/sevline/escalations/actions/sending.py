"""Support sends: the gate, the fast lane of a Sev1 with its dated promises, and keeping them."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from sevline.cases import actions as cases
from sevline.cases.actions.working import phrase
from sevline.core import packet as core
from sevline.core.escalation import FINISHED, EscalationFacts, EscalationStatus, defer
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.escalations.actions.packets import LIMIT
from sevline.escalations.actions.working import keep_score, keep_version, locked, move, note, settle
from sevline.escalations.events import (
    DeferredOverdue,
    DeferredProvided,
    EscalationResubmitted,
    EscalationSubmitted,
)
from sevline.escalations.models import Deferred, Escalation
from sevline.escalations.selectors.inbox import check_newest
from sevline.escalations.selectors.packet import packet
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record

RETURNED = frozenset({EscalationStatus.CHANGES_REQUESTED, EscalationStatus.REJECTED})
REPLY_MIN = 20
OVERDUE_SCAN = timedelta(days=30)


@transaction.atomic
def submit(
    key: str, *, by: Person, override_reason: str = "", reply: str = "", seen_version: int | None = None
) -> Escalation:
    """Send the packet as it is now. Refused names every missing point; a Sev1 goes with dated promises instead.

    An override lifts the threshold, never a hard gate; it needs its own right and a reason. A packet that came back
    goes out again only with a change, or with a reply to the reason for which it came back.
    """
    require(by, Right.PACKET_SUBMIT)
    escalation = locked(by, key, seen_version)
    check_newest(escalation)
    facts, score = packet(escalation)
    why = _override(escalation, by, override_reason, score)
    objections = score.objections(overridden=bool(why))
    if objections:
        raise Refused(*objections)
    again = escalation.status in RETURNED
    said = _reply(escalation, reply, core.as_json(facts, score)) if again else ""
    move(escalation, "resubmit" if again else "submit", EscalationFacts())
    now = clock.now()
    keep_score(escalation, score)
    version = keep_version(escalation, facts, score, by, now)
    if said:
        version.reply = said
        version.save(update_fields=["reply"])
    promised = _promise(escalation, score, now) if facts.severity == 1 else {}
    escalation.severity = facts.severity
    escalation.submitted_at = escalation.submitted_at or now
    escalation.submitted_by = by
    if why:
        escalation.override_by, escalation.override_reason = by, why
    cases.note_shown_to(escalation.case_id, escalation.team, actor=by.ref, why=f"{escalation.key} was sent")
    event = (partial(EscalationResubmitted, reply=said) if again else EscalationSubmitted)(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        severity=facts.severity,
        team=escalation.team.name,
        version=version.number,
        points=score.points_told,
        packet_sha256=version.sha256,
        deferred=promised,
        override_reason=why,
    )
    return settle(escalation, event)


def _reply(escalation: Escalation, reply: str, document: str) -> str:
    """The reply, redacted. Refused where it says nothing and the packet is the one that came back."""
    said = note(escalation, "reply", reply)
    if said and len(said) < REPLY_MIN:
        raise Refused(f"Say in a sentence what changed or why nothing has to: at least {REPLY_MIN} characters.")
    last = escalation.versions.first()
    if not said and last is not None and last.document == document:
        asked = f" ({escalation.reason_code})" if escalation.reason_code else ""
        raise Refused(f"This is the packet that came back{asked}. Change what was asked for, or reply to the reason.")
    return said


def _override(escalation: Escalation, by: Person, reason: str, score: core.Score) -> str:
    """Why the threshold is lifted; empty where nobody asks for it or nothing has to be lifted."""
    if not reason.strip():
        return ""
    require(by, Right.PACKET_OVERRIDE)
    return phrase(escalation.case.key, "override", reason, LIMIT) if score.shortfall else ""


def _promise(escalation: Escalation, score: core.Score, at: datetime) -> dict[str, datetime]:
    """Each missing point with the time by which it follows; one that was promised before keeps its time."""
    before = set(escalation.deferred.values_list("field", flat=True))
    missing = {credit.id: credit.sentence for credit in score.credits if credit.to_win and credit.id not in before}
    promised = defer(missing, sent_at=at)
    Deferred.objects.bulk_create(
        Deferred(escalation=escalation, field=field, text=missing[field][:200], due_at=due)
        for field, due in promised.items()
    )
    return promised


@transaction.atomic
def provide_deferred(key: str, field: str, *, by: Person) -> Deferred:
    """Send a promised point after; Engineering gets the packet as it is now as its next version.

    Refused while the point still lacks credit.
    """
    require(by, Right.PACKET_EDIT)
    escalation = locked(by, key)
    promised = escalation.deferred.filter(field=field.upper(), provided_at__isnull=True).first()
    if promised is None:
        raise Refused(f"{escalation.key} has promised nothing for {field[:10]}.")
    facts, score = packet(escalation)
    credit = next(credit for credit in score.credits if credit.id == promised.field)
    if credit.to_win:
        raise Refused(f"{promised.field} is not complete yet: {credit.sentence}")
    now = clock.now()
    version = keep_version(escalation, facts, score, by, now)
    keep_score(escalation, score)
    promised.provided_at = now
    promised.save(update_fields=["provided_at"])
    event = DeferredProvided(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        item=promised.field,
        version=version.number,
        packet_sha256=version.sha256,
    )
    settle(escalation, event)
    return promised


@transaction.atomic
def mark_overdue(at: datetime) -> int:
    """Record each promised point whose time is over, once; those who listen alert the owner."""
    late = (
        Deferred.objects.select_for_update(of=("self",))
        .filter(provided_at__isnull=True, alerted_at__isnull=True, due_at__lte=at, due_at__gt=at - OVERDUE_SCAN)
        .exclude(escalation__status__in=FINISHED)
        .select_related("escalation__case")
    )
    count = 0
    for promised in late:
        promised.alerted_at = at
        promised.save(update_fields=["alerted_at"])
        escalation = promised.escalation
        overdue = DeferredOverdue(
            by=SYSTEM,
            subject=escalation.ref,
            case=escalation.case.key,
            item=promised.field,
            due_at=promised.due_at,
        )
        record(overdue, at=at)
        count += 1
    return count
