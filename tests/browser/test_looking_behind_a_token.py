"""On a telephone, by keyboard: a value behind a token is asked for, approved and seen once; a program gets a token."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.journey import sign_in, sign_out
from tests.browser.keyboard import Keyboard
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADDRESS = "helena.marsh-4417@brightwater.example"
MAKE = f"""
from sevline.cases.actions import open_case
from sevline.catalog.models import ProductArea
from sevline.evidence.actions import attach
from sevline.evidence.models import RedactionRun
from sevline.people.models import Person
from sevline.platform.jobs import worker
lea = Person.objects.get(email="lea@sevline.example")
area = ProductArea.objects.get(key="sign-in")
case = open_case(by=lea, text="Sign-in fails.", title="Sign-in fails", product_area=area)
upload = attach(case.key, "app.log", [b"2026-11-16T10:00:00Z ERROR sign-in of {ADDRESS} failed"], by=lea)
import time
for _ in range(300):
    if run := RedactionRun.objects.filter(upload=upload).first():
        break
    worker.drain(); time.sleep(0.2)
print(case.key, run.samples["email"][0])
"""


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-US", base_url=product.url)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_value_is_asked_for_approved_by_another_and_seen_once(page: Page, product: Product) -> None:
    case, token = product.told(MAKE).split()
    keys = Keyboard(page)
    sign_in(keys, product, "lea")
    page.goto(f"/evidence/cases/{case}/reveal?token={token}")
    keys.look()
    asked_fits = fits(page)
    keys.write("Why it is needed", "The customer asks which of their people this was.")
    keys.follow("button", "Ask for approval")
    keys.look()
    wanted, waiting_fits = page.url, fits(page)
    sign_out(keys)

    sign_in(keys, product, "mia")
    page.goto("/governance/approvals")
    keys.look()
    keys.follow("link", case, exact=False)
    keys.look()
    keys.follow("button", "Approve", exact=False)
    keys.look()
    sign_out(keys)

    sign_in(keys, product, "lea")
    page.goto(wanted)
    keys.follow("button", "Show", exact=False)
    keys.look()
    seen, seen_fits = page.locator("#main").inner_text(), fits(page)
    page.goto(wanted)

    assert ADDRESS in seen
    expect(page.locator("#main")).not_to_contain_text(ADDRESS)
    assert (asked_fits, waiting_fits, seen_fits) == (True, True, True)
    assert keys.violations == []


def test_a_token_for_a_program_is_made_shown_once_and_revoked(page: Page, product: Product) -> None:
    keys = Keyboard(page)
    sign_in(keys, product, "sam")
    page.goto("/people/me")
    keys.follow("link", "Access tokens")
    keys.look()
    keys.write("What it is for", "Nightly bundle")
    keys.tick("Send files into cases")
    keys.follow("button", "Make the token")
    keys.look()
    shown = page.get_by_label("Nightly bundle", exact=True).input_value()
    fresh_fits = fits(page)
    page.goto("/people/me/tokens")
    later = page.content()
    keys.follow("button", "Revoke Nightly bundle")
    keys.look()

    assert shown.startswith("svl_")
    assert shown not in later
    assert "is revoked" in page.content()
    assert fresh_fits
    assert keys.violations == []
