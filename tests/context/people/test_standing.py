"""Roles, teams and being switched off: who may change them, and what is never possible."""

import pytest

from sevline.cases import actions as cases
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Role
from sevline.people import actions
from sevline.people.models import Notice, Person
from sevline.platform.models import Event
from tests import make
from tests.cast import Cast, cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def give(people: Cast, person: Person, roles: list[str], *, by: Person | None = None, seen: str = "") -> Person:
    teams = list(person.teams.values_list("key", flat=True))
    return actions.assign(person.pk, by=by or people.ada, roles=roles, teams=teams, seen=seen)


def test_a_change_of_roles_is_an_event_with_before_and_after() -> None:
    people = cast()

    give(people, people.sam, ["lead", "agent"])

    event = Event.objects.get(kind="person.roles_changed")
    assert event.data == {"before": ["agent"], "after": ["agent", "lead"]}
    assert event.actor_key == str(people.ada.pk)
    assert Person.objects.get(pk=people.sam.pk).roles == {Role.AGENT, Role.LEAD}


def test_a_change_of_teams_is_an_event_too() -> None:
    people = cast()

    actions.assign(people.sam.pk, by=people.ada, roles=["agent"], teams=["identity"])

    assert Event.objects.get(kind="person.teams_changed").data == {"before": ["integrations"], "after": ["identity"]}
    assert not Event.objects.filter(kind="person.roles_changed").exists()


@pytest.mark.parametrize("name", ["lea", "mia", "dir", "sol", "aud", "eve"])
def test_only_an_administrator_changes_roles(name: str) -> None:
    people = cast()

    with pytest.raises(Forbidden):
        give(people, people.sam, ["admin"], by=getattr(people, name))


def test_the_last_administrator_stays() -> None:
    people = cast()

    with pytest.raises(Refused, match="last active administrator"):
        actions.deactivate(people.ada.pk, by=people.ada)
    with pytest.raises(Refused, match="last active administrator"):
        give(people, people.ada, ["lead"])


def test_with_a_second_administrator_the_first_may_go() -> None:
    people = cast()
    lea = give(people, people.lea, ["lead", "admin"])

    actions.deactivate(people.ada.pk, by=lea)

    assert not Person.objects.get(pk=people.ada.pk).is_active


def test_an_administrator_who_is_switched_off_does_not_count_as_one() -> None:
    people = cast()
    give(people, people.lea, ["lead", "admin"])
    actions.deactivate(people.lea.pk, by=people.ada)

    with pytest.raises(Refused, match="last active administrator"):
        actions.deactivate(people.ada.pk, by=people.ada)


def test_nobody_gives_themselves_an_elevated_role() -> None:
    people = cast()

    with pytest.raises(Refused, match="Nobody gives themselves"):
        give(people, people.ada, ["admin", "auditor"])


def test_a_stale_page_overwrites_nothing() -> None:
    people = cast()
    seen = actions.standing_of(people.sam)
    give(people, people.sam, ["lead"], seen=seen)

    with pytest.raises(Refused, match="after you opened this page"):
        give(people, people.sam, ["agent"], seen=seen)

    assert Person.objects.get(pk=people.sam.pk).roles == {Role.LEAD}


def test_somebody_switched_off_is_out_at_once_and_stays_out_when_switched_on() -> None:
    people = cast()
    sam = signed_in(people.sam)
    link = actions.new_link(people.sam.pk, by=people.ada)

    actions.deactivate(people.sam.pk, by=people.ada)
    out = sam.get("/people/notices").status_code
    actions.reactivate(people.sam.pk, by=people.ada)

    assert out == 302
    assert sam.get("/people/notices").status_code == 302
    assert Event.objects.get(kind="person.deactivated").data == {"sessions_ended": 1}
    with pytest.raises(Refused):
        actions.enter(link.url.rsplit("/", 1)[1], password="seven unrelated words are enough")


@pytest.mark.parametrize(("count", "said"), [(1, "owns 1 open case. Hand it"), (2, "owns 2 open cases. Hand them")])
def test_nobody_is_switched_off_while_they_own_open_cases(count: int, said: str) -> None:
    people, made = cast(), [make.case() for _ in range(count)]

    with pytest.raises(Refused, match=said):
        actions.deactivate(people.sam.pk, by=people.ada)
    still = Person.objects.get(pk=people.sam.pk).is_active
    for case in made:
        cases.offer_handoff(case.key, by=people.sam, receiver=people.ines, summary="The metadata is being read.")
        cases.accept_handoff(case.key, by=people.ines)
    actions.deactivate(people.sam.pk, by=people.ada)

    assert still
    assert not Person.objects.get(pk=people.sam.pk).is_active


