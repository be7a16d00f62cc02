"""What a case and the customers of the desk already answer of the severity questions; the person may change each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from sevline.cases.models import UNKNOWN, Case, CaseFact, ImpactField
from sevline.core import severity as rating
from sevline.core.extraction import extract_facts
from sevline.core.reach import count_of, deadline_of, percent_of
from sevline.customers.models import Account, Environment, EnvironmentKind
from sevline.people.models import Person
from sevline.platform import clock
from sevline.ui.wording import duration

WORKAROUNDS = frozenset(rating.Workaround)


@dataclass(frozen=True, slots=True)
class Known:
    """Answers by question, and what is said beside a question: where its answer comes from, or what would give it."""

    answers: dict[str, Any]
    beside: dict[str, str]


def known_answers(case: Case) -> Known:
    """The first answers of a case that nobody rated. One query."""
    desk = Account.objects.in_use().aggregate(accounts=Count("pk"), seats=Sum("seats"))
    accounts, seats = desk["accounts"] or 0, desk["seats"] or 0
    said = {name: case.impact.get(name, UNKNOWN) for name in ImpactField.values}
    users, tenants = count_of(said[ImpactField.USERS]), count_of(said[ImpactField.TENANTS])
    deadline = deadline_of(said[ImpactField.DEADLINE])
    workaround = case.workaround_state if case.workaround_state in WORKAROUNDS else UNKNOWN
    answers = {
        "environment": _environment(case),
        "accounts_percent": percent_of(tenants, accounts) if tenants is not None else None,
        "seats_percent": percent_of(users, seats) if users is not None else None,
        "workaround": workaround,
        "deadline": deadline.value,
    }
    beside = {
        "accounts_percent": _told_accounts(case, tenants, accounts),
        "seats_percent": _told_seats(case, users, seats),
        "deadline": _told_deadline(said[ImpactField.DEADLINE], clock.now()),
    }
    return Known({name: UNKNOWN if one is None else one for name, one in answers.items()}, beside)


def _told_deadline(said: str, at: datetime) -> str:
    """What the impact card says of a deadline, and whether it has passed, where it names the moment."""
    if said == UNKNOWN:
        return ""
    named = [fact.instant for fact in extract_facts(said) if fact.instant is not None and fact.zone_known]
    over = at - max(named) if named else timedelta(0)
    passed = f" That time has passed: {duration(over)} ago." if over > timedelta(0) else ""
    return f"The impact card says: {said}.{passed}"


def named_environment(person: Person, case: Case) -> Environment | None:
    """The one environment in use whose tenant the texts or files of the case name, of a case that names none; and of
    its customer, where it names one. One query."""
    if case.environment_id is not None or not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return None
    tenants = CaseFact.objects.filter(case=case, kind="tenant").values("value")
    found = Environment.objects.filter(tenant__in=tenants, archived_at=None, account__archived_at=None)
    if case.account_id is not None:
        found = found.filter(account=case.account_id)
    rows = list(found.select_related("account")[:2])
    return rows[0] if len(rows) == 1 else None


def _environment(case: Case) -> str:
    if case.environment is None:
        return UNKNOWN
    is_production = case.environment.kind == EnvironmentKind.PRODUCTION
    return rating.Environment.PRODUCTION if is_production else rating.Environment.NON_PRODUCTION


def _told_accounts(case: Case, tenants: int | None, accounts: int) -> str:
    if tenants is not None and accounts:
        return f"Counted here: {tenants} of {accounts:,} customers in use, as the impact card says."
    if case.account_id and accounts:
        return f"This customer alone is {percent_of(1, accounts):g} (1 of {accounts:,} customers in use)."
    return ""


def _told_seats(case: Case, users: int | None, seats: int) -> str:
    if users is not None and seats:
        return f"Counted here: {users:,} of {seats:,} seats of all customers in use, as the impact card says."
    if case.account is not None and case.account.seats and seats:
        own = case.account.seats
        return f"All seats of this customer are {percent_of(own, seats):g} ({own:,} of {seats:,})."
    return ""
