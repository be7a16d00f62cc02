"""What cases do by themselves: people hear of clocks that run out and of offers that nobody took."""

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from sevline.cases import actions
from sevline.cases.actions.handoff import tell_team
from sevline.cases.models import Case, number_of
from sevline.core.calendar import months_after
from sevline.core.case import CaseStatus
from sevline.core.rights import Role
from sevline.customers.models import Account, ProfileFact
from sevline.customers.selectors import reader
from sevline.governance.selectors import held_cases
from sevline.people.actions.notices import mail_too, notify
from sevline.people.models import Person
from sevline.platform import clock, trail
from sevline.platform.models import Event

_ROLE_OF = {"shift_lead": Role.SHIFT_LEAD, "support_manager": Role.SUPPORT_MANAGER}


@task()
def tell_of_clock(seq: int) -> int:
    """Tell whom a warning or breach names, once each however often this runs; answers how many are newly told."""
    event = Event.objects.get(seq=seq)
    case = Case.objects.filter(number=number_of(event.case_key)).select_related("owner").first()
    if case is None:
        return 0
    over = event.kind == "clock.breached"
    text = (
        f"{case.key}: {event.data['title'].lower()} is over time"
        if over
        else (f"{case.key}: {event.data['percent']} % of the time for {event.data['title'].lower()} is over")
    )
    tone, key = ("bad" if over else "warn"), f"clock:{seq}"
    told = 0
    for who in event.data["tells"]:
        if who == "owner":
            told += notify(case.owner, key, text, case.page, tone)
        elif who in _ROLE_OF:
            told += tell_team(case, _ROLE_OF[who], key, text, tone)
    return told


@task()
def tell_of_profile(seq: int) -> int:
    """Tell the owners of a customer's open cases what is known anew of its surroundings, each as they may read it."""
    event = Event.objects.get(seq=seq)
    account = Account.objects.get(key=event.subject_key)
    fact = ProfileFact.objects.get(pk=event.data["fact"])
    told = 0
    for owner in Person.objects.filter(pk__in=Case.objects.open().filter(account=account).values("owner")):
        if owner.ref.key == event.actor_key:
            continue
        value = reader(owner, account).sees(f"profile.{fact.kind}", fact.value).value
        text = f"{account.name}, {fact.get_kind_display()}: {value}"
        page = reverse("customers:profile", args=[account.key])
        if notify(owner, f"profile:{seq}", text, page):
            told += 1
            mail_too(owner, f"New about {account.name}", f"{text}\n\nIt is of one of your open cases.")
    return told


@task()
def alert_overdue_handoffs() -> int:
    return actions.alert_overdue(clock.now())


@task()
def expire_trail() -> int:
    """Let the rows of the audit trail leave whose time is over; answers how many. Cases not closed keep theirs."""
    months = settings.OPTIONS.audit_months
    return trail.expire(months_after(clock.now(), -months), _first_row_kept()) if months else 0


def _first_row_kept() -> int | None:
    """The oldest row of a case that is not over, or of which nothing may go."""
    going = Case.objects.exclude(status__in=(CaseStatus.CLOSED, CaseStatus.MERGED))
    keys = {case.key for case in going.only("number")} | held_cases()
    return Event.objects.filter(case_key__in=keys).order_by("seq").values_list("seq", flat=True).first()
