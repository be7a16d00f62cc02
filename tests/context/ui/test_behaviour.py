"""The interface in Chromium, under the product's own content policy and without a database."""

from __future__ import annotations

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page

MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with override_settings(ROOT_URLCONF="tests.context.ui.pages", MIDDLEWARE=MIDDLEWARE, ALLOWED_HOSTS=["127.0.0.1"]):
        server = make_server("127.0.0.1", 0, WSGIHandler(), Server, Quiet)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def case(site: str, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    page.set_default_timeout(8_000)
    page.goto("/case")
    yield page
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_component_is_accessible_and_fits(site: str, chromium: Browser, theme: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sevline-theme", "value": theme, "url": site}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{site}/styleguide", wait_until="networkidle")
    found = Axe().run(page).response["violations"]

    assert [(one["id"], len(one["nodes"])) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.querySelector('main').clientWidth") > width * 0.8
    assert complaints == []
    context.close()


def test_text_typed_before_the_session_ended_is_offered_again(case: Page) -> None:
    case.fill("textarea", "The customer wrote: it fails")
    case.press("textarea", "Control+Enter")
    case.wait_for_url("**/note")
    told = case.inner_text("#restore")
    case.goto("/case")
    case.click("text=Restore what you typed")

    assert "kept in this tab" in told
    assert case.input_value("textarea") == "The customer wrote: it fails"
    assert case.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_another_person_is_not_offered_the_text(case: Page) -> None:
    case.fill("textarea", "The customer wrote: it fails")
    case.press("textarea", "Control+Enter")
    case.wait_for_url("**/note")
    case.evaluate(
        "sessionStorage.setItem('sevline:sent', sessionStorage.getItem('sevline:sent').replace('\"7\"', '\"8\"'))"
    )
    case.goto("/case")

    assert case.is_hidden("#restore")
    assert case.evaluate("sessionStorage.getItem('sevline:sent')") is None


def test_a_key_acts_only_when_nobody_is_typing(case: Page) -> None:
    case.focus("textarea")
    case.keyboard.type("e?")
    typed = case.locator("dialog[open]").count()
    case.keyboard.press("Escape")
    case.keyboard.press("e")

    assert typed == 0
    assert case.get_attribute("dialog[open]", "id") == "edit"


def test_a_question_comes_before_the_act(case: Page) -> None:
    case.click("button:text-is('Delete')")
    asked = case.inner_text("[data-confirm-text]")
    case.click("#confirm button:text-is('Cancel')")
    stayed = case.url.endswith("/case")
    case.click("button:text-is('Delete')")
    case.click("[data-confirm-yes]")
    case.wait_for_url("**/gone")

    assert asked == "Delete it for good?"
    assert stayed


def test_an_upload_that_breaks_says_so_and_is_sent_again(case: Page) -> None:
    case.set_input_files("input[type=file]", {"name": "a.har", "mimeType": "text/plain", "buffer": b"x" * 1000})
    case.wait_for_selector("li[data-state=waiting]")
    told = case.inner_text(".upload-says")
    case.wait_for_selector("li[data-state=done]")
    case.wait_for_selector("#received p")

    assert "The connection broke" in told
    assert "try 2 of 5" in told
    assert case.inner_text("#received") == "received a.har at attempt 2"


def test_a_theme_is_remembered_where_the_server_can_read_it(case: Page) -> None:
    case.click("footer [data-theme-button]")
    case.click("footer [data-theme-button]")
    case.reload()

    assert case.get_attribute("html", "data-theme") == "dark"
    assert "sevline-theme=dark" in case.evaluate("document.cookie")
