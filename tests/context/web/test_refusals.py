"""A refusal tells people in words who may; the key of the right is for programs and for the log."""

import pytest

from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
KEY = "people.view"


def test_a_page_names_no_key_and_says_who_may_and_what_to_do() -> None:
    page = signed_in(cast().vic).get("/people/")

    text = page.content.decode()
    assert page.status_code == 403
    assert KEY not in text
    assert "Your roles do not let you see who works here. Lead, shift lead, support manager" in text
    assert "Ask one of them, or an administrator to give you such a role." in text


def test_a_program_gets_the_sentences_and_the_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sevline.refusals")

    answer = signed_in(cast().vic).get("/people/", headers={"accept": "application/json"})

    assert answer.status_code == 403
    assert answer.json()["right"] == KEY
    assert answer.json()["reasons"][0].startswith("Your roles do not let you see who works here.")
    assert f"GET /people/: refused for want of {KEY}" in caplog.text
