"""What a person is here: their roles, their teams, whether they may sign in."""

from collections.abc import Callable, Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, Role, require
from sevline.people.actions.entry import ELEVATED, allowed_roles
from sevline.people.actions.notices import notify
from sevline.people.actions.sessions import end_sessions
from sevline.people.actions.tokens import end_tokens
from sevline.people.events import MfaChanged, PersonDeactivated, PersonReactivated, RolesChanged, TeamsChanged
from sevline.people.models import EntryLink, Person, Team
from sevline.platform import clock
from sevline.platform.events import record

LAST_ADMIN = "{name} is the last active administrator. Make somebody else an administrator first."
_KEEPING: dict[str, Callable[[Person], str]] = {}


def keep_while(what: str, why: Callable[[Person], str]) -> None:
    """Let a later room say in a sentence why a person cannot be switched off yet; empty when nothing is in the way."""
    _KEEPING[what] = why


@transaction.atomic
def assign(person_id: int, *, by: Person, roles: Iterable[str], teams: Iterable[str], seen: str = "") -> Person:
    """Give a person exactly these roles and teams (keys).

    `seen` is `standing_of` as the editor saw it; when somebody changed it meanwhile, nothing is written.
    """
    require(by, Right.PEOPLE_MANAGE)
    person = _locked(person_id)
    if seen and seen != standing_of(person):
        raise Refused(f"Somebody changed the roles or teams of {person.name} after you opened this page. Look again.")
    _change_roles(person, by, allowed_roles(by, roles))
    before = tuple(sorted(person.teams.values_list("key", flat=True)))
    after = tuple(sorted(Team.objects.filter(key__in=list(teams)).values_list("key", flat=True)))
    if before != after:
        person.teams.set(Team.objects.filter(key__in=after))
        record(TeamsChanged(by=by.ref, subject=person.ref, before=before, after=after))
    return person


def _change_roles(person: Person, by: Person, chosen: frozenset[str]) -> None:
    before = frozenset(person.role_keys)
    if chosen == before:
        return
    if person == by and (chosen - before) & ELEVATED:
        raise Refused("Nobody gives themselves an elevated role. Ask another administrator.")
    if Role.ADMIN not in chosen:
        _keep_an_admin(person)
    person.role_keys = sorted(str(role) for role in chosen)
    person.save(update_fields=["role_keys"])
    record(
        RolesChanged(by=by.ref, subject=person.ref, before=tuple(sorted(before)), after=tuple(sorted(person.role_keys)))
    )


@transaction.atomic
def deactivate(person_id: int, *, by: Person) -> Person:
    """Switch a person off: their sessions end, their links die, every right is denied.

    Refused while something still rests on them alone, such as open cases that they own.
    """
    require(by, Right.PEOPLE_MANAGE)
    person = _locked(person_id)
    if not person.is_active:
        raise Refused(f"{person.name} is switched off already.")
    _keep_an_admin(person)
    if reasons := [reason for why in _KEEPING.values() if (reason := why(person))]:
        raise Refused(*reasons)
    person.is_active = False
    person.save(update_fields=["is_active"])
    EntryLink.objects.filter(person=person, used_at__isnull=True).update(expires_at=clock.now())
    end_tokens(person)
    record(PersonDeactivated(by=by.ref, subject=person.ref, sessions_ended=end_sessions(person)))
    return person


@transaction.atomic
def reactivate(person_id: int, *, by: Person) -> Person:
    """Switch a person on again, with the roles that they had."""
    require(by, Right.PEOPLE_MANAGE)
    person = _locked(person_id)
    if person.is_active:
        raise Refused(f"{person.name} is switched on already.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(PersonReactivated(by=by.ref, subject=person.ref))
    return person


@transaction.atomic
def forget_second_factors(person_id: int, *, by: Person) -> int:
    """Remove authenticator app, passkeys and recovery codes of somebody who lost them; answers how many there were."""
    require(by, Right.PEOPLE_MANAGE)
    person = _locked(person_id)
    factors = Authenticator.objects.filter(user=person)
    count = int(factors.count())
    if not count:
        raise Refused(f"{person.name} has no second factor.")
    factors.delete()
    row = record(MfaChanged(by=by.ref, subject=person.ref, method="all", change="forgotten"))
    if person != by:
        text = f"{by.name} removed your authenticator app, passkeys and recovery codes. Set them up again."
        notify(person, f"event:{row.seq}", text, link="/accounts/2fa/", tone="warn")
    return count


def standing_of(person: Person) -> str:
    """Roles and teams in one line, to notice that somebody else changed them."""
    teams = person.teams.values_list("key", flat=True)
    return f"{','.join(sorted(person.role_keys))};{','.join(sorted(teams))}"


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


def _keep_an_admin(leaving: Person) -> None:
    """Refused when nobody else active is an administrator."""
    # All rows are locked, in one order, so that the last two cannot remove each other at once.
    active = Person.objects.select_for_update().filter(is_active=True).order_by("pk")
    admins = [person.pk for person in active if Role.ADMIN in person.roles]
    if admins == [leaving.pk]:
        raise Refused(LAST_ADMIN.format(name=leaving.name))
