"""Access for a limited time: asked for and approved, or taken at once on a Sev1; it ends by itself."""

from datetime import datetime, timedelta

from django.db import transaction

from sevline.core.access import MINUTES, MOST_MINUTES
from sevline.core.lifecycle import Refused
from sevline.core.rights import Code, Forbidden, Right, Role, decision_row, require, strongest
from sevline.governance.actions.approvals import request
from sevline.governance.actions.starting import page_of
from sevline.governance.events import AccessBroken, AccessEnded, AccessReviewed, AccessRevoked, AccessUsed
from sevline.governance.models import AccessGrant
from sevline.people.actions import notify_role
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import SYSTEM, Ref, record
from sevline.platform.models import Event

GRANT = "grant_production_data_access"
BREAK_GLASS = "break_glass_sev1"
LEAST_REASON = 10
TOLD = (Role.SECURITY, Role.SUPPORT_MANAGER)


@transaction.atomic
def ask_access(
    case: Ref, account: Ref, *, by: Person, person: Person, what: str, reason: str, minutes: int = MINUTES
) -> AccessGrant:
    """Ask that `person` may read what is confidential of an account, for a case. Texts are redacted by the caller."""
    require(by, Right.APPROVAL_ASK)
    _check(what, reason, minutes)
    approval = request(
        by=by,
        decision=GRANT,
        subject=Ref("access", case.key, f"Access for {case.key}"),
        case=case.key,
        asked={"what": what, "for": person.name, "account": account.label, "minutes": minutes},
        reason=reason,
    )
    return AccessGrant.objects.create(
        case_key=case.key,
        account_key=account.key,
        account_name=account.label,
        what=what,
        reason=reason,
        person=person,
        asked_by=by,
        asked_at=clock.now(),
        minutes=minutes,
        approval=approval,
    )


@transaction.atomic
def break_glass(
    case: Ref,
    account: Ref,
    *,
    by: Person,
    severity: int | None,
    what: str,
    reason: str,
    minutes: int = MINUTES,
) -> AccessGrant:
    """Take access at once on a Sev1; Security and the support manager are told in the same moment, and review it."""
    require(by, Right.APPROVAL_ASK)
    if severity != 1:
        raise Refused("Glass is broken on a Sev1 only. Ask for access instead.")
    row = decision_row(BREAK_GLASS)
    if row is None or strongest(by.roles, BREAK_GLASS) is not Code.DECIDE:
        raise Forbidden("Only a support manager, an SRE or IC and Security break glass (DR-18). Ask one of them.")
    _check(what, reason, minutes)
    now = clock.now()
    grant = AccessGrant.objects.create(
        case_key=case.key,
        account_key=account.key,
        account_name=account.label,
        what=what,
        reason=reason,
        person=by,
        asked_by=by,
        asked_at=now,
        minutes=minutes,
        starts_at=now,
        ends_at=now + timedelta(minutes=minutes),
        review_by=now + timedelta(hours=row.after_review_hours or 8),
    )
    record(
        AccessBroken(
            by=by.ref, subject=by.ref, case=case.key, grant=grant.pk, what=what, account=account.label,
            minutes=minutes, reason=reason,
        ),
        at=now,
    )  # fmt: skip
    text = f"{by.name} broke glass on {case.key}: {what}, {account.label}, {minutes} minutes. Review it."
    for role in TOLD:
        notify_role(role, f"glass:{grant.pk}", text, page_of(grant), "bad")
    return grant


@transaction.atomic
def revoke_access(grant_id: int, *, by: Person) -> AccessGrant:
    """End a grant before its time: whoever has it, asked for it, or may approve such grants."""
    require(by, Right.APPROVAL_ASK)
    grant = _locked(grant_id)
    approver = strongest(by.roles, GRANT) in {Code.APPROVE, Code.DECIDE}
    if by.pk not in {grant.person_id, grant.asked_by_id} and not approver:
        raise Forbidden("A grant is ended by whoever has it or asked for it, by a support manager or by Security.")
    now = clock.now()
    if grant.ended_at is not None or grant.ends_at is None or grant.ends_at <= now:
        raise Refused("This access is not running.")
    grant.ended_at = now
    grant.save(update_fields=["ended_at"])
    record(AccessRevoked(by=by.ref, subject=grant.person.ref, case=grant.case_key, grant=grant.pk), at=now)
    return grant


@transaction.atomic
def review_access(grant_id: int, *, by: Person, finding: str) -> AccessGrant:
    """Say what came of looking at a broken glass, by somebody else than who broke it; the caller redacts `finding`."""
    require(by, Right.APPROVAL_ANSWER)
    grant = _locked(grant_id)
    if grant.review_by is None:
        raise Refused("Only a broken glass is reviewed.")
    if grant.reviewed_at is not None:
        raise Refused("It was reviewed already.")
    if grant.person_id == by.pk:
        raise Forbidden("Whoever broke the glass does not review it. Somebody else has to.")
    if strongest(by.roles, GRANT) not in {Code.APPROVE, Code.DECIDE}:
        raise Forbidden("A broken glass is reviewed by a support manager or by Security.")
    if len(finding.strip()) < LEAST_REASON:
        raise Refused("Say in a sentence what you looked at and whether the access was needed.")
    grant.reviewed_by, grant.reviewed_at, grant.finding = by, clock.now(), finding.strip()
    grant.save(update_fields=["reviewed_by", "reviewed_at", "finding"])
    record(AccessReviewed(by=by.ref, subject=grant.person.ref, case=grant.case_key, grant=grant.pk, finding=finding))
    return grant


@transaction.atomic
def note_used(grant: AccessGrant, *, by: Person, fields: int) -> None:
    """Keep that what the grant opened was looked at; once within an hour."""
    require(by, Right.CUSTOMERS_VIEW)
    now = clock.now()
    seen = Event.objects.filter(kind=AccessUsed.kind, actor_key=by.ref.key, at__gt=now - timedelta(hours=1))
    if not any(event.data["grant"] == grant.pk for event in seen):
        record(AccessUsed(by=by.ref, subject=by.ref, case=grant.case_key, grant=grant.pk, fields=fields), at=now)


@transaction.atomic
def end_over(at: datetime) -> int:
    """Note every grant whose time is over; answers how many. Nothing waits for it: a late one opens nothing anyway."""
    over = list(
        AccessGrant.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(ends_at__lte=at, ended_at__isnull=True)
    )
    for grant in over:
        grant.ended_at = grant.ends_at
        grant.save(update_fields=["ended_at"])
        ended = AccessEnded(by=SYSTEM, subject=grant.person.ref, case=grant.case_key, grant=grant.pk)
        record(ended, at=grant.ends_at)
    return len(over)


def _check(what: str, reason: str, minutes: int) -> None:
    if not what.strip():
        raise Refused("Say what has to be read.")
    if len(reason.strip()) < LEAST_REASON:
        raise Refused("Say in a sentence why the access is needed; whoever approves reads it.")
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(f"Access lasts from 1 minute to {MOST_MINUTES // 60} hours.")


def _locked(grant_id: int) -> AccessGrant:
    found = AccessGrant.objects.select_for_update(of=("self",)).select_related("person")
    grant = found.filter(pk=grant_id).first()
    if grant is None:
        raise Refused("There is no such access.")
    return grant
