"""Somebody is signed out while they write: their text waits in the tab and is offered to them, and to nobody else."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from sevline.cli.desk import sample
from tests.browser import sight
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOTE = "The customer's proxy closes idle connections after 5 s; asked for its log."


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    context = chromium.new_context(base_url=product.url, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    sight.sign_in(opened, "lea", product.password)
    yield opened
    context.close()


@pytest.fixture
def case(page: Page) -> str:
    """The address of a new case."""
    page.goto("/cases/new")
    page.get_by_label("Ticket").fill(sample.ticket(datetime.now(UTC) - timedelta(minutes=40)))
    page.get_by_label("Title").fill("The session ends while a note is written")
    page.get_by_label("Product area").select_option(label="Webhooks")
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url(re.compile(r"/cases/C-\d+$"))
    return page.url


def sign_in_here(page: Page, who: str, password: str) -> None:
    """On the page to which one was sent, so that it leads back."""
    page.get_by_label("E-mail address").fill(f"{who}@sevline.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_text_sent_by_somebody_who_was_signed_out_meanwhile_is_offered_after_the_sign_in(
    page: Page, product: Product, case: str
) -> None:
    page.goto(f"{case}/note")
    page.get_by_role("main").get_by_role("textbox").fill(NOTE)
    page.context.clear_cookies()

    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator("#restore")).to_contain_text("What you typed was not sent. It is kept in this tab")
    page.goto(f"/accounts/login/?next={case.removeprefix(product.url)}/note")
    sign_in_here(page, "lea", product.password)
    page.get_by_role("button", name="Restore what you typed").click()

    expect(page.get_by_role("main").get_by_role("textbox")).to_have_value(NOTE)
    page.get_by_role("main").get_by_role("button", name="Save").click()
    page.wait_for_url(case)
    expect(page.get_by_role("region", name="Timeline")).to_contain_text(NOTE)
    expect(page.locator("#restore")).to_be_hidden()


def test_a_text_in_a_dialog_is_kept_too_and_the_way_back_leads_to_it(page: Page, product: Product, case: str) -> None:
    page.goto(f"{case}/diagnosis")
    page.get_by_role("link", name="Add hypothesis").click()
    page.get_by_label("What may be the case").fill("The proxy closes idle connections")
    page.get_by_label("What you would then see").fill("Failures after 5 s without traffic")
    page.get_by_label("Which observation would refute it").fill("A failure on a busy connection")
    page.context.clear_cookies()

    page.get_by_role("button", name="Propose").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    sign_in_here(page, "lea", product.password)

    expect(page.locator("#restore")).to_contain_text("What you typed was not sent")


def test_somebody_else_who_signs_in_on_this_tab_is_not_offered_the_text(
    page: Page, product: Product, case: str
) -> None:
    page.goto(f"{case}/note")
    page.get_by_role("main").get_by_role("textbox").fill(NOTE)
    page.context.clear_cookies()
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator("#restore")).to_be_visible()

    page.goto(f"/accounts/login/?next={case.removeprefix(product.url)}/note")
    sign_in_here(page, "tomasz", product.password)

    expect(page.get_by_role("main").get_by_role("textbox")).to_have_value("")
    expect(page.locator("#restore")).to_be_hidden()
    assert NOTE not in page.content()
