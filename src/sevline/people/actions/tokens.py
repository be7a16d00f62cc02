"""Access tokens: made once, told once, ended by time, by their owner, or when the owner is switched off."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.core.token_scopes import LONGEST_DAYS, NEEDED, Scope
from sevline.people.events import AccessTokenMade, AccessTokenRevoked, AccessTokenUsed
from sevline.people.models import AccessToken, Person
from sevline.people.selectors import token_hash
from sevline.platform import clock
from sevline.platform.events import record

MOST = 20
PREFIX = "svl_"
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A token as it is told once. `secret` is known here and nowhere else."""

    token: AccessToken
    secret: str


@transaction.atomic
def make_token(*, by: Person, name: str, scopes: Iterable[str], days: int) -> Told:
    """A token that may do what `scopes` name for so many days; Forbidden for what its owner may not do."""
    require(by, Right.EVIDENCE_VIEW)
    chosen = _known(scopes)
    for scope in chosen:
        require(by, NEEDED[scope])
    if not name.strip():
        raise Refused("Say what the token is for.")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"A token works for 1 to {LONGEST_DAYS} days.")
    now, secret = clock.now(), PREFIX + secrets.token_urlsafe(32)
    if AccessToken.objects.filter(person=by, revoked_at=None, expires_at__gt=now).count() >= MOST:
        raise Refused(f"You have {MOST} tokens. Revoke one that is not needed any more first.")
    token = AccessToken.objects.create(
        person=by,
        name=name.strip()[:60],
        token_hash=token_hash(secret),
        ends_with=secret[-4:],
        scopes=[str(scope) for scope in chosen],
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    given = tuple(token.scopes)
    record(AccessTokenMade(by=by.ref, subject=by.ref, token=token.pk, name=token.name, scopes=given, days=days), at=now)
    return Told(token, secret)


def _known(scopes: Iterable[str]) -> list[Scope]:
    asked = sorted(set(scopes))
    if unknown := [scope for scope in asked if scope not in frozenset(Scope)]:
        raise Refused(f"There is no scope “{unknown[0]}”.")
    if not asked:
        raise Refused("Choose what the token may do; without that it is of no use.")
    return [Scope(scope) for scope in asked]


@transaction.atomic
def revoke_token(person: Person, token_id: int) -> AccessToken:
    """End a token of one's own at once."""
    token = AccessToken.objects.select_for_update().filter(pk=token_id, person=person).first()
    if token is None:
        raise Refused("You have no such token.")
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        record(AccessTokenRevoked(by=person.ref, subject=person.ref, token=token.pk, name=token.name))
    return token


@transaction.atomic
def note_used(token: AccessToken) -> None:
    """Keep when the token was used last, to the hour."""
    now = clock.now()
    stale = Q(used_at=None) | Q(used_at__lt=now - NOTED_EVERY)
    if AccessToken.objects.filter(stale, pk=token.pk).update(used_at=now):
        person = token.person.ref
        record(AccessTokenUsed(by=person, subject=person, token=token.pk, name=token.name), at=now)


def end_tokens(person: Person) -> None:
    """Revoke every token of a person, in the caller's transaction."""
    AccessToken.objects.filter(person=person, revoked_at=None).update(revoked_at=clock.now())
