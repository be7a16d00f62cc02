"""How people come in: by invitation, by reset link, as the first administrator, and no other way."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Role
from sevline.people import actions
from sevline.people.models import EntryLink, Person
from sevline.people.selectors import token_hash
from sevline.platform import clock
from sevline.platform.models import Event
from tests.cast import PASSWORD, cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = "seven unrelated words are enough"


def token_of(entry: actions.Entry) -> str:
    return entry.url.rsplit("/", 1)[1]


def invited(**asked: Any) -> actions.Entry:
    given = {"email": "nils@sevline.example", "name": "Nils Berg", "roles": ["agent"], "teams": ["integrations"]}
    return actions.invite(by=cast().ada, **(given | asked))


def test_an_invitation_lets_one_person_in_once() -> None:
    entry = invited()
    browser = Client()

    first = browser.post(f"/enter/{token_of(entry)}", {"name": "Nils Berg", "password": NEW, "again": NEW})
    second = Client().get(f"/enter/{token_of(entry)}")

    assert first.status_code == 302
    assert browser.session["_auth_user_id"] == str(entry.person.pk)
    assert second.status_code == 410
    assert "does not work any more" in second.content.decode()


def test_only_the_hash_of_a_token_is_kept() -> None:
    entry = invited()

    link = EntryLink.objects.get(person=entry.person)

    assert link.token_hash == token_hash(token_of(entry))
    assert not Event.objects.filter(data__icontains=token_of(entry)).exists()


def test_an_expired_invitation_lets_nobody_in() -> None:
    entry = invited()

    with clock.held_at(clock.now() + timedelta(hours=entry.hours, seconds=1)), pytest.raises(Refused, match="expired"):
        actions.enter(token_of(entry), password=NEW)


def test_an_invitation_works_until_its_last_second() -> None:
    entry = invited()

    with clock.held_at(clock.now() + timedelta(hours=entry.hours, seconds=-2)):
        person = actions.enter(token_of(entry), password=NEW)

    assert person.check_password(NEW)


def test_a_new_link_kills_the_older_one() -> None:
    old = invited()
    actions.new_link(old.person.pk, by=cast().ada)

    with pytest.raises(Refused, match="replaced"):
        actions.enter(token_of(old), password=NEW)


def test_a_weak_password_is_refused_in_words_and_spends_nothing() -> None:
    entry = invited()

    with pytest.raises(Refused, match="at least 12 characters"):
        actions.enter(token_of(entry), password="short")

    assert actions.enter(token_of(entry), password=NEW).check_password(NEW)


def test_two_different_passwords_are_refused_with_the_form_kept() -> None:
    entry = invited()

    answer = Client().post(f"/enter/{token_of(entry)}", {"name": "Nils", "password": NEW, "again": NEW + "x"})

    assert answer.status_code == 422
    assert "The two passwords differ." in answer.content.decode()


def test_only_those_with_the_right_invite() -> None:
    with pytest.raises(Forbidden, match="invite a person"):
        actions.invite(by=cast().lea, email="nils@sevline.example", name="Nils", roles=["agent"])


def test_a_manager_invites_a_specialist_but_no_administrator() -> None:
    mia = cast().mia

    entry = actions.invite(by=mia, email="nils@sevline.example", name="Nils", roles=["agent"])

    assert entry.person.roles == {Role.AGENT}
    with pytest.raises(Forbidden):
        actions.invite(by=mia, email="olga@sevline.example", name="Olga", roles=["agent", "admin"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"email": "not an address"}, "is not an e-mail address"),
        ({"email": "SAM@sevline.example"}, "is already here"),
        ({"name": "  "}, "Say the person's name"),
        ({"roles": []}, "at least one role"),
        ({"roles": ["emperor"]}, "no role “emperor”"),
    ],
)
def test_a_wrong_invitation_is_answered_with_a_sentence(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        invited(**asked)


def test_the_link_is_shown_to_the_inviter_once() -> None:
    ada = signed_in(cast().ada)

    asked = {"email": "nils@sevline.example", "name": "Nils", "roles": ["agent"], "teams": ["identity"]}
    page = ada.post("/people/invite", asked).content.decode()

    assert "/enter/" in page
    assert "shown only now" in page
    assert "no-store" in ada.post("/people/invite", asked | {"email": "o@sevline.example"})["Cache-Control"]


def test_the_invitation_is_mailed_where_there_is_a_mail_server(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"smtp_url": "smtp://mail.example.test"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    entry = invited()

    assert entry.mailed
    assert entry.url in mail.outbox[0].body


def test_a_mail_server_that_is_away_loses_no_invitation(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"smtp_url": "smtp://127.0.0.1:9"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    entry = invited()

    assert not entry.mailed
    assert entry.mail_error
    assert actions.enter(token_of(entry), password=NEW)


def test_a_reset_ends_every_session_and_asks_for_a_new_sign_in() -> None:
    people = cast()
    sam = signed_in(people.sam)
    entry = actions.new_link(people.sam.pk, by=people.ada)

    answer = Client().post(f"/enter/{token_of(entry)}", {"password": NEW, "again": NEW})

    assert answer["Location"] == "/accounts/login/"
    assert sam.get("/people/notices").status_code == 302
    assert Event.objects.get(kind="person.password_reset").data == {"sessions_ended": 1}


def test_only_an_administrator_makes_a_reset_link_for_somebody_who_joined() -> None:
    people = cast()

    with pytest.raises(Forbidden):
        actions.new_link(people.sam.pk, by=people.mia)


def test_the_console_prints_a_reset_link_for_a_known_address_only() -> None:
    people = cast()

    entry = actions.reset_at_console("ADA@sevline.example")

    assert actions.enter(token_of(entry), password=NEW) == people.ada
    with pytest.raises(Refused, match="Nobody here"):
        actions.reset_at_console("nobody@sevline.example")


def test_the_first_administrator_is_made_once() -> None:
    link = actions.setup_link() or ""
    path = link[link.index("/setup/") :]
    given = {"name": "Ada", "email": "ada@sevline.example", "password": NEW, "again": NEW, "works_here": "on"}
    browser = Client()

    made = browser.post(path, given)
    again = Client().post(path, given | {"email": "mallory@sevline.example"})

    assert made.status_code == 302
    assert browser.session["_auth_user_id"] == str(Person.objects.get().pk)
    assert Person.objects.get().roles == {Role.ADMIN, Role.LEAD}
    assert again.status_code == 410
    assert actions.setup_link() is None


def test_a_made_up_or_old_setup_link_is_dead() -> None:
    link = actions.setup_link() or ""
    token = link.rsplit("/", 1)[1]

    assert Client().get("/setup/guess").status_code == 410
    assert Client().get(f"/setup/{token}").status_code == 200
    assert Client().get(f"/setup/{token}x").status_code == 410


def test_without_a_mail_server_the_page_says_whom_to_ask() -> None:
    page = Client().get("/accounts/password/reset/").content.decode()

    assert "Ask an administrator" in page
    assert "sevline people reset" in page


def test_the_answer_to_a_forgotten_password_tells_nobody_who_is_here(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"smtp_url": "smtp://mail.example.test"})
    cast()

    known = Client().post("/accounts/password/reset/", {"email": "sam@sevline.example"}).content.decode()
    unknown = Client().post("/accounts/password/reset/", {"email": "zed@sevline.example"}).content.decode()

    assert known.replace("sam@", "zed@") == unknown


def test_a_forgotten_password_is_answered_by_mail(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"smtp_url": "smtp://mail.example.test"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sam = cast().sam

    sent = actions.mail_reset_link(sam.pk)

    token = mail.outbox[0].body.split("/enter/")[1].split()[0]
    assert sent
    assert actions.enter(token, password=NEW) == sam


def test_nobody_signs_up() -> None:
    assert Client().get("/accounts/signup/")["Location"] == "/accounts/login/"
    Client().post("/accounts/signup/", {"email": "m@sevline.example", "password1": NEW})

    assert not Person.objects.exists()


def test_the_old_password_is_dead_after_a_reset() -> None:
    people = cast()
    entry = actions.new_link(people.sam.pk, by=people.ada)

    person = actions.enter(token_of(entry), password=NEW)

    assert not person.check_password(PASSWORD)
