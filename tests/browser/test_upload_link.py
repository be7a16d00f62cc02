"""A customer on a telephone sends files by a link, by keyboard alone, over a connection that breaks."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.browser.keyboard import Keyboard
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PIECE = 4 * 2**20
LOG = b"2026-11-16T10:00:00Z ERROR pool timed out\n" * (9 * 2**20 // 42)
MAKE = """
from sevline.cases.actions import open_case
from sevline.catalog.models import ProductArea
from sevline.evidence.actions import make_link
from sevline.people.models import Person
lea = Person.objects.get(email="lea@sevline.example")
area = ProductArea.objects.get(key="sign-in")
case = open_case(by=lea, text="Sign-in fails.", title="Sign-in fails", product_area=area)
print(make_link(case.key, by=lea, asks=["C7", "saml.metadata"]).url)
"""
#: Milliseconds. What breaks is sent again after two seconds, and no test is timed.
PATIENCE = 20_000
CAME = """
from sevline.evidence.models import Upload
print([(upload.name, upload.size, upload.way) for upload in Upload.objects.exclude(link=None).order_by("number")])
"""


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="en-US")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def test_files_and_text_arrive_by_keyboard_although_the_connection_breaks(page: Page, product: Product) -> None:
    offsets: list[int] = []

    def once_broken(route: Route) -> None:
        method = route.request.method
        offsets.extend([int(route.request.headers["upload-offset"])] if method == "PATCH" else [])
        breaks = method == "PATCH" and len(offsets) == 2
        act = partial(route.abort, "connectionreset") if breaks else route.continue_
        act()

    link = product.told(MAKE)
    page.route("**/files/*", once_broken)
    page.goto(link)
    keys = Keyboard(page)
    keys.look()
    page.set_input_files("#send-files", FilePayload(name="app.log", mimeType="text/plain", buffer=LOG))
    keys.enter("button", "Send the files")
    expect(page.locator(".uploads li")).to_have_attribute("data-state", "done", timeout=PATIENCE)
    said = page.locator(".uploads .upload-says").inner_text()
    keys.look()
    keys.write("Answers, error messages, or a part of a log", "The error is E-77.")
    keys.follow("button", "Send the text")
    keys.look()

    assert offsets == [0, PIECE, PIECE, 2 * PIECE]
    assert said == "It is here, encrypted. You can close this page."
    assert product.told(CAME) == str([("app.log", len(LOG), "link"), ("text.txt", 18, "link")])
    assert "It is here, encrypted" in page.locator("#main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert keys.violations == []


def test_a_dead_link_says_so_and_nothing_else(page: Page, product: Product) -> None:
    page.goto(f"{product.url}/send/not-a-link")
    keys = Keyboard(page)
    keys.look()

    assert page.get_by_role("heading").inner_text() == "This link does not work"
    assert page.get_by_role("link").all_inner_texts() == ["Skip to content"]
    assert keys.violations == []
