"""Customers and their environments from the command line of the server, where whoever types may do everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch

from sevline.core.customerlist import ListedCustomer, read_customers
from sevline.core.lifecycle import Refused
from sevline.customers.actions.accounts import write_account
from sevline.customers.actions.environments import write_environment, write_tenant
from sevline.customers.models import Account, Environment, EnvironmentKind, Plan
from sevline.platform.events import OPERATOR


@dataclass(frozen=True, slots=True)
class Taken:
    """How many customers and environments of a list are new; `known` rows were there as they are, `problems` are
    sentences, one for each row that was refused."""

    accounts: int
    environments: int
    known: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer with its environments, as a list prints it."""

    account: Account
    rows: tuple[ListedCustomer, ...]


@transaction.atomic
def add_account_at_console(**given: Any) -> Account:
    """As `add_account`, by the operator of the server."""
    return write_account(OPERATOR, **given)


@transaction.atomic
def add_environment_at_console(key: str, **given: Any) -> Environment:
    """As `add_environment`, by the operator of the server."""
    return write_environment(_account(key), OPERATOR, **given)


@transaction.atomic
def set_tenant_at_console(key: str, tenant: str, becomes: str) -> Environment:
    """Give the environment with this tenant another one. It works before the database is up to date, for a tenant that
    two customers have keeps it from getting there."""
    account = _account(key)
    environment = Environment.objects.select_related("account").filter(account=account, tenant=tenant).first()
    if environment is None:
        raise Refused(f"{account.name} has no environment with the tenant {tenant}.")
    return write_tenant(environment, OPERATOR, becomes)


def import_at_console(data: bytes) -> Taken:
    """Add what of a list is not there yet; importing it twice adds nothing. What is there is never changed.

    Each row is written by itself: those that are refused leave the others alone.
    """
    counts = {"account": 0, "environment": 0, "known": 0}
    problems = []
    for number, row in read_customers(data):
        try:
            with transaction.atomic():
                taken = _take(row)
        except Refused as refusal:
            problems.append(f"Line {number}: {' '.join(refusal.reasons)}")
            continue
        for what in taken or ("known",):
            counts[what] += 1
    return Taken(counts["account"], counts["environment"], counts["known"], tuple(problems))


def _take(row: ListedCustomer) -> tuple[str, ...]:
    """What of a row was new."""
    account, is_new = _known_or_new(row)
    new = ("account",) if is_new else ()
    if not row.tenant and not row.environment:
        return new
    if Environment.objects.filter(account=account, tenant=row.tenant).exists():
        return new
    write_environment(
        account,
        OPERATOR,
        name=row.environment or row.tenant,
        tenant=row.tenant,
        kind=row.kind.casefold() or EnvironmentKind.PRODUCTION,
        region=row.environment_region,
        version=row.version,
    )
    return (*new, "environment")


def _known_or_new(row: ListedCustomer) -> tuple[Account, bool]:
    by_name = Account.objects.filter(name__iexact=" ".join(row.customer.split())).first()
    by_key = Account.objects.filter(key=row.key).first() if row.key else None
    if by_name is not None and row.key and by_name.key != row.key:
        raise Refused(f"{by_name.name} has the key “{by_name.key}”, not “{row.key}”.")
    known = by_name or by_key
    if known is not None:
        return known, False
    try:
        seats = int(row.seats or 0)
    except ValueError:
        raise Refused(f"Seats are a whole number, not “{row.seats[:40]}”.") from None
    added = write_account(
        OPERATOR,
        name=row.customer,
        key=row.key,
        plan=row.plan.casefold() or Plan.STANDARD,
        region=row.region,
        seats=seats,
        time_zone=row.time_zone or "UTC",
        language=row.language or "en",
    )
    return added, True


def listed_at_console(*, archived: bool = False) -> Iterable[Listed]:
    """The customers in use, or the archived ones, with their environments in use."""
    used = Environment.objects.filter(archived_at=None).order_by("name", "pk")
    found = Account.objects.filter(archived_at__isnull=not archived).order_by(F("name").asc(), "pk")
    for account in found.prefetch_related(Prefetch("environments", used)):
        environments: list[Environment | None] = [*account.environments.all()] or [None]
        yield Listed(account, tuple(_row(account, one) for one in environments))


def _row(account: Account, environment: Environment | None) -> ListedCustomer:
    about = (account.name, account.key, account.plan, account.region, str(account.seats), account.time_zone)
    row = ListedCustomer(*about, account.language)
    if environment is None:
        return row
    held = (environment.name, environment.tenant, environment.kind, environment.region, environment.version)
    return ListedCustomer(*about, account.language, *held)


def _account(key: str) -> Account:
    account = Account.objects.select_for_update().filter(key=key).first()
    if account is None:
        raise Refused(f"There is no customer with the key “{key}”. `sevline customers list` prints them.")
    return account
