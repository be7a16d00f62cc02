"""Where an approval of access leads: the grant begins with the answer."""

from datetime import timedelta

from sevline.core.rights import Forbidden, Right, require
from sevline.governance.events import AccessGranted
from sevline.governance.models import AccessGrant, Approval, ApprovalState
from sevline.people.actions import notify
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record


def start_access(approval: Approval, *, by: Person) -> AccessGrant | None:
    """The grant that an approval just opened begins now; runs in the transaction of the answer."""
    require(by, Right.APPROVAL_ANSWER)
    grant = AccessGrant.objects.select_for_update().select_related("person").filter(approval=approval).first()
    if grant is None:
        return None
    if grant.person_id == by.pk:
        raise Forbidden("Nobody approves access for themselves. Another approver has to.")
    now = clock.now()
    grant.starts_at, grant.ends_at = now, now + timedelta(minutes=grant.minutes)
    grant.save(update_fields=["starts_at", "ends_at"])
    approval.state = ApprovalState.USED
    approval.save(update_fields=["state"])
    record(
        AccessGranted(
            by=by.ref, subject=grant.person.ref, case=grant.case_key, grant=grant.pk, what=grant.what,
            account=grant.account_name, minutes=grant.minutes, ends_at=grant.ends_at,
        ),
        at=now,
    )  # fmt: skip
    text = (
        f"You may read what is confidential of {grant.account_name} for {grant.minutes} minutes, for {grant.case_key}."
    )
    notify(grant.person, f"access:{grant.pk}", text, page_of(grant), "ok")
    return grant


def page_of(grant: AccessGrant) -> str:
    return f"/cases/{grant.case_key}/access"