def test_an_owner_whose_roles_were_taken_away_still_owns_the_case() -> None:
    people, _ = cast(), make.case()
    give(people, people.sam, ["admin"])

    with pytest.raises(Refused, match="owns 1 open case"):
        actions.deactivate(people.sam.pk, by=people.ada)


def test_a_restricted_case_holds_its_owner_too() -> None:
    people, case = cast(), make.case()
    cases.restrict(case.key, by=people.sam, restricted=True, reason="A token may have leaked.")

    with pytest.raises(Refused, match="owns 1 open case"):
        actions.deactivate(people.sam.pk, by=people.ada)


def test_the_page_says_that_open_cases_come_first() -> None:
    people, _ = cast(), make.case()

    page = signed_in(people.ada).post(f"/people/{people.sam.pk}/off")

    assert page.status_code == 422
    assert "owns 1 open case" in page.content.decode()


def test_somebody_switched_off_holds_no_right() -> None:
    people = cast()

    person = actions.deactivate(people.mia.pk, by=people.ada)

    assert person.roles == frozenset()


def test_the_person_page_saves_and_says_so() -> None:
    people = cast()
    ada = signed_in(people.ada)
    address = f"/people/{people.sam.pk}"
    sent = {"roles": ["agent", "coach"], "teams": ["identity"], "seen": actions.standing_of(people.sam)}

    saved = ada.post(address, sent)
    stale = ada.post(address, sent | {"roles": ["viewer"]})

    assert saved.status_code == 302
    assert stale.status_code == 422
    assert "after you opened this page" in stale.content.decode()
    assert Person.objects.get(pk=people.sam.pk).roles == {Role.AGENT, Role.COACH}


def test_a_refusal_on_the_person_page_is_a_sentence() -> None:
    people = cast()

    page = signed_in(people.ada).post(f"/people/{people.ada.pk}/off")

    assert page.status_code == 422
    assert "last active administrator" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "list_page", "invite_page"),
    [("ada", 200, 200), ("mia", 200, 200), ("lea", 200, 403), ("aud", 200, 403), ("sam", 403, 403), ("eve", 403, 403)],
)
def test_the_people_page_opens_for_those_with_the_right(name: str, list_page: int, invite_page: int) -> None:
    client = signed_in(getattr(cast(), name))

    assert client.get("/people/").status_code == list_page
    assert client.get("/people/invite").status_code == invite_page


@pytest.mark.parametrize("to", ["off", "on", "forget", "link"])
def test_a_lead_sees_people_and_changes_none(to: str) -> None:
    people = cast()

    answer = signed_in(people.lea).post(f"/people/{people.sam.pk}/{to}")

    assert answer.status_code == 403
    assert Person.objects.get(pk=people.sam.pk).is_active


def test_people_are_found_by_name_or_address() -> None:
    page = signed_in(cast().ada).get("/people/?q=noor").content.decode()

    assert "Noor Haddad" in page
    assert "Sam Okafor" not in page


def test_a_notice_is_given_once_for_each_key() -> None:
    people = cast()

    first = actions.notify(people.sam, "packet:7", "A packet arrived.", "/escalations/7", "accent")
    second = actions.notify(people.sam, "packet:7", "A packet arrived.", "/escalations/7", "accent")

    assert (first, second) == (True, False)
    assert Notice.objects.filter(person=people.sam).count() == 1


def test_a_role_and_a_team_are_told_without_whoever_caused_it() -> None:
    people = cast()

    engineers = actions.notify_role(Role.ENGINEER, "a", "Packet", without=people.noor)
    pod = actions.notify_team("integrations", "b", "Case", without=people.lea)

    assert engineers == 1
    assert pod == people.teams["integrations"].people.count() - 1
    assert not Notice.objects.filter(person__in=[people.noor, people.lea]).exists()


def test_reading_marks_ones_own_notices_only() -> None:
    people = cast()
    actions.notify(people.sam, "a", "For Sam")
    actions.notify(people.eve, "a", "For Eve")
    eves = Notice.objects.get(person=people.eve)

    signed_in(people.sam).post("/people/notices/read", {"notice": [str(eves.pk), "x", "9" * 30]})

    assert Notice.objects.get(pk=eves.pk).read_at is None


def test_the_bell_gets_the_list_and_the_page_gets_it_all() -> None:
    sam = cast().sam
    actions.notify(sam, "a", "A packet was accepted.", "/x", "ok")
    client = signed_in(sam)

    part = client.get("/people/notices", HTTP_HX_REQUEST="true").content.decode()
    page = client.get("/people/notices").content.decode()
    client.post("/people/notices/read")

    assert "A packet was accepted." in part
    assert "<html" not in part
    assert "<html" in page
    assert not Notice.objects.filter(person=sam, read_at__isnull=True).exists()
