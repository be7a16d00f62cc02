"""A customer with a link sends files without an account, sees what is asked for and nothing of the case."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence import actions
from sevline.evidence.models import Upload, UploadLink, UploadState, Way
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.stored import everything, lying_about
from tests.context.evidence.tus import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SECRET = "helena.marsh-4417@brightwater.example"
LOG = f"2026-11-16T10:00:00Z ERROR pool of {SECRET} timed out\n".encode() * 200
DEAD = "This link does not work. It may have ended. Ask whoever gave it to you for a new one."


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


@pytest.fixture
def given(case: Case) -> actions.Given:
    return actions.make_link(case.key, by=cast().sam, asks=("C7", "saml.metadata"))


def path(given: actions.Given) -> str:
    return "/send/" + given.url.rpartition("/")[2]


def test_the_page_says_what_to_send_and_how_and_nothing_of_the_case(case: Case, given: actions.Given) -> None:
    text = Client().get(path(given)).content.decode()

    assert "A request or trace id" in text
    assert "Download the federation metadata XML" in text
    hidden = (case.key, case.title, "Brightwater", "Sam", "saml.metadata", "Sev2")
    assert [word for word in hidden if word in text] == []


def test_a_file_that_came_by_link_is_redacted_before_anybody_sees_it(case: Case, given: actions.Given) -> None:
    answer = Sender(Client(), f"{path(given)}/files").whole("app.log", LOG)
    in_quarantine = Upload.objects.get(case=case).state
    worker.drain()

    upload = Upload.objects.get(case=case)
    tab = signed_in(cast().sam).get(f"/cases/{case.key}/evidence").content.decode()
    assert answer.json()["says"] == "It is here, encrypted. You can close this page."
    assert (in_quarantine, upload.state, upload.way) == (UploadState.QUARANTINED, UploadState.AVAILABLE, Way.LINK)
    assert "the customer, by" in tab
    assert lying_about(SECRET) == []


def test_the_trail_names_the_customer_and_never_the_link(case: Case, given: actions.Given) -> None:
    Client().get(path(given))
    Sender(Client(), f"{path(given)}/files").whole("app.log", LOG)

    kinds = list(Event.objects.filter(kind__startswith="evidence.").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["evidence.link_made", "evidence.link_opened", "evidence.received"]
    assert Event.objects.get(kind="evidence.received").actor_label == "The customer, by an upload link"
    assert given.url.rpartition("/")[2].encode() not in everything()


def test_without_scripts_a_form_sends_files_and_says_what_happened_to_each(case: Case, given: actions.Given) -> None:
    files = [SimpleUploadedFile("a.log", LOG), SimpleUploadedFile("copy.log", LOG), SimpleUploadedFile("b.log", b"")]

    text = Client().post(path(given), {"file": files}).content.decode()

    assert [row.name for row in Upload.objects.filter(case=case)] == ["a.log"]
    assert "The same file is here already" in text
    assert "The file is empty" in text


def test_text_can_be_pasted(case: Case, given: actions.Given) -> None:
    form = "text=" + f"the error is E-77 for {SECRET}".replace("@", "%40").replace(" ", "+")

    answer = Client().post(path(given), form, content_type="application/x-www-form-urlencoded")
    worker.drain()

    assert answer.status_code == 200
    assert Upload.objects.get(case=case).name == "text.txt"
    assert lying_about(SECRET) == []


def test_the_link_stops_working_after_seven_days(given: actions.Given) -> None:
    made = given.link.made_at

    with clock.held_at(made + timedelta(days=7) - timedelta(seconds=1)):
        before = Client().get(path(given)).status_code
    with clock.held_at(made + timedelta(days=7)):
        after = Client().get(path(given)).status_code

    assert (before, after) == (200, 410)


def test_a_wrong_an_expired_and_a_revoked_link_are_answered_alike(case: Case, given: actions.Given) -> None:
    other = actions.make_link(case.key, by=cast().sam)
    actions.revoke_link(other.link.pk, by=cast().sam)
    UploadLink.objects.filter(pk=given.link.pk).update(expires_at=clock.now())

    answers = [Client().get(address) for address in ("/send/never-was", path(given), path(other))]
    sending = [Client().post(f"{address}/files") for address in ("/send/never-was", path(given), path(other))]

    assert {answer.status_code for answer in answers + sending} == {410}
    assert all(DEAD in answer.content.decode() for answer in answers + sending)


def test_a_revoked_link_ends_a_file_that_is_on_its_way(case: Case, given: actions.Given) -> None:
    sender = Sender(Client(), f"{path(given)}/files")
    sender.announce("app.log", len(LOG))
    sender.push(LOG[:100], 0)

    actions.revoke_link(given.link.pk, by=cast().sam)

    assert sender.push(LOG[100:], 100).status_code == 410
    assert Upload.objects.filter(case=case).count() == 0


def test_one_link_shows_nothing_of_what_comes_by_another(case: Case, given: actions.Given) -> None:
    other = actions.make_link(case.key, by=cast().sam)
    sender = Sender(Client(), f"{path(given)}/files")
    sender.announce("app.log", len(LOG))

    stolen = sender.at.replace(path(given), path(other))

    assert Client().head(stolen).status_code == 404
    assert "app.log" not in Client().get(path(other)).content.decode()


def test_a_link_takes_so_many_files_and_bytes(given: actions.Given) -> None:
    UploadLink.objects.filter(pk=given.link.pk).update(most_files=2, most_bytes=len(LOG) + 20)
    sender = Sender(Client(), f"{path(given)}/files")
    sender.whole("a.log", LOG)

    too_large = sender.announce("b.log", 100)
    sender.announce("c.log", 10)
    too_many = sender.announce("d.log", 1)

    assert (too_large.status_code, too_many.status_code) == (413, 422)
    assert "This link takes" in too_large.content.decode()
    assert "This link takes 2 files" in too_many.content.decode()


def test_a_sender_that_starts_too_many_files_a_minute_is_slowed_down(given: actions.Given) -> None:
    sender = Sender(Client(), f"{path(given)}/files")

    statuses = [sender.announce("a.log", 0).status_code for _ in range(62)]

    assert (statuses[0], statuses[-1]) == (422, 429)


def test_whoever_guesses_links_is_told_the_same_even_when_one_is_right(given: actions.Given) -> None:
    thief = Client()
    for guess in range(21):
        thief.get(f"/send/guess-{guess}")

    assert thief.get(path(given)).status_code == 410


def test_a_closed_case_takes_nothing_and_its_state_is_not_told(case: Case, given: actions.Given) -> None:
    Case.objects.filter(pk=case.pk).update(status="closed")

    answer = Sender(Client(), f"{path(given)}/files").announce("a.log", 10)

    assert answer.status_code == 422
    assert answer.content.decode().startswith("The matter that this link belongs to is closed.")


def test_only_whoever_may_write_to_the_customer_makes_a_link(case: Case) -> None:
    with pytest.raises(Forbidden):
        actions.make_link(case.key, by=cast().vic)
    with pytest.raises(Refused, match="There is no case"):
        actions.make_link(case.key, by=cast().eve)


def test_a_request_lists_all_five_missing_things_with_steps_a_link_and_a_deadline(case: Case) -> None:
    items = ["C6", "C8", "C9", "saml.metadata", "saml.users"]
    due = clock.now() + timedelta(hours=4)

    asked = actions.ask_customer(case.key, by=cast().sam, items=items, there={"C1"}, due=due)

    message: Any = case.messages.get(pk=asked.request.message_id)
    assert [asked.text.count(f"\n{number}. ") for number in range(1, 7)] == [1, 1, 1, 1, 1, 0]
    assert (asked.text.count("How: "), asked.text.count("What for: ")) == (5, 5)
    assert asked.given.url in asked.text
    assert f"{due:%H:%M} UTC" in asked.text
    assert (asked.given.url in message.text, message.kind) == (False, "public")
    assert Event.objects.filter(kind="evidence.requested").count() == 1


@pytest.mark.requirement("R-031")
def test_five_missing_items_make_one_message_and_what_is_there_is_not_asked_for_again(case: Case) -> None:
    items = ["C6", "C8", "C9", "saml.metadata", "saml.users"]
    sam, due = signed_in(cast().sam), f"{clock.now() + timedelta(hours=4):%Y-%m-%dT%H:%M}"
    before = case.messages.count()

    page = sam.post(f"/cases/{case.key}/ask", {"items": items, "due": due})
    Sender(sam, f"/evidence/cases/{case.key}/sendings").whole("a.log", LOG)
    again = sam.post(f"/cases/{case.key}/ask", {"items": ["C3", *items], "due": due})

    text = page.content.decode()
    assert (page.status_code, case.messages.count() - before) == (200, 1)
    assert (text.count("How: "), text.count("/send/") > 0) == (5, True)
    assert again.status_code == 422
    assert "is here already" in again.content.decode()


@pytest.mark.requirement("R-032")
def test_three_requests_that_were_each_answered_are_three_loops_and_flag_the_case(case: Case) -> None:
    from sevline.cases.actions import customer_replied
    from sevline.web.checklist import rounds_of

    for _ in range(3):
        actions.ask_customer(case.key, by=cast().sam, items=["C9"], there=(), due=clock.now() + timedelta(hours=4))
        customer_replied(case.key, by=cast().sam, text="We restarted it.")

    page = signed_in(cast().sam).get(f"/cases/{case.key}").content.decode()
    assert (rounds_of(case).customer, rounds_of(case).flagged) == (3, True)
    assert "3 rounds of questions to the customer" in page
