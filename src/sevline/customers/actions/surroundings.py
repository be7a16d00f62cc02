"""What is known of a customer's surroundings, and in whose name its contacts speak."""

from datetime import datetime

from django.db import transaction

from sevline.core.authority import Speaker, Step, lacks, needs_end
from sevline.core.field_classes import NOBODY
from sevline.core.lifecycle import Refused
from sevline.core.redaction.exposure import refuse_exposure
from sevline.core.rights import Right, require
from sevline.customers.events import (
    AuthorityChecked,
    AuthorityRecorded,
    ProfileFactAdded,
    ProfileFactEnded,
    ProfileTaken,
)
from sevline.customers.models import (
    Account,
    ContactAuthority,
    FactKind,
    ProfileFact,
)
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record


@transaction.atomic
def add_profile_fact(
    account: Account, *, by: Person, kind: str, value: str, source: str, replaces: int | None = None
) -> ProfileFact:
    """Write down what is known of an account's surroundings and from where, as of now. With `replaces` the fact of that
    number ends at the same moment."""
    require(by, Right.CUSTOMERS_EDIT)
    if kind not in FactKind.values:
        raise Refused(f"A fact is about one of {', '.join(FactKind.values)}.")
    said, source = refuse_exposure(value)[:300], refuse_exposure(source)[:200]
    if not said or not source:
        raise Refused("A fact needs what is known, and its source.")
    now = clock.now()
    ended = _end(account, replaces, now) if replaces is not None else None
    return _written(account, by, kind, said, source, now, ended)


@transaction.atomic
def verify_profile_fact(account: Account, number: int, *, by: Person, source: str) -> ProfileFact:
    """Say that a fact still holds, and who or what says so."""
    require(by, Right.CUSTOMERS_EDIT)
    source = refuse_exposure(source)[:200]
    if not source:
        raise Refused("Say who or what confirmed the fact.")
    now = clock.now()
    held = _end(account, number, now)
    return _written(account, by, held.kind, held.value, source, now, held)


@transaction.atomic
def end_profile_fact(account: Account, number: int, *, by: Person) -> ProfileFact:
    """Say that a fact does not hold any more; profiles of earlier days keep it."""
    require(by, Right.CUSTOMERS_EDIT)
    held = _end(account, number, clock.now())
    record(ProfileFactEnded(by=by.ref, subject=account.ref, fact=held.pk, about=held.kind, value=_told(held)))
    return held


def _end(account: Account, number: int, at: datetime) -> ProfileFact:
    held = ProfileFact.objects.select_for_update().filter(account=account, pk=number, ended_at=None).first()
    if held is None:
        raise Refused("There is no such fact any more. Load the page again.")
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    return held


def _written(
    account: Account, by: Person, kind: str, value: str, source: str, at: datetime, ended: ProfileFact | None
) -> ProfileFact:
    fact = ProfileFact.objects.create(
        account=account, kind=kind, value=value, source=source, verified_at=at, by=by, at=at
    )
    event = ProfileFactAdded(
        by=by.ref,
        subject=account.ref,
        fact=fact.pk,
        about=kind,
        value=_told(fact),
        source=source,
        replaces=ended.pk if ended else 0,
    )
    record(event)
    return fact


def _told(fact: ProfileFact) -> str:
    """The value as the trail keeps it: nobody reads there what its class keeps from them elsewhere."""
    return NOBODY.sees(f"profile.{fact.kind}", fact.value).value


@transaction.atomic
def note_profile_taken(account: Account, *, by: Person, form: str, rows: int) -> None:
    """Keep who took out what is known of an account's surroundings."""
    require(by, Right.CUSTOMERS_VIEW)
    record(ProfileTaken(by=by.ref, subject=account.ref, form=form, rows=rows))


@transaction.atomic
def record_authority(
    account: Account,
    *,
    by: Person,
    contact: str,
    speaks_as: str,
    verified_how: str,
    may_change: bool = False,
    may_see_data: bool = False,
    until: datetime | None = None,
    replaces: int | None = None,
) -> ContactAuthority:
    """Write down in whose name a contact speaks, what that covers and how it was verified.

    With `replaces` the record of that number ends at the same moment: so an authority is renewed.
    """
    require(by, Right.CUSTOMERS_EDIT)
    if speaks_as not in tuple(Speaker):
        raise Refused(f"A contact speaks as one of {', '.join(Speaker)}.")
    named, how, now = refuse_exposure(contact)[:120], refuse_exposure(verified_how)[:200], clock.now()
    if not named or not how:
        raise Refused("Name the contact by role and organisation, and say how the authority was verified.")
    if needs_end(Speaker(speaks_as)) and (until is None or until <= now):
        raise Refused("The authority of a provider or vendor ends on a day to come. Say which.")
    if replaces is not None:
        _end_authority(account, replaces, now)
    row = ContactAuthority.objects.create(
        account=account,
        contact=named,
        speaks_as=speaks_as,
        may_change=may_change,
        may_see_data=may_see_data,
        verified_how=how,
        verified_at=now,
        until=until,
        by=by,
    )
    record(_recorded(row, by, replaces or 0))
    return row


def check_authority(account: Account, number: int, *, by: Person, step: str) -> None:
    """Refused, with what would change it, where the contact may not have this done. The answer is kept either way."""
    require(by, Right.CUSTOMERS_VIEW)
    if step not in tuple(Step):
        raise Refused(f"A contact asks for one of {', '.join(Step)}.")
    held = _authority(account, number)
    refused = lacks(held.facts(), Step(step), clock.now()) or ""
    with transaction.atomic():
        record(
            AuthorityChecked(
                by=by.ref, subject=account.ref, authority=held.pk, contact=held.contact, step=step, refused=refused
            )
        )
    if refused:
        raise Refused(refused)


def _authority(account: Account, number: int) -> ContactAuthority:
    held = ContactAuthority.objects.select_related("account").filter(account=account, pk=number, ended_at=None).first()
    if held is None:
        raise Refused("There is no such record of authority any more. Load the page again.")
    return held


def _end_authority(account: Account, number: int, at: datetime) -> None:
    held = _authority(account, number)
    ContactAuthority.objects.filter(pk=held.pk).update(ended_at=at)


def _recorded(row: ContactAuthority, by: Person, replaces: int) -> AuthorityRecorded:
    return AuthorityRecorded(
        by=by.ref,
        subject=row.account.ref,
        authority=row.pk,
        contact=row.contact,
        speaks_as=row.speaks_as,
        may_change=row.may_change,
        may_see_data=row.may_see_data,
        verified_how=NOBODY.sees("customers.ContactAuthority.verified_how", row.verified_how).value,
        until=row.until.isoformat() if row.until else "",
        replaces=replaces,
    )
