"""Approvals: asked by one person, decided by another, used once."""

from datetime import timedelta

from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.governance.models import Approval, ApprovalState
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref

OPEN_FOR = timedelta(days=3)


def request(*, by: Person, decision: str, subject: Ref, case: str, asked: dict[str, object], reason: str) -> Approval:
    """Ask for a decision that one's own roles do not carry; in the caller's transaction."""
    require(by, Right.SEVERITY_RECOMMEND)
    now = clock.now()
    return Approval.objects.create(
        decision=decision,
        subject_kind=subject.kind,
        subject_key=subject.key,
        subject_label=subject.label[:200],
        case_key=case,
        asked=asked,
        reason=reason,
        requested_by=by,
        requested_at=now,
        expires_at=now + OPEN_FOR,
    )


@transaction.atomic
def use(approval_id: int, *, by: Person) -> Approval:
    """Take an approval for what it was given for; it works once and not after it expired."""
    require(by, Right.CASE_EDIT)
    approval = Approval.objects.select_for_update().filter(pk=approval_id).first()
    if approval is None or approval.state != ApprovalState.APPROVED:
        raise Refused("There is no approval to use.")
    if approval.expires_at < clock.now():
        raise Refused("The approval has expired; ask again.")
    approval.state = ApprovalState.USED
    approval.save(update_fields=["state"])
    return approval
