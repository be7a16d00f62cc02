"""What is read about people, teams and notices."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from sevline.core.field_classes import may_read, shown
from sevline.core.rights import ROLE_TITLES, Right, Role, holds, require
from sevline.people.models import AccessToken, EntryLink, Notice, Person, Team
from sevline.platform import clock

EMAIL = "people.Person.email"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who a demo person is: an engineer is named with the teams, for packets go to different ones."""

    email: str
    name: str
    roles: str

    @classmethod
    def of(cls, person: Person) -> "DemoPerson":
        titles = ", ".join(ROLE_TITLES[Role(role)] for role in sorted(person.roles))
        teams = ", ".join(team.name for team in person.teams.all() if team.is_engineering)
        return cls(person.email, person.name, f"{titles}, team {teams}" if teams else titles)


def demo_desk(*, alone: bool = False) -> tuple[DemoPerson, ...]:
    """The demo people who may sign in; `alone` answers nobody as soon as a real person is here. Made-up people are no
    secret, so nobody has to be signed in."""
    if alone and Person.objects.filter(is_demo=False).exists():
        return ()
    people = Person.objects.filter(is_demo=True, is_active=True).prefetch_related("teams")
    return tuple(DemoPerson.of(person) for person in people)


def unread_count(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def notices(person: Person) -> QuerySet[Notice]:
    """The person's notices, the newest first."""
    return Notice.objects.filter(person=person)


def everybody(person: Person, *, words: str = "") -> QuerySet[Person]:
    """Everybody who works here, the active ones first, with their teams; Forbidden without the right to see it.

    The words are looked for in addresses too where the person may read those: a search tells what it finds.
    """
    require(person, Right.PEOPLE_VIEW)
    found = Person.objects.prefetch_related("teams").order_by("-is_active", "name", "pk")
    held = Q(name__icontains=words)
    if may_read(EMAIL, person.roles):
        held |= Q(email__icontains=words)
    return found.filter(held) if words else found


def email_of(person: Person, whose: Person) -> str:
    """The address as `person` may read it; everybody reads their own."""
    return whose.email if whose == person else shown(EMAIL, whose.email, person.roles)


def second_factors(person: Person, whose: Person) -> tuple[str, ...]:
    """Kinds of second factor that somebody set up: totp, webauthn, recovery_codes; never the factors themselves."""
    require(person, Right.PEOPLE_VIEW)
    kinds = Authenticator.objects.filter(user=whose).values_list("type", flat=True)
    return tuple(sorted(set(kinds)))


def teams() -> QuerySet[Team]:
    return Team.objects.all()


def token_hash(token: str) -> str:
    """What is kept of a link's token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_for(token: str) -> EntryLink | None:
    """The link that a token opens, if it still opens anything."""
    live = EntryLink.objects.select_related("person").filter(used_at__isnull=True, expires_at__gt=clock.now())
    return live.filter(token_hash=token_hash(token), person__is_active=True).first()


def own_tokens(person: Person) -> QuerySet[AccessToken]:
    """The person's access tokens that were not revoked, those that ended lately among them."""
    since = clock.now() - timedelta(days=30)
    return AccessToken.objects.filter(person=person, revoked_at=None, expires_at__gt=since)


def access_token(secret: str) -> AccessToken | None:
    """The token of this secret while it works, and while its person does."""
    live = AccessToken.objects.select_related("person").filter(revoked_at=None, expires_at__gt=clock.now())
    return live.filter(token_hash=token_hash(secret), person__is_active=True).first()


def has_joined(person: Person) -> bool:
    return person.has_usable_password()


def may_manage(person: Person) -> bool:
    return holds(person, Right.PEOPLE_MANAGE)


def may_invite(person: Person) -> bool:
    return holds(person, Right.PEOPLE_INVITE)


def own_factors(person: Person) -> tuple[str, ...]:
    """Kinds of second factor that the person set up themselves."""
    return tuple(sorted(set(Authenticator.objects.filter(user=person).values_list("type", flat=True))))


def id_of(email: str) -> int:
    """The number of the person with this address; 0 when there is none."""
    return Person.objects.filter(email__iexact=email).values_list("pk", flat=True).first() or 0
