"""The demo desk's people: a made-up person for each role that works on a case."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import ProtectedError

from sevline.core.lifecycle import Refused
from sevline.core.rights import Role
from sevline.people.events import PersonJoined, PersonRemoved
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.platform.events import SYSTEM, record


@dataclass(frozen=True, slots=True)
class Pod:
    key: str
    name: str
    is_engineering: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: `key` is also the name before the @ of the e-mail address."""

    key: str
    name: str
    role: Role
    teams: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@sevline.example"


PODS = (
    Pod("integrations", "Integrations"),
    Pod("identity", "Identity"),
    Pod("billing", "Billing"),  # Eve's; no case of the demo desk is shown to it
    Pod("delivery", "Delivery", is_engineering=True),
    Pod("identity-platform", "Identity platform", is_engineering=True),
)
_SUPPORT = ("integrations", "identity")
_ENGINEERING = ("delivery", "identity-platform")
CAST = (
    Member("lea", "Lea Lindqvist", Role.LEAD, ("integrations",)),
    Member("sam", "Sam Okafor", Role.AGENT, ("integrations",)),
    Member("ines", "Ines Moreau", Role.AGENT, _SUPPORT),
    Member("tomasz", "Tomasz Zielinski", Role.SHIFT_LEAD, _SUPPORT),
    Member("mia", "Mia Castellanos", Role.SUPPORT_MANAGER, _SUPPORT),
    Member("dir", "Dirk Vandenberg", Role.DIRECTOR, _SUPPORT),
    Member("noor", "Noor Haddad", Role.ENGINEER, ("delivery",)),
    Member("ravi", "Ravi Menon", Role.ENGINEER, ("identity-platform",)),
    Member("irina", "Irina Petrova", Role.SRE_IC, _ENGINEERING),
    Member("sol", "Sol Akintola", Role.SECURITY),
    Member("ada", "Ada Brandt", Role.ADMIN),
    Member("aud", "Aud Nygaard", Role.AUDITOR),
    Member("vic", "Vic Tanaka", Role.VIEWER, ("integrations",)),
    Member("eve", "Eve Marchetti", Role.AGENT, ("billing",)),
)


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Who was made, and the one password that opens all of them."""

    people: tuple[Person, ...]
    password: str


@transaction.atomic
def add_demo_cast(password: str = "") -> DemoCast:
    """Make the demo desk's teams and people under one password, made here unless given.

    Refused when a demo person is already here. A team of the same key is used as it is.
    """
    if Person.objects.filter(is_demo=True).exists():
        raise Refused("The demo people are already here. Remove them first.")
    taken = Person.objects.filter(email__in=[member.email for member in CAST]).first()
    if taken is not None:
        raise Refused(f"{taken.email} belongs to a real person here; the demo people would need that address.")
    password = password or secrets.token_urlsafe(12)
    hashed, at = make_password(password), clock.now()
    teams = {pod.key: _team(pod) for pod in PODS}
    people = []
    for member in CAST:
        person = Person.objects.create(
            email=member.email,
            name=member.name,
            role_keys=[member.role.value],
            password=hashed,
            is_demo=True,
            joined_at=at,
        )
        person.teams.set([teams[key] for key in member.teams])
        record(PersonJoined(by=SYSTEM, subject=person.ref, how="demo"), at=at)
        people.append(person)
    return DemoCast(tuple(people), password)


def _team(pod: Pod) -> Team:
    defaults = {"name": pod.name, "is_engineering": pod.is_engineering}
    return Team.objects.get_or_create(key=pod.key, defaults=defaults)[0]


@transaction.atomic
def remove_demo_cast() -> int:
    """Remove the demo people and the demo teams that nothing else needs; answers how many people left.

    A person that a record still names is switched off instead, so that the record stays readable.
    """
    people = list(Person.objects.filter(is_demo=True))
    for person in people:
        ref = person.ref
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            Person.objects.filter(pk=ref.key).update(is_active=False, role_keys=[])
        record(PersonRemoved(by=SYSTEM, subject=ref))
    for team in Team.objects.filter(key__in=[pod.key for pod in PODS], people__isnull=True):
        try:
            with transaction.atomic():
                team.delete()
        except ProtectedError:
            continue
    return len(people)
