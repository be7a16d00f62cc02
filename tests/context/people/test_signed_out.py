"""What somebody who is not signed in gets, and the headers that every page carries."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_page_sends_to_sign_in_and_back() -> None:
    answer = Client().get("/people/notices?x=1")

    assert answer["Location"] == "/accounts/login/?next=%2Fpeople%2Fnotices%3Fx%3D1"


def test_a_signed_out_post_is_answered_401_with_the_way_back_and_changes_nothing() -> None:
    page = "http://testserver/people/notices"

    answer = Client().post("/people/notices/read", {"text": "typed"}, HTTP_REFERER=page)

    text = answer.content.decode()
    assert answer.status_code == 401
    assert "You are signed out" in text
    assert "What you typed is kept in this browser" in text
    assert "/accounts/login/?next=" in text
    assert "notices" in text
    assert "typed" not in text.replace("What you typed", "")


def test_a_fragment_asked_for_signed_out_is_401_and_no_sign_in_page_inside_a_page() -> None:
    assert Client().get("/people/notices", HTTP_HX_REQUEST="true").status_code == 401


def test_the_way_back_leads_nowhere_else() -> None:
    cast()
    sent = {"login": "sam@sevline.example", "password": PASSWORD, "next": "https://evil.example/"}

    assert Client().post("/accounts/login/", sent)["Location"] == "/"


@pytest.mark.parametrize(
    "path", ["/people/", "/people/invite", "/people/me", "/governance/audit", "/governance/approvals"]
)
def test_nothing_is_open_by_accident(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert Client().post(path).status_code == 401


@pytest.mark.requirement("R-258")
def test_every_page_carries_the_headers_that_keep_it_safe() -> None:
    answer = Client().get("/accounts/login/")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_over_https_browsers_are_told_to_stay_there(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert Client().get("/accounts/login/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/accounts/login/")


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    cast()
    client = Client()

    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "sam@sevline.example", "password": PASSWORD})

    cookies = [client.cookies[name] for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)]
    assert all(cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax" for cookie in cookies)


def test_a_form_without_its_token_is_refused() -> None:
    sam = Client(enforce_csrf_checks=True)
    sam.force_login(cast().sam)

    assert sam.post("/people/notices/read").status_code == 403


def test_a_number_that_belongs_to_nobody_is_not_found() -> None:
    assert signed_in(cast().ada).get("/people/999999").status_code == 404
