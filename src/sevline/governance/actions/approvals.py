"""Approvals: asked for under a row of the decision rights, answered by somebody else, used once, gone in time."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Code, DecisionRow, Forbidden, Right, decision_row, require, strongest
from sevline.governance.actions.starting import start_access
from sevline.governance.events import (
    ApprovalAnswered,
    ApprovalAsked,
    ApprovalAssented,
    ApprovalExpired,
    ApprovalUsed,
    AuditExported,
)
from sevline.governance.models import Approval, ApprovalState, Assent
from sevline.governance.selectors import TrailFilter, approving_roles, approving_titles, trail, who_may_ask, words_for
from sevline.people.actions import notify, notify_role
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import SYSTEM, Ref, record

if TYPE_CHECKING:
    from sevline.core.redaction import Redactor

ANSWER_HOURS = 24
USE_HOURS = 24
_MAY_ASK = frozenset({Code.DECIDE, Code.APPROVE, Code.RECOMMEND})
# Whoever recommends a severity and is refused a lower one has the request written at once.
_ASKED_UNDER = {"lower_severity_from_1_or_2": "recommend_severity"}
MAY_APPROVE = frozenset({Code.DECIDE, Code.APPROVE})


@transaction.atomic
def request(
    *,
    by: Person,
    decision: str,
    subject: Ref,
    case: str = "",
    asked: Mapping[str, Any],
    reason: str,
    hours: int = ANSWER_HOURS,
) -> Approval:
    """Ask for an approval under a row of the decision rights, given by id or key.

    `asked` is what would be done, as JSON; texts in it and `reason` are redacted by the caller. `subject` is shown to
    every approver, so its label tells nothing that only the case's own people may read. Raises Forbidden when the
    row lets none of the person's roles ask, Refused when it cannot be answered here.
    """
    require(by, Right.APPROVAL_ASK)
    row = _row(decision)
    if not _MAY_ASK & {strongest(by.roles, row.key), strongest(by.roles, _ASKED_UNDER.get(row.key, ""))}:
        may = who_may_ask(row.key)
        raise Forbidden(f"Your roles do not let you ask for: {words_for(row.key)} ({row.id}). {may} may.")
    roles = approving_roles(row.key)
    if not roles:
        raise Refused(f"{row.id} is decided by the council; it cannot be decided in Sevline.")
    if not reason.strip():
        raise Refused("Say why; whoever approves reads it.")
    now = clock.now()
    approval = Approval.objects.create(
        decision=row.key,
        subject_kind=subject.kind,
        subject_key=subject.key,
        subject_label=subject.label[:200],
        case_key=case,
        asked=dict(asked),
        reason=reason.strip(),
        requested_by=by,
        requested_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    record(
        ApprovalAsked(by=by.ref, subject=subject, case=case, approval=approval.pk, decision=row.id, reason=reason),
        at=now,
    )
    text = f"{by.name} asks for approval: {words_for(row.key)}, {subject.key}."
    for role in roles:
        notify_role(role, f"approval:{approval.pk}", text, _page(approval), "accent", without=by)
    return approval


@transaction.atomic
def answer(approval_id: int, *, by: Person, approve: bool, answer: str = "") -> Approval:
    """Approve or refuse what somebody else asked for; a refusal says why. An approval can be used for USE_HOURS.

    Under a row with a quorum the request stays open until that many different people approved; one refusal ends it.
    """
    require(by, Right.APPROVAL_ANSWER)
    approval = _locked(approval_id)
    row = _row(approval.decision)
    now = clock.now()
    _check_answer(approval, row, by, now, refusal=None if approve else answer)
    if approve and (lacking := _assent(approval, by, row, now)):
        return _wait_for_others(approval, by, row, lacking, now)
    approval.state = ApprovalState.APPROVED if approve else ApprovalState.REFUSED
    approval.decided_by, approval.decided_at = by, now
    approval.answer = redacted(answer.strip())
    if approve:
        approval.expires_at = now + timedelta(hours=USE_HOURS)
    approval.save()
    happened = ApprovalAnswered(
        by=by.ref,
        subject=_subject(approval),
        case=approval.case_key,
        approval=approval.pk,
        decision=row.id,
        approved=approve,
        answer=approval.answer,
    )
    record(happened, at=now)
    if approve:
        start_access(approval, by=by)
    said = "approved" if approve else "refused"
    text = f"{by.name} {said} your request: {words_for(row.key)}, {approval.subject_key}."
    notify(approval.requested_by, f"approval:{approval.pk}:answer", text, _page(approval), "ok" if approve else "warn")
    return approval


def _check_answer(approval: Approval, row: DecisionRow, by: Person, now: datetime, *, refusal: str | None) -> None:
    """Forbidden to whoever may not answer it; Refused when it is not open or lacks something. None is a yes."""
    if approval.requested_by_id == by.pk:
        raise Forbidden("Nobody answers their own request. Another approver has to.")
    if strongest(by.roles, row.key) not in MAY_APPROVE:
        raise Forbidden(f"{words_for(row.key)} ({row.id}) is approved by: {approving_titles(row.key)}.")
    _still(approval, ApprovalState.PENDING, now)
    missing = [need for need in row.needs if not str(approval.asked.get(need, "")).strip()]
    if refusal is None and missing:
        raise Refused(f"This request lacks what {row.id} needs: {', '.join(missing).replace('_', ' ')}.")
    if refusal is not None and not refusal.strip():
        raise Refused("Say why you refuse; the person who asked reads it.")


def _assent(approval: Approval, by: Person, row: DecisionRow, now: datetime) -> int:
    """Keep one approver's yes; answers how many more the row asks for."""
    if Assent.objects.filter(approval=approval, by=by).exists():
        raise Refused(f"You approved this already. {row.id} takes {row.quorum} different people.")
    Assent.objects.create(approval=approval, by=by, at=now)
    return row.quorum - Assent.objects.filter(approval=approval).count()


