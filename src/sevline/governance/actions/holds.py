"""Legal holds: what a case holds stays until whoever decides about retention lifts it."""

from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Code, Forbidden, Right, require, strongest
from sevline.governance.events import HoldLifted, HoldSet
from sevline.governance.models import LegalHold
from sevline.governance.selectors import RETENTION, approving_titles
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref, record

LEAST_REASON = 10


@transaction.atomic
def set_hold(case: Ref, *, by: Person, reason: str) -> LegalHold:
    """Keep everything of the case until the hold is lifted; the caller redacts the reason."""
    require(by, Right.APPROVAL_ANSWER)
    why = _allowed(by, reason)
    if LegalHold.objects.filter(case_key=case.key, lifted_at=None).exists():
        raise Refused(f"{case.key} is on hold already.")
    hold = LegalHold.objects.create(case_key=case.key, reason=why, set_by=by, set_at=clock.now())
    record(HoldSet(by=by.ref, subject=case, case=case.key, reason=why))
    return hold


@transaction.atomic
def lift_hold(case: Ref, *, by: Person, reason: str) -> LegalHold:
    """Let retention go on; what was due meanwhile goes with the next run of its job."""
    require(by, Right.APPROVAL_ANSWER)
    why = _allowed(by, reason)
    hold = LegalHold.objects.select_for_update().filter(case_key=case.key, lifted_at=None).first()
    if hold is None:
        raise Refused(f"{case.key} is not on hold.")
    hold.lifted_by, hold.lifted_at, hold.why_lifted = by, clock.now(), why
    hold.save(update_fields=["lifted_by", "lifted_at", "why_lifted"])
    record(HoldLifted(by=by.ref, subject=case, case=case.key, reason=why))
    return hold


def _allowed(by: Person, reason: str) -> str:
    if strongest(by.roles, RETENTION) not in {Code.APPROVE, Code.DECIDE}:
        raise Forbidden(f"A legal hold is set and lifted by: {approving_titles(RETENTION)} (DR-26).")
    if len(reason.strip()) < LEAST_REASON:
        raise Refused("Say in a sentence why; it stays with the case.")
    return reason.strip()
