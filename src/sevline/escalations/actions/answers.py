"""Engineering's side: acknowledge, decide with a coded reason, act, ask."""

from datetime import datetime

from django.db import transaction

from sevline.cases import actions as cases
from sevline.cases.actions.working import phrase
from sevline.core.escalation import EscalationFacts, EscalationStatus
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.escalations.actions.packets import FIELDS
from sevline.escalations.actions.working import keep_first_decision, locked_to_answer, move, settle
from sevline.escalations.actions.working import note as said
from sevline.escalations.events import (
    ChangesRequested,
    DuplicateNamed,
    EscalationAccepted,
    EscalationAcceptedActing,
    EscalationAcknowledged,
    EscalationActed,
    EscalationHandedOver,
    EscalationRejected,
    QuestionAsked,
)
from sevline.escalations.models import Escalation, Question
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.platform.events import Happening

NOT_SENT = frozenset({EscalationStatus.DRAFTED, EscalationStatus.WITHDRAWN})


def _note(escalation: Escalation, text: str) -> str:
    return said(escalation, "engineering's answer", text)


def _acknowledged(escalation: Escalation, by: Person, at: datetime) -> None:
    """Any first answer acknowledges too."""
    if escalation.acknowledged_at is None:
        escalation.acknowledged_at, escalation.acknowledged_by = at, by


def _decided(escalation: Escalation, event: Happening, by: Person) -> Escalation:
    """Keep the answer; the first that counts stays the first decision."""
    _acknowledged(escalation, by, clock.now())
    escalation.decided_by = by
    return keep_first_decision(settle(escalation, event))


@transaction.atomic
def acknowledge(key: str, *, by: Person) -> Escalation:
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    move(escalation, "acknowledge", EscalationFacts())
    _acknowledged(escalation, by, clock.now())
    event = EscalationAcknowledged(by=by.ref, subject=escalation.ref, case=escalation.case.key)
    return settle(escalation, event)


@transaction.atomic
def accept(key: str, *, by: Person, note: str = "") -> Escalation:
    """Engineering takes the packet as it is."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    move(escalation, "accept", EscalationFacts())
    escalation.decision_note = _note(escalation, note)
    event = EscalationAccepted(
        by=by.ref, subject=escalation.ref, case=escalation.case.key, note=escalation.decision_note
    )
    return _decided(escalation, event, by)


@transaction.atomic
def accept_acting(key: str, *, by: Person, action_code: str, note: str = "") -> Escalation:
    """Engineering takes the packet and says what it has started."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    move(escalation, "accept_acting", EscalationFacts(action_code=action_code))
    _acts(escalation, action_code)
    escalation.decision_note = _note(escalation, note)
    event = EscalationAcceptedActing(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        action_code=action_code,
        note=escalation.decision_note,
    )
    return _decided(escalation, event, by)


def _acts(escalation: Escalation, action_code: str) -> None:
    if escalation.acted_at is None:
        escalation.acted_at, escalation.action_code = clock.now(), action_code


@transaction.atomic
def act(key: str, *, by: Person, action_code: str, note: str = "") -> Escalation:
    """Say what was started on an accepted escalation; a question alone is no action."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    move(escalation, "act", EscalationFacts(action_code=action_code))
    words = _note(escalation, note)
    _acts(escalation, action_code)
    event = EscalationActed(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        action_code=action_code,
        note=words,
    )
    return settle(escalation, event)


@transaction.atomic
def request_changes(key: str, *, by: Person, reason_code: str, note: str, asks_for: tuple[str, ...] = ()) -> Escalation:
    """Return the packet with a coded reason; `asks_for` are the packet fields that are missing."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    fields = tuple(field.strip().upper() for field in asks_for if field.strip())
    if strange := set(fields) - FIELDS:
        raise Refused(f"The packet has no field “{min(strange)[:20]}”.")
    text = _note(escalation, note)
    move(escalation, "request_changes", EscalationFacts(reason_code=reason_code, note=text))
    escalation.reason_code, escalation.decision_note = reason_code, text
    event = ChangesRequested(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        reason_code=reason_code,
        note=text,
        asks_for=fields,
    )
    return _decided(escalation, event, by)


@transaction.atomic
def reject(key: str, *, by: Person, reason_code: str, note: str) -> Escalation:
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    text = _note(escalation, note)
    move(escalation, "reject", EscalationFacts(reason_code=reason_code, note=text))
    escalation.reason_code, escalation.decision_note = reason_code, text
    event = EscalationRejected(
        by=by.ref, subject=escalation.ref, case=escalation.case.key, reason_code=reason_code, note=text
    )
    return _decided(escalation, event, by)


@transaction.atomic
def name_duplicate(key: str, *, by: Person, duplicate_of: str, note: str = "") -> Escalation:
    """Say which known error or escalation this one repeats."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    original = phrase(escalation.case.key, "duplicate of", duplicate_of, 60)
    move(escalation, "duplicate", EscalationFacts(reason_code="R06", duplicate_of=original))
    escalation.reason_code, escalation.duplicate_of = "R06", original
    escalation.decision_note = _note(escalation, note)
    event = DuplicateNamed(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        reason_code="R06",
        duplicate_of=original,
        note=escalation.decision_note,
    )
    return _decided(escalation, event, by)


@transaction.atomic
def hand_over(key: str, *, by: Person, team_key: str, note: str = "") -> Escalation:
    """Give the escalation to another engineering team; that decides nothing until they answer."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    team = Team.objects.filter(key=team_key, is_engineering=True).exclude(pk=escalation.team_id).first()
    if team is None:
        raise Refused("Name another engineering team.")
    move(escalation, "hand_over", EscalationFacts(reason_code="R04", to_team=team.name))
    escalation.team = team
    _acknowledged(escalation, by, clock.now())
    cases.note_shown_to(escalation.case_id, team, actor=by.ref, why=f"{escalation.key} was handed over")
    event = EscalationHandedOver(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        reason_code="R04",
        team=team.name,
        note=_note(escalation, note),
    )
    return settle(escalation, event)


@transaction.atomic
def ask(key: str, *, by: Person, text: str, is_blocking: bool = False) -> Question:
    """Ask Support one thing; this is neither a decision nor an action."""
    require(by, Right.ESCALATION_ANSWER)
    escalation = locked_to_answer(by, key)
    if escalation.status in NOT_SENT:
        raise Refused(f"{escalation.key} is {escalation.status}: there is nobody to ask.")
    words = _note(escalation, text)
    if not words:
        raise Refused("Write the question.")
    question = Question.objects.create(
        escalation=escalation, text=words, is_blocking=is_blocking, asked_by=by, asked_at=clock.now()
    )
    event = QuestionAsked(
        by=by.ref,
        subject=escalation.ref,
        case=escalation.case.key,
        question=question.pk,
        text=words,
        is_blocking=is_blocking,
    )
    settle(escalation, event)
    return question
