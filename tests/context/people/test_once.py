"""A form that comes twice is done once; one with other words is another thing, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from sevline.cases.models import Case, Message
from sevline.diagnosis.models import KnownErrorSearch
from sevline.evidence.models import EvidenceRequest, UploadLink
from sevline.people import once
from sevline.people.models import SentForm
from sevline.people.tasks import forget_sent_forms
from sevline.platform import clock
from tests import make
from tests.cast import cast, signed_in
from tests.context.cases.test_talk import everything_stored

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{32})"')


def sam() -> Client:
    return signed_in(cast().sam)


def notes(case: Case) -> list[str]:
    return list(Message.objects.filter(case=case, kind="internal").order_by("pk").values_list("text", flat=True))


def asking(at_hours: int = 2) -> dict[str, object]:
    when = f"{clock.now() + timedelta(hours=at_hours):%Y-%m-%dT%H:%M}"
    return {"items": ["C1"], "due": when, "next_update_at": when, "form_token": "t"}


def test_each_form_of_a_page_has_a_token_of_its_own() -> None:
    page = sam().get(make.case(severity=3).page).content.decode()

    tokens = TOKEN.findall(page)

    assert len(tokens) == page.count("csrfmiddlewaretoken") > 1
    assert len(set(tokens)) == len(tokens)


def test_other_words_under_the_token_of_a_form_that_was_sent_are_kept_too() -> None:
    case, browser = make.case(severity=3), sam()

    for text in ("The first note", "The second note", "The first note"):
        browser.post(f"{case.page}/note", {"text": text, "form_token": "t"})

    assert notes(case) == ["The first note", "The second note"]


def test_another_ticket_under_the_token_of_one_that_was_opened_is_a_case_of_its_own() -> None:
    form = {"product_area": make.product_area().pk, "team": make.team().pk, "form_token": "t"}
    browser = sam()

    first = browser.post("/cases/new", {**form, "title": "One", "text": "The export fails"})
    second = browser.post("/cases/new", {**form, "title": "Two", "text": "Webhooks are late"})

    assert first["Location"] != second["Location"]
    assert set(Case.objects.values_list("title", flat=True)) == {"One", "Two"}


def test_the_second_sending_is_led_where_the_first_was_and_told_that_it_was_one() -> None:
    case, browser = make.case(severity=3), sam()
    form = {"text": "Once.", "form_token": "t"}

    first = browser.post(f"{case.page}/note", form)
    second = browser.post(f"{case.page}/note", form, follow=True)

    assert second.redirect_chain == [(first["Location"], 302)]
    assert once.ONCE in second.content.decode()


def test_the_same_token_of_somebody_else_is_another_form() -> None:
    case = make.case(severity=3)

    for person in (cast().sam, cast().lea):
        signed_in(person).post(f"{case.page}/note", {"text": "The pool is at 8.", "form_token": "t"})

    assert len(notes(case)) == 2


def test_a_form_that_was_refused_can_be_sent_again_under_its_token() -> None:
    case, browser = make.case(severity=2), sam()
    form = {"text": "We look into it, and are sorry.", "form_token": "t"}

    refused = browser.post(f"{case.page}/tell", form)
    same = browser.post(f"{case.page}/tell", form)

    assert (refused.status_code, same.status_code) == (422, 422)
    assert not SentForm.objects.exists()


def test_what_is_shown_once_is_shown_again_to_the_same_form_alone_and_lies_sealed() -> None:
    case, browser, form = make.case(severity=3), sam(), asking()

    first = browser.post(f"{case.page}/ask", form)
    second = browser.post(f"{case.page}/ask", form)

    link = re.search(r"/send/([\w-]{20,})", first.content.decode())
    assert link is not None
    assert second.content == first.content
    assert link[1] not in everything_stored()
    assert (EvidenceRequest.objects.count(), UploadLink.objects.count()) == (1, 1)
    assert Message.objects.filter(case=case, kind="public").count() == 1


def test_a_part_of_a_page_that_comes_twice_is_answered_as_a_part() -> None:
    case, browser = make.case(severity=3), sam()
    form = {"terms": "audience metadata", "form_token": "t"}
    part = {"HX-Request": "true"}

    first = browser.post(f"{case.page}/diagnosis/search", form, headers=part)
    second = browser.post(f"{case.page}/diagnosis/search", form, headers=part)
    whole = browser.post(f"{case.page}/diagnosis/search", form)

    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert whole.status_code == 302
    assert KnownErrorSearch.objects.filter(case=case).count() == 1


def test_no_trace_of_a_form_with_a_password_is_kept() -> None:
    cast()

    Client().post("/accounts/login/", {"login": "sam@sevline.example", "password": "x", "form_token": "t"})

    assert not SentForm.objects.exists()


def test_a_form_is_forgotten_after_a_week() -> None:
    sam().post(f"{make.case(severity=3).page}/note", {"text": "Once.", "form_token": "t"})

    with clock.held_at(clock.now() + timedelta(days=6)):
        early = forget_sent_forms.call()
    with clock.held_at(clock.now() + timedelta(days=8)):
        late = forget_sent_forms.call()

    assert (early, late) == (0, 1)
