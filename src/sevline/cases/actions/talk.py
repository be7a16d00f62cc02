"""What is said on a case: notes among ourselves, what the customer was told, what the customer wrote."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from sevline.cases.actions.working import keep_facts, locked, locked_open, required, seal, settle
from sevline.cases.events import CaseResumed, CustomerTold, CustomerWrote, NoteAdded
from sevline.cases.models import Case, Message, MessageKind
from sevline.core.case import CASE, CaseStatus
from sevline.core.lifecycle import Refused
from sevline.core.packet import guesses
from sevline.core.rights import Right, require
from sevline.people.models import Person
from sevline.platform import clock

CauseCheck = Callable[[Case], bool]
_CONFIRMED: list[CauseCheck] = []


def ask_whether_confirmed(check: CauseCheck) -> None:
    """Teach how to tell whether the cause of a case is confirmed; called once when the room that knows it starts."""
    _CONFIRMED.append(check)


def _claims_no_cause(case: Case, text: str) -> None:
    """Refused where the customer would read a cause as fact that nobody confirmed (L09)."""
    if any(is_confirmed(case) for is_confirmed in _CONFIRMED):
        return
    claim = next((guess for guess in guesses(text) if guess.code == "L09"), None)
    if claim is not None:
        raise Refused(
            f"“{claim.phrase}” states a cause as a fact (L09), and no cause of this case is confirmed. Say what was "
            "observed or that the cause is still being confirmed, or record the confirmed cause first."
        )


def _said(case: Case, token: str) -> Message | None:
    """What the same form said when it came the first time."""
    return Message.objects.filter(case=case, token=token).first() if token else None


def _say(case: Case, by: Person, kind: MessageKind, text: str, at: datetime, token: str) -> Message:
    said = seal(case.key, kind.value, required(text, "Write something first."))
    message = Message.objects.create(
        case=case,
        kind=kind,
        text=said.text,
        sealed_id=said.sealed_id,
        counts=said.counts,
        author=by,
        at=at,
        token=token or None,
    )
    keep_facts(case, message)
    return message


@transaction.atomic
def add_note(case_key: str, *, by: Person, text: str, token: str = "") -> Message:
    """Write a note that the customer never sees. A resolved case can still be noted on."""
    require(by, Right.CASE_NOTE)
    case = locked(by, case_key)
    if (already := _said(case, token)) is not None:
        return already
    message = _say(case, by, MessageKind.INTERNAL, text, clock.now(), token)
    settle(case, NoteAdded(by=by.ref, subject=case.ref, case=case.key, message=message.pk), at=message.at)
    return message


@transaction.atomic
def tell_customer(
    case_key: str,
    *,
    by: Person,
    text: str,
    next_update_at: datetime | None = None,
    is_meaningful: bool = True,
    explains_severity: bool = False,
    token: str = "",
) -> Message:
    """Record what the customer was told, and when they hear from us next (UTC).

    `is_meaningful`: it gives a finding, a workaround, a question or a plan, so it counts as the first response.
    `explains_severity`: it says why the assessed severity is not the one that the customer gave.
    """
    require(by, Right.CASE_REPLY)
    case = locked_open(by, case_key)
    if (already := _said(case, token)) is not None:
        return already
    at = clock.now()
    if next_update_at is not None and next_update_at <= at:
        raise Refused("The next update is promised for a time that is over. Give one that is still to come.")
    if next_update_at is None and case.severity in {1, 2}:
        raise Refused(f"Say when the customer hears from us next: a Sev{case.severity} goes without no time.")
    _claims_no_cause(case, text)
    message = _say(case, by, MessageKind.PUBLIC, text, at, token)
    message.is_meaningful, message.explains_severity = is_meaningful, explains_severity
    message.next_update_at = case.next_update_at = next_update_at
    message.save(update_fields=["is_meaningful", "explains_severity", "next_update_at"])
    told = CustomerTold(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        message=message.pk,
        is_meaningful=is_meaningful,
        next_update_at=next_update_at,
        explains_severity=explains_severity,
    )
    settle(case, told, at=at, fields=("next_update_at",))
    return message


@transaction.atomic
def customer_replied(case_key: str, *, by: Person, text: str, token: str = "") -> Message:
    """Record what the customer wrote. It ends the wait for the customer."""
    require(by, Right.CASE_NOTE)
    case = locked_open(by, case_key)
    if (already := _said(case, token)) is not None:
        return already
    message = _say(case, by, MessageKind.CUSTOMER, text, clock.now(), token)
    happened: list[CustomerWrote | CaseResumed] = [
        CustomerWrote(by=by.ref, subject=case.ref, case=case.key, message=message.pk)
    ]
    if case.status == CaseStatus.PENDING_CUSTOMER:
        before = case.status
        case.status = CASE.apply("resume", case.status, case.case_facts())
        happened.append(CaseResumed(by=by.ref, subject=case.ref, case=case.key, before=before))
    settle(case, *happened, at=message.at, fields=("status",))
    return message
