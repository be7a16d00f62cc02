"""Customers: added and edited. A customer is never deleted, for its cases name it."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import slugify

from sevline.core.field_classes import NOBODY
from sevline.core.lifecycle import Refused
from sevline.core.redaction.exposure import refuse_exposure
from sevline.core.rights import Right, require
from sevline.customers.events import AccountAdded, AccountEdited
from sevline.customers.models import Account, Plan
from sevline.people.models import Person
from sevline.platform.events import Ref, record

KEY_MAX, NAME_MAX, REGION_MAX, LANGUAGE_MAX, SEATS_MAX = 40, 120, 40, 12, 100_000_000
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Words that an address of a customer's page must not be.
RESERVED = frozenset({"new"})


@transaction.atomic
def add_account(
    *,
    by: Person,
    name: str,
    key: str = "",
    plan: str = Plan.STANDARD,
    region: str = "",
    seats: int = 0,
    time_zone: str = "UTC",
    language: str = "en",
) -> Account:
    """Add a customer. Its plan picks the service-level targets; name and key must be free. Without a key the name
    gives one; it stands in addresses and in the trail, and stays."""
    require(by, Right.CUSTOMERS_EDIT)
    return write_account(
        by.ref, name=name, key=key, plan=plan, region=region, seats=seats, time_zone=time_zone, language=language
    )


def write_account(actor: Ref, *, name: str, key: str = "", **given: Any) -> Account:
    """As `add_account`, for whoever was let in already; within the caller's transaction."""
    values = _checked(name=name, **given)
    _refuse_a_taken_name(values["name"])
    key = _free_key(key.strip() or slugify(values["name"])[:KEY_MAX].strip("-"))
    account, is_new = Account.objects.get_or_create(key=key, defaults=values)
    if not is_new:  # somebody else was a moment faster
        raise Refused(f"There is a customer with the key “{key}” already: {account.name}.")
    record(AccountAdded(by=actor, subject=account.ref, plan=account.plan, region=account.region))
    return account


@transaction.atomic
def edit_account(key: str, *, by: Person, seen: str = "", **given: Any) -> Account:
    """Write name, plan, region, seats, time zone and language anew.

    `seen` is the account's `standing` as the editor saw it; when somebody changed it meanwhile, nothing is written.
    """
    require(by, Right.CUSTOMERS_EDIT)
    account = _locked(key)
    before, was, seats = account.standing, _in_trail(account), account.seats
    if seen and seen != before:
        raise Refused(
            f"Somebody changed this customer after you opened the page; it now says: {before}. "
            "Compare, then save again."
        )
    values = _checked(**given)
    _refuse_a_taken_name(values["name"], but=account)
    for name, value in values.items():
        setattr(account, name, value)
    if account.standing != before:
        account.save(update_fields=list(values))
        after = _in_trail(account) + (" (seats changed)" if account.seats != seats else "")
        record(AccountEdited(by=by.ref, subject=account.ref, before=was, after=after))
    return account


def _in_trail(account: Account) -> str:
    """The account as the trail keeps it: nobody reads there what its class keeps from them elsewhere."""
    return account.told(NOBODY.sees("customers.Account.seats", account.seats).value)


def _locked(key: str) -> Account:
    account = Account.objects.select_for_update().filter(key=key).first()
    if account is None:
        raise Refused("There is no such customer any more.")
    return account


def _checked(
    *,
    name: str,
    plan: str = Plan.STANDARD,
    region: str = "",
    seats: int = 0,
    time_zone: str = "UTC",
    language: str = "en",
) -> dict[str, Any]:
    """The values as they are stored; Refused with every reason at once."""
    name, region = refuse_exposure(name), refuse_exposure(region)
    time_zone, language = time_zone.strip() or "UTC", language.strip() or "en"
    reasons = {
        "Give the customer a name with at least one letter or digit.": not any(one.isalnum() for one in name),
        f"A customer's name has at most {NAME_MAX} characters.": len(name) > NAME_MAX,
        f"There is no plan “{plan}”.": plan not in Plan.values,
        f"A region has at most {REGION_MAX} characters.": len(region) > REGION_MAX,
        f"Seats are a whole number between 0 and {SEATS_MAX}.": not 0 <= seats <= SEATS_MAX,
        f"“{time_zone}” is no time zone, such as Europe/Berlin.": not _is_zone(time_zone),
        f"“{language}” is no language tag, such as en or pt-BR.": not re.fullmatch(
            r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?", language
        ),
    }
    if wrong := [reason for reason, holds_true in reasons.items() if holds_true]:
        raise Refused(*wrong)
    return {
        "name": name, "plan": plan, "region": region, "seats": seats, "time_zone": time_zone, "language": language,
    }  # fmt: skip


def _is_zone(time_zone: str) -> bool:
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        return False
    return len(time_zone) <= 40


def _free_key(key: str) -> str:
    if len(key) > KEY_MAX or not _KEY.fullmatch(key) or key in RESERVED:
        raise Refused(
            f"“{key}” is no key that is free. Use at most {KEY_MAX} small letters, digits and single hyphens, such as "
            "halden-clinics."
        )
    if (known := Account.objects.filter(key=key).first()) is not None:
        raise Refused(f"There is a customer with the key “{key}” already: {known.name}{_archived(known)}.")
    return key


def _refuse_a_taken_name(name: str, but: Account | None = None) -> None:
    others = Account.objects.exclude(pk=but.pk) if but else Account.objects.all()
    if (known := others.filter(name__iexact=name).first()) is not None:
        raise Refused(f"There is a customer named “{known.name}” already{_archived(known)}.")


def _archived(known: Account) -> str:
    return " (archived; bring it back instead)" if known.archived_at else ""
