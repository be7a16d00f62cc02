"""The demo people come together and leave together."""

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.rights import Role
from sevline.people.actions import add_demo_cast, remove_demo_cast
from sevline.people.models import Person, Team
from sevline.platform.models import Event
from tests.cast import PASSWORD, cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_cast_is_made_once_and_found_again() -> None:
    assert cast() == cast()


def test_each_of_the_cast_has_the_role_that_the_stories_give_them() -> None:
    people = cast()

    assert people.lea.roles == {Role.LEAD}
    assert people.mia.roles == {Role.SUPPORT_MANAGER}
    assert people.noor.roles == {Role.ENGINEER}
    assert people.lea.check_password(PASSWORD)


def test_eve_shares_no_team_with_anybody() -> None:
    people = cast()

    others = Person.objects.exclude(pk=people.eve.pk).filter(teams__in=people.eve.teams.all())

    assert list(others) == []


def test_without_a_password_one_is_made_that_opens_all_of_them() -> None:
    made = add_demo_cast()

    assert len(made.password) >= 16
    assert all(person.check_password(made.password) for person in made.people)


def test_a_second_load_is_refused() -> None:
    add_demo_cast()

    with pytest.raises(Refused, match="already here"):
        add_demo_cast()


def test_a_real_person_with_a_demo_address_is_never_taken_over() -> None:
    cast()
    Person.objects.update(is_demo=False)

    with pytest.raises(Refused, match="real person"):
        add_demo_cast()


def test_removing_the_cast_leaves_no_demo_person_and_no_demo_team() -> None:
    cast()

    left = remove_demo_cast()

    assert left == 14
    assert not Person.objects.exists()
    assert not Team.objects.exists()
    assert Event.objects.filter(kind="person.removed").count() == 14
