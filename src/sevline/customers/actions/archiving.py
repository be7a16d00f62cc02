"""Customers and environments out of use, and back. Neither is ever deleted, for cases name them."""

from typing import TypeVar

from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.customers.events import AccountArchived, AccountRestored, EnvironmentArchived, EnvironmentRestored
from sevline.customers.models import Account, Environment
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Happening, record

Kept = TypeVar("Kept", Account, Environment)


@transaction.atomic
def archive(kept: Kept, *, by: Person) -> Kept:
    """Offer a customer or an environment to no new case any more; what it has, and the cases that name it, stay."""
    require(by, Right.CUSTOMERS_EDIT)
    held = _locked(kept)
    if held.archived_at is not None:
        raise Refused(f"{held} is archived already.")
    held.archived_at = clock.now()
    held.save(update_fields=["archived_at"])
    record(_happened(held, by))
    return held


@transaction.atomic
def restore(kept: Kept, *, by: Person) -> Kept:
    """Offer an archived customer or environment to new cases again."""
    require(by, Right.CUSTOMERS_EDIT)
    held = _locked(kept)
    if held.archived_at is None:
        raise Refused(f"{held} is not archived.")
    held.archived_at = None
    held.save(update_fields=["archived_at"])
    record(_happened(held, by))
    return held


def _locked(kept: Kept) -> Kept:
    held = type(kept)._default_manager.select_for_update().filter(pk=kept.pk).first()
    if held is None:
        raise Refused(f"There is no such {kept._meta.verbose_name} any more.")
    return held


def _happened(held: Account | Environment, by: Person) -> Happening:
    if isinstance(held, Account):
        of_account = AccountArchived if held.archived_at else AccountRestored
        return of_account(by=by.ref, subject=held.ref)
    of_environment = EnvironmentArchived if held.archived_at else EnvironmentRestored
    return of_environment(by=by.ref, subject=held.ref, account=held.account.key, tenant=held.tenant)
