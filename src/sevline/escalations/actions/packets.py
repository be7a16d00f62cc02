"""Support's side: draft, edit, send, answer what was asked, keep what was promised, withdraw."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from sevline.cases import actions as cases
from sevline.cases.actions.working import locked_open, phrase
from sevline.core import packet as core
from sevline.core.escalation import DEFERRED_FOR, EscalationFacts, EscalationStatus
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.escalations.actions.working import locked, move, settle
from sevline.escalations.events import (
    DeferredOverdue,
    DeferredProvided,
    EscalationDrafted,
    EscalationResubmitted,
    EscalationSubmitted,
    EscalationWithdrawn,
    PacketEdited,
    QuestionAnswered,
)
from sevline.escalations.models import Deferred, Escalation, PacketVersion
from sevline.escalations.selectors.packet import packet
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record

TEXTS = (
    "component",
    "symptom",
    "condition",
    "ask",
    "ask_text",
    "needed_because",
    "expected",
    "actual",
    "error_text",
    "suspected_component",
    "suspected_because",
)
FINISHED = (EscalationStatus.WITHDRAWN, EscalationStatus.DUPLICATE)
LIMIT = 600
OVERDUE_SCAN = timedelta(days=30)


@transaction.atomic
def draft(case_key: str, *, by: Person) -> Escalation:
    """Start a packet from what the case holds; a case has one open escalation at a time."""
    require(by, Right.PACKET_EDIT)
    case = locked_open(by, case_key)
    going = Escalation.objects.filter(case=case).exclude(status__in=FINISHED).first()
    if going is not None:
        return going
    escalation = Escalation.objects.create(
        number=(Escalation.objects.aggregate(last=Max("number"))["last"] or 100) + 1,
        case=case,
        team=case.product_area.engineering,
        fields={"symptom": case.title, "needed_by": None},
        drafted_by=by,
        drafted_at=clock.now(),
    )
    drafted = EscalationDrafted(by=by.ref, subject=escalation.ref, case=case.key, team=escalation.team.name)
    return settle(escalation, drafted)


@transaction.atomic
def edit(
    key: str,
    *,
    by: Person,
    texts: Mapping[str, str],
    needed_by: datetime | None = None,
    not_applicable: Mapping[str, str] | None = None,
    seen_version: int | None = None,
) -> Escalation:
    """Write what only a person can say: the ask, the symptom, what does not apply and why."""
    require(by, Right.PACKET_EDIT)
    escalation = locked(by, key, seen_version)
    if strange := set(texts) - set(TEXTS):
        raise Refused(f"The packet has no field “{min(strange)}”.")
    case_key = escalation.case.key
    written: dict[str, Any] = dict(escalation.fields)
    for name, text in texts.items():
        written[name] = phrase(case_key, f"packet {name}", text, LIMIT)
    if needed_by is not None:
        written["needed_by"] = needed_by.isoformat()
        escalation.needed_by = needed_by
    if not_applicable is not None:
        reasons = {field: phrase(case_key, f"packet {field}", why, LIMIT) for field, why in not_applicable.items()}
        written["not_applicable"] = {field.upper(): why for field, why in reasons.items() if why}
    escalation.fields = written
    _, score = packet(escalation)
    _keep_score(escalation, score)
    edited = PacketEdited(
        by=by.ref,
        subject=escalation.ref,
        case=case_key,
        fields=tuple(sorted(texts)),
        points=core.number(score.points),
    )
    return settle(escalation, edited)


def _keep_score(escalation: Escalation, score: core.Score) -> None:
    escalation.points = int(score.points)
    escalation.score = {
        "points": core.number(score.points),
        "threshold": score.threshold,
        "verdict": score.verdict.value,
        "version": score.version,
    }


@transaction.atomic
def submit(key: str, *, by: Person, override_reason: str = "", seen_version: int | None = None) -> Escalation:
    """Send the packet as it is now. Refused names every missing point; a Sev1 goes with dated promises instead.

    An override lifts the threshold, never a hard gate; it needs its own right and a reason.
    """
    require(by, Right.PACKET_SUBMIT)
    escalation = locked(by, key, seen_version)
    facts, score = packet(escalation)
    why = _override(escalation, by, override_reason)
    if score.verdict is core.Verdict.SECURITY:
        raise Refused(*score.objections())
    again = escalation.status in {EscalationStatus.CHANGES_REQUESTED, EscalationStatus.REJECTED}
    objections = score.objections(overridden=bool(why))
    if objections:
        raise Refused(*objections)
    move(escalation, "resubmit" if again else "submit", EscalationFacts())
    now = clock.now()
    _keep_score(escalation, score)
    version = _keep_version(escalation, facts, score, by, now)
    promised = _promise(escalation, score, now) if facts.severity == 1 and not again else ()
    escalation.severity = facts.severity
    escalation.submitted_at = escalation.submitted_at or now
    escalation.submitted_by = by
    if why:
        escalation.override_by, escalation.override_reason = by, why
    cases.note_shown_to(escalation.case_id, escalation.team, actor=by.ref, why=f"{escalation.key} was sent")
    sent = EscalationResubmitted if again else EscalationSubmitted
    event = sent(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        severity=facts.severity,
        team=escalation.team.name,
        version=version.number,
        points=core.number(score.points),
        packet_sha256=version.sha256,
        deferred=promised,
        deferred_due=now + DEFERRED_FOR if promised else None,
        override_reason=why,
    )
    return settle(escalation, event)


def _override(escalation: Escalation, by: Person, reason: str) -> str:
    if not reason.strip():
        return ""
    require(by, Right.PACKET_OVERRIDE)
    return phrase(escalation.case.key, "override", reason, LIMIT)


def _keep_version(
    escalation: Escalation, facts: core.PacketFacts, score: core.Score, by: Person, at: datetime
) -> PacketVersion:

    document = core.as_json(facts, score)
    last = escalation.versions.aggregate(last=Max("number"))["last"] or 0
    return PacketVersion.objects.create(
        escalation=escalation,
        number=last + 1,
        document=json.loads(document),
        markdown=core.markdown(facts, score),
        sha256=hashlib.sha256(document.encode()).hexdigest(),
        by=by,
        at=at,
    )


def _promise(escalation: Escalation, score: core.Score, at: datetime) -> tuple[str, ...]:
    steps = {credit.id: credit.sentence for credit in score.credits if credit.to_win}
    Deferred.objects.bulk_create(
        Deferred(escalation=escalation, field=field, text=text[:200], due_at=at + DEFERRED_FOR)
        for field, text in steps.items()
    )
    return tuple(steps)


@transaction.atomic
def provide_deferred(key: str, field: str, *, by: Person) -> Deferred:
    """Say that a promised point is in the packet now; Refused while it still lacks credit."""
    require(by, Right.PACKET_EDIT)
    escalation = locked(by, key)
    promised = escalation.deferred.filter(field=field.upper(), provided_at__isnull=True).first()
    if promised is None:
        raise Refused(f"{escalation.key} has promised nothing for {field}.")
    _, score = packet(escalation)
    credit = next(credit for credit in score.credits if credit.id == promised.field)
    if credit.to_win:
        raise Refused(f"{promised.field} is not complete yet: {credit.sentence}")
    promised.provided_at = clock.now()
    promised.save(update_fields=["provided_at"])
    event = DeferredProvided(by=by.ref, subject=escalation.ref, case=escalation.case.key, field=promised.field)
    settle(escalation, event)
    return promised


@transaction.atomic
def mark_overdue(at: datetime) -> int:
    """Record each promised point whose time is over, once; those who listen alert the owner."""
    late = Deferred.objects.select_for_update().filter(
        provided_at__isnull=True, alerted_at__isnull=True, due_at__lte=at, due_at__gt=at - OVERDUE_SCAN
    )
    count = 0
    for promised in late.select_related("escalation__case"):
        promised.alerted_at = at
        promised.save(update_fields=["alerted_at"])
        escalation = promised.escalation
        record(
            DeferredOverdue(by=SYSTEM, subject=escalation.ref, case=escalation.case.key, field=promised.field), at=at
        )
        count += 1
    return count


@transaction.atomic
def answer_question(key: str, question_id: int, *, by: Person, text: str) -> Escalation:
    require(by, Right.PACKET_EDIT)
    escalation = locked(by, key)
    question = escalation.questions.filter(pk=question_id, answered_at__isnull=True).first()
    if question is None:
        raise Refused("There is no such open question.")
    question.answer = phrase(escalation.case.key, "answer", text, 4000)
    if not question.answer:
        raise Refused("Write the answer.")
    question.answered_by, question.answered_at = by, clock.now()
    question.save()
    event = QuestionAnswered(
        by=by.ref, subject=escalation.ref, case=escalation.case.key, question=question.pk, text=question.answer
    )
    return settle(escalation, event)


@transaction.atomic
def withdraw(key: str, *, by: Person, note: str) -> Escalation:
    """Take an escalation back before it is decided."""
    require(by, Right.PACKET_WITHDRAW)
    escalation = locked(by, key)
    why = phrase(escalation.case.key, "withdrawal", note, LIMIT)
    if not why:
        raise Refused("Say why the escalation is withdrawn.")
    move(escalation, "withdraw", EscalationFacts(note=why))
    event = EscalationWithdrawn(by=by.ref, subject=escalation.ref, case=escalation.case.key, note=why)
    return settle(escalation, event)
