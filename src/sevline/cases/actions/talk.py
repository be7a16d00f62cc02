"""What is said on a case: notes among ourselves, what the customer was told, what the customer wrote."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from sevline.cases.actions.outbound import passed, set_aside
from sevline.cases.actions.working import (
    desk_names,
    keep_facts,
    locked,
    locked_open,
    locked_to_tell,
    required,
    seal,
    settle,
)
from sevline.cases.events import CaseResumed, CustomerTold, CustomerWrote, NoteAdded, NoteMadePublic
from sevline.cases.models import Case, Message, MessageKind
from sevline.core.case import CASE, CaseStatus
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.people.models import Person
from sevline.platform import clock

#: Within this time the same words again, with nothing said between, are the form that was gone back to.
SAME_WORDS = timedelta(hours=1)
AFTER_RESOLVE = "Close the case when the customer agrees, or open it again"
AFTER_RESOLVE_WITHIN = timedelta(days=7)
TELL_OF_RESOLUTION = "Tell the customer how the case was resolved: they were promised an update"


def _say(case: Case, by: Person, kind: MessageKind, text: str, at: datetime) -> Message:
    said = seal(case.key, kind.value, required(text, "Write something first."), people=desk_names(kind, by))
    message = Message.objects.create(
        case=case,
        kind=kind,
        text=said.text,
        sealed_id=said.sealed_id,
        counts=said.counts,
        author=by,
        at=at,
    )
    keep_facts(case, message)
    return message


def _check_new(case: Case, message: Message) -> None:
    """Refuse what its author just wrote: a page that was gone back to has another token and the same text. The same
    words to a customer with another promise are another message."""
    before = Message.objects.filter(case=case).exclude(pk=message.pk).order_by("-at", "-id").first()
    if before is None or _told(before) != _told(message) or message.at - before.at >= SAME_WORDS:
        return
    what = "note" if message.kind == MessageKind.INTERNAL else "message"
    raise Refused(
        f"This {what} stands on the case already: you wrote it at {before.at.astimezone(UTC):%H:%M} UTC, and nothing "
        "was said since. Change it if you mean another one."
    )


def _told(message: Message) -> tuple[object, ...]:
    means = message.is_meaningful, message.explains_severity, message.next_update_at
    return message.kind, message.author_id, message.text, *means


@transaction.atomic
def add_note(case_key: str, *, by: Person, text: str) -> Message:
    """Write a note that the customer never sees. A resolved case can still be noted on."""
    require(by, Right.CASE_NOTE)
    case = locked(by, case_key)
    message = _say(case, by, MessageKind.INTERNAL, text, clock.now())
    _check_new(case, message)
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
    override_reason: str = "",
    from_note: int | None = None,
    is_template: bool = False,
) -> Message:
    """Record what the customer was told, and when they hear from us next (UTC); the outbound lint clears it first.

    A resolved case takes it too: that is how a customer who was promised an update hears that it is over.

    `is_meaningful`: it gives a finding, a workaround, a question or a plan, so it counts as the first response.
    `explains_severity`: it says why the assessed severity is not the one that the customer gave.
    `override_reason`: why it goes out although rules object that the author may set aside.
    `from_note`: the internal note that it makes visible; `is_template`: a table of ours wrote it, not a person.
    """
    require(by, Right.CASE_REPLY)
    case = locked_to_tell(by, case_key)
    at = clock.now()
    if next_update_at is not None and next_update_at <= at:
        raise Refused("The next update is promised for a time that is over. Give one that is still to come.")
    if next_update_at is None and case.severity in {1, 2} and case.is_open:
        raise Refused(
            f"Fill in when the customer hears from us next: every message on a Sev{case.severity} promises that time."
        )
    note = _note_of(case, from_note) if from_note is not None else None
    text = required(text, "Write something first.")
    through = passed(case, by, text, next_update_at=next_update_at, reason=override_reason, is_template=is_template)
    message = _say(case, by, MessageKind.PUBLIC, text, at)
    message.is_meaningful, message.explains_severity = is_meaningful, explains_severity
    message.next_update_at = case.next_update_at = next_update_at
    _check_new(case, message)
    message.from_note = note
    aside = set_aside(case, by, message, through, override_reason)
    message.save(update_fields=["is_meaningful", "explains_severity", "next_update_at", "from_note", "lint"])
    told = CustomerTold(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        message=message.pk,
        is_meaningful=is_meaningful,
        next_update_at=next_update_at,
        explains_severity=explains_severity,
    )
    if case.next_action == TELL_OF_RESOLUTION:
        case.next_action, case.next_action_due = AFTER_RESOLVE, at + AFTER_RESOLVE_WITHIN
    fields = ("next_update_at", "next_action", "next_action_due")
    settle(case, told, *_beside(case, by, message), *aside, at=at, fields=fields)
    return message


def _note_of(case: Case, note: int) -> Message:
    """The internal note of this case; what the customer has already is not made public again."""
    found = Message.objects.filter(case=case, kind=MessageKind.INTERNAL, pk=note).first()
    if found is None:
        raise Refused("There is no such internal note on this case.")
    if Message.objects.filter(from_note=found).exists():
        raise Refused("This note was made visible to the customer already.")
    return found


def _beside(case: Case, by: Person, message: Message) -> list[NoteMadePublic]:
    if message.from_note_id is None:
        return []
    return [NoteMadePublic(by=by.ref, subject=case.ref, case=case.key, note=message.from_note_id, told=message.pk)]


@transaction.atomic
def customer_replied(case_key: str, *, by: Person, text: str) -> Message:
    """Record what the customer wrote. It ends the wait for the customer."""
    require(by, Right.CASE_NOTE)
    case = locked_open(by, case_key)
    message = _say(case, by, MessageKind.CUSTOMER, text, clock.now())
    happened: list[CustomerWrote | CaseResumed] = [
        CustomerWrote(by=by.ref, subject=case.ref, case=case.key, message=message.pk)
    ]
    if case.status == CaseStatus.PENDING_CUSTOMER:
        before = case.status
        case.status = CASE.apply("resume", case.status, case.case_facts())
        happened.append(CaseResumed(by=by.ref, subject=case.ref, case=case.key, before=before))
    settle(case, *happened, at=message.at, fields=("status",))
    return message
