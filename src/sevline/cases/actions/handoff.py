"""Ownership moves when the receiver accepts, not before; and who else may see a case."""

from datetime import datetime, timedelta

from django.db import transaction

from sevline.cases.actions.working import locked, locked_open, phrase, required, settle, show_to
from sevline.cases.events import CaseShared, HandoffAccepted, HandoffOffered, HandoffOverdue, HandoffWithdrawn
from sevline.cases.models import Case, Handoff
from sevline.core.calendar import CALENDARS, business_seconds
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, Role, holds, require
from sevline.people.actions.notices import notify
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.platform.events import SYSTEM

ACCEPT_WITHIN = timedelta(minutes=30)  # Sev1 and Sev2, on the wall clock
ACCEPT_WITHIN_HOURS = 4  # Sev3, Sev4 and not rated, business hours


@transaction.atomic
def offer_handoff(case_key: str, *, by: Person, receiver: Person, summary: str) -> Handoff:
    """Offer the case to somebody with a summary; the owner stays owner until it is accepted."""
    require(by, Right.CASE_HANDOFF)
    case = locked_open(by, case_key)
    summary = required(summary, "Say in a sentence or two where the case stands.")
    if case.owner_id != by.pk and not holds(by, Right.CASE_ASSIGN):
        raise Forbidden("Only the owner offers a case, or somebody who may give cases to other people.")
    if receiver.pk == case.owner_id:
        raise Refused(f"{receiver.name} owns this case already.")
    if not holds(receiver, Right.CASE_HANDOFF):
        raise Refused(f"{receiver.name} cannot own cases. Choose somebody who can.")
    if not Case.objects.visible_to(receiver).filter(pk=case.pk).exists():
        raise Refused(f"{receiver.name} cannot see this case. Show it to their team first.")
    if Handoff.objects.filter(case=case, accepted_at=None, withdrawn_at=None).exists():
        raise Refused("The case is offered to somebody already. Withdraw that offer first.")
    at = clock.now()
    said = phrase(case.key, "hand-off", summary, 1000)
    handoff = Handoff.objects.create(case=case, giver=case.owner, receiver=receiver, summary=said, offered_at=at)
    offered = HandoffOffered(
        by=by.ref, subject=case.ref, case=case.key, handoff=handoff.pk, receiver=receiver.name, summary=said
    )
    settle(case, offered, at=at)
    notify(receiver, f"handoff:{handoff.pk}", f"{by.name} offers you {case.key}.", case.page, "accent")
    return handoff


def _waiting(case: Case) -> Handoff:
    handoff = Handoff.objects.select_for_update().filter(case=case, accepted_at=None, withdrawn_at=None).first()
    if handoff is None:
        raise Refused("There is no open offer of this case.")
    return handoff


@transaction.atomic
def accept_handoff(case_key: str, *, by: Person) -> Case:
    """Become the owner of a case that was offered to you; the next action is yours too."""
    require(by, Right.CASE_HANDOFF)
    case = locked_open(by, case_key)
    handoff = _waiting(case)
    if handoff.receiver_id != by.pk:
        raise Forbidden("Only the person to whom the case was offered accepts it.")
    if handoff.giver_id != case.owner_id:
        raise Refused(
            f"{handoff.giver.name} offered the case, but {case.owner.name} owns it now. Ask {case.owner.name} for it."
        )
    at = clock.now()
    handoff.accepted_at = at
    handoff.save(update_fields=["accepted_at"])
    giver = case.owner
    case.owner = case.next_action_by = by
    accepted = HandoffAccepted(by=by.ref, subject=case.ref, case=case.key, handoff=handoff.pk, giver=giver.name)
    settle(case, accepted, at=at, fields=("owner", "next_action_by"))
    notify(giver, f"handoff:{handoff.pk}:accepted", f"{by.name} accepted {case.key}.", case.page, "ok")
    return case


@transaction.atomic
def withdraw_handoff(case_key: str, *, by: Person) -> Case:
    """Take an offer back, or decline it."""
    require(by, Right.CASE_HANDOFF)
    case = locked_open(by, case_key)
    handoff = _waiting(case)
    if by.pk not in {handoff.giver_id, handoff.receiver_id, case.owner_id} and not holds(by, Right.CASE_ASSIGN):
        raise Forbidden("Only the owner or the two people of a hand-off end it, or somebody who may give cases away.")
    at = clock.now()
    handoff.withdrawn_at = at
    handoff.save(update_fields=["withdrawn_at"])
    withdrawn = HandoffWithdrawn(by=by.ref, subject=case.ref, case=case.key, handoff=handoff.pk)
    return settle(case, withdrawn, at=at)


@transaction.atomic
def share_with_team(case_key: str, *, by: Person, team: Team, why: str) -> Case:
    """Let another team see the case."""
    require(by, Right.CASE_HANDOFF)
    case = locked(by, case_key)
    said = phrase(case.key, "shared", required(why, "Say why the team should see the case."), 300)
    if not show_to(case, team):
        return case
    return settle(
        case, CaseShared(by=by.ref, subject=case.ref, case=case.key, team=team.name, why=said), at=clock.now()
    )


def is_overdue(handoff: Handoff, at: datetime) -> bool:
    """Whether an offer waited longer than its case allows: 30 minutes, or 4 business hours below Sev2."""
    if handoff.case.severity in {1, 2}:
        return at - handoff.offered_at >= ACCEPT_WITHIN
    return business_seconds(CALENDARS["business"], handoff.offered_at, at) >= ACCEPT_WITHIN_HOURS * 3600


def alert_overdue(at: datetime) -> int:
    """Tell the shift leads once of each offer that nobody accepted in time; answers how many there were."""
    waiting = Handoff.objects.filter(accepted_at=None, withdrawn_at=None, alerted_at=None).select_related("case")
    return sum(_alert(handoff.pk, at) for handoff in waiting if is_overdue(handoff, at))


@transaction.atomic
def _alert(handoff_id: int, at: datetime) -> int:
    handoff = Handoff.objects.select_for_update().get(pk=handoff_id)
    if handoff.alerted_at or handoff.accepted_at or handoff.withdrawn_at:
        return 0
    case = Case.objects.select_for_update().get(pk=handoff.case_id)
    handoff.alerted_at = at
    handoff.save(update_fields=["alerted_at"])
    receiver = handoff.receiver.name
    overdue = HandoffOverdue(by=SYSTEM, subject=case.ref, case=case.key, handoff=handoff.pk, receiver=receiver)
    settle(case, overdue, at=at)
    tell_team(case, Role.SHIFT_LEAD, f"handoff:{handoff.pk}:overdue", f"{receiver} has not accepted {case.key}.")
    return 1


def tell_team(case: Case, role: Role, key: str, text: str, tone: str = "warn") -> int:
    """Tell whoever has the role in a team that sees the case; answers how many are newly told."""
    people = Person.objects.filter(is_active=True, teams__in=case.access.values("team")).distinct()
    told = [person for person in people if role in person.roles and Case.objects.visible_to(person).filter(pk=case.pk)]
    return sum(notify(person, key, text, case.page, tone) for person in told)
