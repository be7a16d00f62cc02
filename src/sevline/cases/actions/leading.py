"""A lead comes in when a case turns out harder than it was rated."""

from django.db import transaction

from sevline.cases.actions.working import locked_open, phrase, required, settle
from sevline.cases.events import LeadEngaged
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, Role, require
from sevline.people.actions.notices import notify
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.models import Event

LEADS = frozenset({Role.LEAD, Role.SHIFT_LEAD})


@transaction.atomic
def engage_lead(case_key: str, *, by: Person, lead: Person, why: str) -> Case:
    """Bring a lead in, once; the owner stays owner. The first time counts, for every figure that starts with it."""
    require(by, Right.CASE_ASSIGN)
    case = locked_open(by, case_key)
    required(why, "Say why a lead is needed.")
    if not lead.roles & LEADS:
        raise Refused(f"{lead.name} is not a lead.")
    if not Case.objects.visible_to(lead).filter(pk=case.pk).exists():
        raise Refused(f"{lead.name} cannot see this case. Show it to their team first.")
    if Event.objects.filter(case_key=case.key, kind=LeadEngaged.kind).exists():
        raise Refused("A lead is engaged already.")
    said = phrase(case.key, "why a lead is needed", why, 300)
    at = clock.now()
    settle(case, LeadEngaged(by=by.ref, subject=case.ref, case=case.key, lead=lead.name, why=said), at=at)
    if lead != by:
        notify(lead, f"lead:{case.key}", f"{by.name} asks for you as lead on {case.key}.", case.page, "accent")
    return case
