"""The moves of a case's lifecycle, as the table in core allows them."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from sevline.cases.actions.talk import AFTER_RESOLVE, AFTER_RESOLVE_WITHIN, TELL_OF_RESOLUTION, tell_customer
from sevline.cases.actions.working import locked, locked_open, phrase, seal, settle
from sevline.cases.events import (
    CaseClosed,
    CaseReopened,
    CaseResolved,
    CaseResumed,
    CaseTaken,
    HeldInternal,
    HeldVendor,
    HoldAgreed,
    WaitingForCustomer,
)
from sevline.cases.models import Case, Handoff
from sevline.core.case import CASE
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Happening

AFTER_REOPEN = "Read why the case was opened again and answer the customer"
AFTER_REOPEN_WITHIN = timedelta(minutes=30)


@transaction.atomic
def take(case_key: str, *, by: Person, next_action: str, due: datetime, seen_version: int | None = None) -> Case:
    """Become the owner of a new case and say what happens next, by when (UTC)."""
    require(by, Right.CASE_EDIT)
    case = locked_open(by, case_key, seen_version)
    at = clock.now()
    if due <= at:
        raise Refused("The next action is due in the past. Give a time that is still to come.")
    said = phrase(case.key, "next action", next_action, 200)
    facts = replace(case.case_facts(), has_owner=True, has_next_action=bool(said))
    case.status = CASE.apply("take", case.status, facts)
    # An offer of somebody else ends with their ownership: accepted later, it would take the case from its new owner.
    Handoff.objects.filter(case=case, accepted_at=None, withdrawn_at=None).exclude(giver=by).update(withdrawn_at=at)
    before, case.owner = case.owner.name, by
    case.next_action, case.next_action_by, case.next_action_due = said, by, due
    taken = CaseTaken(by=by.ref, subject=case.ref, case=case.key, before=before, next_action=said, due=due)
    fields = ("status", "owner", "next_action", "next_action_by", "next_action_due")
    return settle(case, taken, at=at, fields=fields)


def _wait(case: Case, verb: str, waiting_for: str) -> str:
    said = phrase(case.key, "waiting for", waiting_for, 300)
    case.status = CASE.apply(verb, case.status, replace(case.case_facts(), waiting_for=said))
    return said


@transaction.atomic
def wait_for_customer(case_key: str, *, by: Person, waiting_for: str, seen_version: int | None = None) -> Case:
    """Wait for something that only the customer can give; this pauses the clocks for restore and resolve."""
    require(by, Right.CASE_WAIT)
    case = locked_open(by, case_key, seen_version)
    said = _wait(case, "wait_for_customer", waiting_for)
    happened = WaitingForCustomer(by=by.ref, subject=case.ref, case=case.key, waiting_for=said)
    return settle(case, happened, at=clock.now(), fields=("status",))


@transaction.atomic
def hold_internal(
    case_key: str,
    *,
    by: Person,
    waiting_for: str,
    customer_approved: bool = False,
    seen_version: int | None = None,
) -> Case:
    """Wait for ourselves. No clock pauses, unless the customer agreed to the hold in writing."""
    require(by, Right.CASE_WAIT)
    case = locked_open(by, case_key, seen_version)
    said = _wait(case, "hold_internal", waiting_for)
    held = HeldInternal(by=by.ref, subject=case.ref, case=case.key, waiting_for=said)
    return settle(case, held, *_agreed(case, by, said, customer_approved), at=clock.now(), fields=("status",))


@transaction.atomic
def hold_vendor(
    case_key: str,
    *,
    by: Person,
    waiting_for: str,
    customer_approved: bool = False,
    seen_version: int | None = None,
) -> Case:
    """Wait for a vendor. No clock pauses, unless the customer agreed to the hold in writing."""
    require(by, Right.CASE_WAIT)
    case = locked_open(by, case_key, seen_version)
    said = _wait(case, "hold_vendor", waiting_for)
    held = HeldVendor(by=by.ref, subject=case.ref, case=case.key, waiting_for=said)
    return settle(case, held, *_agreed(case, by, said, customer_approved), at=clock.now(), fields=("status",))


def _agreed(case: Case, by: Person, waiting_for: str, customer_approved: bool) -> tuple[Happening, ...]:
    if not customer_approved:
        return ()
    return (HoldAgreed(by=by.ref, subject=case.ref, case=case.key, waiting_for=waiting_for),)


@transaction.atomic
def resume(case_key: str, *, by: Person, seen_version: int | None = None) -> Case:
    """End a wait and work on."""
    require(by, Right.CASE_WAIT)
    case = locked_open(by, case_key, seen_version)
    before, case.status = case.status, CASE.apply("resume", case.status, case.case_facts())
    resumed = CaseResumed(by=by.ref, subject=case.ref, case=case.key, before=before)
    return settle(case, resumed, at=clock.now(), fields=("status",))


@transaction.atomic
def resolve(
    case_key: str,
    *,
    by: Person,
    code: str,
    cause: str,
    summary: str,
    closing_message: str = "",
    override_reason: str = "",
    seen_version: int | None = None,
) -> Case:
    """Resolve with a code, a cause category and a summary; refused with every reason while something is missing.

    `closing_message` is what the customer is told of it, recorded as any other message; without one, an update that
    was promised to them stays promised.
    """
    require(by, Right.CASE_RESOLVE)
    case = locked(by, case_key, seen_version)
    at = clock.now()
    facts = replace(case.case_facts(), resolution_code=code, cause_category=cause, resolution_summary=summary)
    case.status = CASE.apply("resolve", case.status, facts)
    case.resolution_code, case.cause_category = code, cause
    case.resolution_summary = seal(case.key, "resolution", summary).text
    case.resolved_at = at
    case.first_resolved_at = case.first_resolved_at or at
    case.next_action_by = case.owner
    case.next_action, case.next_action_due = _next_after_resolving(case, at)
    Handoff.objects.filter(case=case, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    resolved = CaseResolved(
        by=by.ref, subject=case.ref, case=case.key, code=code, cause=cause, summary=case.resolution_summary
    )
    fields = (
        "status", "resolution_code", "cause_category", "resolution_summary", "resolved_at", "first_resolved_at",
        "next_action", "next_action_by", "next_action_due",
    )  # fmt: skip
    settle(case, resolved, at=at, fields=fields)
    if closing_message.strip():
        tell_customer(case.key, by=by, text=closing_message, override_reason=override_reason)
        case.refresh_from_db()
    return case


def _next_after_resolving(case: Case, at: datetime) -> tuple[str, datetime]:
    if case.next_update_at is not None:
        return TELL_OF_RESOLUTION, case.next_update_at
    return AFTER_RESOLVE, at + AFTER_RESOLVE_WITHIN


@transaction.atomic
def reopen(case_key: str, *, by: Person, reason: str, seen_version: int | None = None) -> Case:
    """Open a resolved case again, with the reason; a promise to the customer stands as it stood."""
    require(by, Right.CASE_REOPEN)
    case = locked(by, case_key, seen_version)
    at = clock.now()
    said = phrase(case.key, "reopen reason", reason, 500)
    case.status = CASE.apply("reopen", case.status, replace(case.case_facts(), reopen_reason=said))
    case.resolved_at = None
    case.reopened_count += 1
    case.next_action, case.next_action_by = AFTER_REOPEN, case.owner
    case.next_action_due = at + AFTER_REOPEN_WITHIN
    reopened = CaseReopened(by=by.ref, subject=case.ref, case=case.key, reason=said)
    fields = (
        "status", "resolved_at", "reopened_count", "next_action", "next_action_by", "next_action_due",
    )  # fmt: skip
    return settle(case, reopened, at=at, fields=fields)


@transaction.atomic
def close(case_key: str, *, by: Person, seen_version: int | None = None) -> Case:
    """Close a resolved case for good."""
    require(by, Right.CASE_CLOSE)
    case = locked(by, case_key, seen_version)
    case.status = CASE.apply("close", case.status, case.case_facts())
    closed = CaseClosed(by=by.ref, subject=case.ref, case=case.key)
    return settle(case, closed, at=clock.now(), fields=("status",))
