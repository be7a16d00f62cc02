"""What is read about customers; whoever may not see customers sees none."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from sevline.core.field_classes import may_read, shown
from sevline.core.profile import is_stale
from sevline.core.rights import Right, holds
from sevline.customers.models import Account, ContactAuthority, Environment, ProfileFact
from sevline.governance.selectors import running_grant
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


def environments_of(person: Person, account: Account) -> QuerySet[Environment]:
    """The environments of a customer, the archived ones last."""
    seen = Environment.objects.filter(account__in=Account.objects.visible_to(person)).filter(account=account)
    return seen.select_related("account").order_by(F("archived_at").asc(nulls_first=True), "name", "pk")


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact, and whether it must be verified before anybody rests on it."""

    row: ProfileFact
    verify: bool
    value: str  # as this person may read it
    hidden: bool = False
    granted: bool = False  # read under a grant of access


def profile(person: Person, account: Account, *, at: datetime) -> list[KnownFact]:
    """What was known of the account's surroundings at that moment; what is older than 180 days then says “verify”."""
    if not holds(person, Right.CUSTOMERS_VIEW):
        return []
    held = ProfileFact.objects.filter(account=account, at__lte=at).filter(Q(ended_at=None) | Q(ended_at__gt=at))
    granted = running_grant(person, account.key, at=clock.now()) is not None
    return [_known(person, row, at, granted=granted) for row in held.select_related("by")]


def _known(person: Person, row: ProfileFact, at: datetime, *, granted: bool) -> KnownFact:
    field = f"profile.{row.kind}"
    own, by_grant = may_read(field, person.roles), may_read(field, person.roles, granted=granted)
    value = shown(field, row.value, person.roles, granted=granted)
    return KnownFact(row, is_stale(row.verified_at, at), value, hidden=not by_grant, granted=by_grant and not own)


COLUMNS = ("kind", "value", "source", "verified_at")


def profile_rows(facts: list[KnownFact]) -> list[dict[str, str]]:
    """The facts as an export holds them: what the person may not read is masked here as on the page."""
    return [
        {
            "kind": fact.row.kind,
            "value": fact.value,
            "source": fact.row.source,
            "verified_at": fact.row.verified_at.isoformat(),
        }
        for fact in facts
    ]


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """A contact's record of authority, and whether it ran out."""

    row: ContactAuthority
    over: bool


def authorities(person: Person, account: Account, *, at: datetime) -> list[Spokesperson]:
    """In whose name the account's contacts speak, as of that moment."""
    if not holds(person, Right.CUSTOMERS_VIEW):
        return []
    held = ContactAuthority.objects.filter(account=account, verified_at__lte=at)
    held = held.filter(Q(ended_at=None) | Q(ended_at__gt=at)).select_related("by")
    return [Spokesperson(row, row.until is not None and row.until <= at) for row in held]