def _wait_for_others(approval: Approval, by: Person, row: DecisionRow, lacking: int, now: datetime) -> Approval:
    happened = ApprovalAssented(
        by=by.ref,
        subject=_subject(approval),
        case=approval.case_key,
        approval=approval.pk,
        decision=row.id,
        lacking=lacking,
    )
    record(happened, at=now)
    text = f"{by.name} approved your request; {lacking} more must: {words_for(row.key)}, {approval.subject_key}."
    notify(approval.requested_by, f"approval:{approval.pk}:assent:{by.pk}", text, _page(approval), "accent")
    return approval


@transaction.atomic
def use(approval_id: int, *, by: Person) -> Approval:
    """Use an approval up, in the transaction of what was approved.

    Forbidden when the approver would also carry it out; Refused when it is not approved, was used, or has expired.
    The caller compares `decision`, `subject_key` and `asked` with what it is about to do.
    """
    require(by, Right.APPROVAL_ASK)
    approval = _locked(approval_id)
    now = clock.now()
    if approval.decided_by_id == by.pk or Assent.objects.filter(approval=approval, by=by).exists():
        raise Forbidden("Whoever approved it does not carry it out too. Somebody else has to.")
    _still(approval, ApprovalState.APPROVED, now)
    approval.state = ApprovalState.USED
    approval.save(update_fields=["state"])
    row = _row(approval.decision)
    happened = ApprovalUsed(
        by=by.ref, subject=_subject(approval), case=approval.case_key, approval=approval.pk, decision=row.id
    )
    record(happened, at=now)
    return approval


@transaction.atomic
def expire(at: datetime) -> int:
    """Note every approval whose time ran out; answers how many. Nothing waits for it: a late one is refused anyway."""
    late = Approval.objects.select_for_update().filter(
        state__in=[ApprovalState.PENDING, ApprovalState.APPROVED], expires_at__lte=at
    )
    gone = list(late)
    for approval in gone:
        was, approval.state = approval.state, ApprovalState.EXPIRED
        approval.save(update_fields=["state"])
        happened = ApprovalExpired(
            by=SYSTEM,
            subject=_subject(approval),
            case=approval.case_key,
            approval=approval.pk,
            decision=_row(approval.decision).id,
            was=was,
        )
        record(happened, at=approval.expires_at)
        text = f"Your request ran out: {words_for(approval.decision)}, {approval.subject_key}. Ask again if need be."
        notify(approval.requested_by, f"approval:{approval.pk}:expired", text, _page(approval), "warn")
    return len(gone)


@transaction.atomic
def export_trail(chosen: TrailFilter, *, by: Person, form: str) -> int:
    """Note that somebody takes the chosen part of the trail out as csv or json; answers the last row it may hold."""
    require(by, Right.AUDIT_EXPORT)
    if form not in {"csv", "json"}:
        raise Refused("The trail is exported as csv or json.")
    rows = trail(by, chosen)
    through, count = rows.values_list("seq", flat=True).first() or 0, rows.count()
    subject = Ref("audit", "trail", "Audit trail")
    record(AuditExported(by=by.ref, subject=subject, form=form, through=through, rows=count, chosen=chosen.told()))
    return through


def redacted(text: str) -> str:
    """What a person types here, without secrets and personal values; the original is kept nowhere."""
    return _redactor().text(text).text if text else ""


@cache
def _redactor() -> "Redactor":
    from sevline.core.redaction import Redactor

    return Redactor(hmac.new(settings.MASTER_KEY, b"sevline governance texts", hashlib.sha256).digest())


def _row(decision: str) -> DecisionRow:
    row = decision_row(decision)
    if row is None:
        raise Forbidden(f"“{decision}” is not in the decision rights, so nobody may do it.")
    return row


def _locked(approval_id: int) -> Approval:
    found = Approval.objects.select_for_update(of=("self",)).select_related("requested_by", "decided_by")
    approval = found.filter(pk=approval_id).first()
    if approval is None:
        raise Refused(f"There is no approval number {approval_id}.")
    return approval


def _still(approval: Approval, wanted: ApprovalState, now: datetime) -> None:
    """Refused, in words, unless the approval is in this state and its time has not run out."""
    if approval.state == wanted and approval.expires_at > now:
        return
    if approval.state in {ApprovalState.EXPIRED, wanted}:
        raise Refused(f"Approval {approval.pk} expired on {approval.expires_at:%d %B %Y, %H:%M} UTC. Ask again.")
    raise Refused(_NOT[ApprovalState(approval.state)].format(number=approval.pk))


_NOT = {
    ApprovalState.PENDING: "Approval {number} was not answered yet.",
    ApprovalState.APPROVED: "Approval {number} was given already.",
    ApprovalState.REFUSED: "Approval {number} was refused.",
    ApprovalState.USED: "Approval {number} was used already; it works once.",
    ApprovalState.EXPIRED: "Approval {number} has expired.",
}


def _subject(approval: Approval) -> Ref:
    return Ref(approval.subject_kind, approval.subject_key, approval.subject_label)


def _page(approval: Approval) -> str:
    return f"/governance/approvals/{approval.pk}"
