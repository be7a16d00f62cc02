"""Lea leads, Sam is a specialist in her team, Mia manages, Noor is an engineer; Eve must see nothing.

The people are those of the demo desk, so that tests and demo tell the same story.
"""

from dataclasses import dataclass

from django.test import Client

from sevline.people.actions.cast import CAST, PODS, add_demo_cast
from sevline.people.models import Person, Team

PASSWORD = "a long enough password for tests"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody of the demo desk, already saved; teams by key."""

    lea: Person
    sam: Person
    ines: Person
    tomasz: Person
    mia: Person
    dir: Person
    noor: Person
    ravi: Person
    irina: Person
    sol: Person
    ada: Person
    aud: Person
    vic: Person
    eve: Person
    teams: dict[str, Team]

    @property
    def everybody(self) -> tuple[Person, ...]:
        return tuple(getattr(self, member.key) for member in CAST)


def cast() -> Cast:
    """The cast, made at the first call in a test and found again at the next."""
    keys = {member.email: member.key for member in CAST}
    people = {keys[person.email]: person for person in Person.objects.filter(email__in=keys)}
    if not people:
        people = {keys[person.email]: person for person in add_demo_cast(PASSWORD).people}
    teams = {team.key: team for team in Team.objects.filter(key__in=[pod.key for pod in PODS])}
    return Cast(**people, teams=teams)


def signed_in(person: Person) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(person)
    return client
