"""What is read about customers; whoever may not see customers sees none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from sevline.core.field_classes import Reader, Shown
from sevline.core.profile import is_stale
from sevline.core.rights import Right, holds
from sevline.customers.models import Account, ContactAuthority, Environment, ProfileFact
from sevline.governance.selectors import opened_accounts
from sevline.people.models import Person
from sevline.platform import clock

PAGE_ROWS = 50


def accounts(person: Person) -> QuerySet[Account]:
    found = Account.objects.prefetch_related("environments")
    return found if holds(person, Right.CUSTOMERS_VIEW) else found.none()


def environments(person: Person, account: Account | None = None) -> QuerySet[Environment]:
    """Environments with their customers; of one customer when it is given."""
    found = Environment.objects.select_related("account")
    if not holds(person, Right.CUSTOMERS_VIEW):
        return found.none()
    return found.filter(account=account) if account else found


def directory(person: Person, *, words: str = "", archived: bool = False, page: str = "1") -> Page[Account]:
    """A page of customers whose name, key, region or a tenant holds the words; in use, or archived."""
    found = Account.objects.visible_to(person).filter(archived_at__isnull=not archived)
    if words := words.replace("\x00", ""):
        tenants = Environment.objects.filter(tenant__icontains=words).values("account")
        held = Q(name__icontains=words) | Q(key__icontains=words) | Q(region__icontains=words) | Q(pk__in=tenants)
        found = found.filter(held)
    return Paginator(found.prefetch_related("environments"), PAGE_ROWS).get_page(page)


def reader(person: Person, account: Account) -> Reader:
    """The person as a reader of this account's fields."""
    return Reader(person.roles, account.key in opened_accounts(person, at=clock.now()))


@dataclass(frozen=True, slots=True)
class Seen:
    """An account as one person may read it."""

    row: Account
    seats: Shown


def seen(person: Person, account: Account) -> Seen:
    return _seen(reader(person, account), account)


def listed(person: Person, accounts: Iterable[Account]) -> list[Seen]:
    """As a list shows them. What a grant opens is read on the account's own page, where reading it is kept."""
    return [_seen(Reader(person.roles), account) for account in accounts]


def _seen(eyes: Reader, account: Account) -> Seen:
    return Seen(account, eyes.sees("customers.Account.seats", f"{account.seats:,}"))


def environments_of(person: Person, account: Account) -> QuerySet[Environment]:
    """The environments of a customer, the archived ones last."""
    seen = Environment.objects.filter(account__in=Account.objects.visible_to(person)).filter(account=account)
    return seen.select_related("account").order_by(F("archived_at").asc(nulls_first=True), "name", "pk")


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact, and whether it must be verified before anybody rests on it."""

    row: ProfileFact
    verify: bool
    value: Shown


def profile(person: Person, account: Account, *, at: datetime) -> list[KnownFact]:
    """What was known of the account's surroundings at that moment; what is older than 180 days then says “verify”."""
    if not holds(person, Right.CUSTOMERS_VIEW):
        return []
    held = ProfileFact.objects.filter(account=account, at__lte=at).filter(Q(ended_at=None) | Q(ended_at__gt=at))
    eyes = reader(person, account)
    return [
        KnownFact(row, is_stale(row.verified_at, at), eyes.sees(f"profile.{row.kind}", row.value))
        for row in held.select_related("by")
    ]


COLUMNS = ("kind", "value", "source", "verified_at")


def profile_rows(facts: list[KnownFact]) -> list[dict[str, str]]:
    """The facts as an export holds them: what the person may not read is masked here as on the page."""
    return [
        {
            "kind": fact.row.kind,
            "value": fact.value.value,
            "source": fact.row.source,
            "verified_at": fact.row.verified_at.isoformat(),
        }
        for fact in facts
    ]


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """A contact's record of authority, whether it ran out, and how it was verified."""

    row: ContactAuthority
    over: bool
    verified_how: Shown


def authorities(person: Person, account: Account, *, at: datetime) -> list[Spokesperson]:
    """In whose name the account's contacts speak, as of that moment."""
    if not holds(person, Right.CUSTOMERS_VIEW):
        return []
    held = ContactAuthority.objects.filter(account=account, verified_at__lte=at)
    held = held.filter(Q(ended_at=None) | Q(ended_at__gt=at)).select_related("by")
    eyes = reader(person, account)
    return [
        Spokesperson(
            row,
            row.until is not None and row.until <= at,
            eyes.sees("customers.ContactAuthority.verified_how", row.verified_how),
        )
        for row in held
    ]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a program reads of an account, as its person may read it."""

    told: dict[str, Any]
    shown: tuple[Shown, ...]
    """The fields that not everybody reads."""


def dossier(person: Person, account: Account) -> Dossier:
    now = clock.now()
    about, facts, contacts = (
        seen(person, account),
        profile(person, account, at=now),
        authorities(person, account, at=now),
    )
    names = ("name", "kind", "tenant", "region", "version")
    used = environments_of(person, account).filter(archived_at=None)
    told = {name: getattr(account, name) for name in ("key", "name", "plan", "region", "time_zone", "language")}
    told |= {
        "seats": about.seats.value,
        "environments": [{name: getattr(one, name) for name in names} for one in used],
        "profile": profile_rows(facts),
        "contacts": [
            {
                "contact": one.row.contact,
                "speaks_as": one.row.speaks_as,
                "may_change": one.row.may_change,
                "may_see_data": one.row.may_see_data,
                "until": one.row.until,
                "verified_how": one.verified_how.value,
            }
            for one in contacts
        ],
    }
    return Dossier(
        told, (about.seats, *(fact.value for fact in facts), *(contact.verified_how for contact in contacts))
    )
