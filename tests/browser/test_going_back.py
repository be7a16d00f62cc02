"""Somebody goes back to a page whose form they sent, and sends it again: what they typed since is kept."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import sight
from tests.browser.product import Product
from tests.conftest import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=["whole page kept", "page read again"])
def page(request: pytest.FixtureRequest, chromium: Browser, product: Product) -> Iterator[Page]:
    """A browser with its back-forward cache, as people have it, and one without."""
    kept = ["--disable-back-forward-cache"] if request.param == "whole page kept" else None
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"], ignore_default_args=kept
    )  # fmt: skip
    opened = browser.new_context(base_url=product.url, locale="en-GB").new_page()
    opened.set_default_timeout(60_000)
    sight.sign_in(opened, "sam", product.password)
    yield opened
    browser.close()


def open_case(page: Page, title: str, text: str) -> str:
    page.get_by_label("Ticket").fill(text)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Product area").select_option(label="Webhooks")
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url(re.compile(r"/cases/C-\d+$"))
    return page.url


def go_back(page: Page) -> None:
    """A page that comes back whole is not loaded again, which is what `Page.go_back` waits for."""
    with page.expect_event("framenavigated"):
        page.evaluate("history.back()")


def token(page: Page) -> str:
    return page.locator("form.composer[data-voice=internal] [name=form_token]").input_value()


def test_a_second_ticket_typed_after_going_back_is_a_case_of_its_own(page: Page) -> None:
    page.goto("/cases/new")
    first = open_case(page, "The first", "The export fails")

    go_back(page)
    second = open_case(page, "The second", "Rows were lost in the sync")

    assert second != first
    expect(page.locator("#timeline")).to_contain_text("Rows were lost in the sync")


def test_a_second_note_after_going_back_has_a_token_of_its_own_and_is_kept(page: Page) -> None:
    page.goto("/cases/new")
    open_case(page, "Notes", "The export fails")
    spent = token(page)
    note = page.get_by_role("textbox", name="Internal note")
    note.fill("The first note")
    page.get_by_role("button", name="Save internal note").click()
    expect(page.locator("#timeline")).to_contain_text("The first note")

    go_back(page)
    page.wait_for_function(
        "spent => document.querySelector('form[data-voice=internal] [name=form_token]').value !== spent", arg=spent
    )
    note.fill("The second note")
    page.get_by_role("button", name="Save internal note").click()

    expect(page.locator("#timeline")).to_contain_text("The second note")
