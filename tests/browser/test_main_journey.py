"""The main path of an escalation, walked by keyboard alone: from a pasted ticket to Engineering's answer and the end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from sevline.cli.desk import sample
from tests.browser.keyboard import Keyboard
from tests.browser.product import Product

pytestmark = pytest.mark.browser
SECRET, E_MAIL = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "helen.marsh@brightwater.example"
TITLE = "Order webhooks time out"


@pytest.fixture
def keys(chromium: Browser, product: Product) -> Iterator[Keyboard]:
    context = chromium.new_context(
        base_url=product.url, viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield Keyboard(page)
    context.close()


def sign_in(keys: Keyboard, product: Product, who: str) -> None:
    keys.page.goto("/accounts/login/")
    keys.look()
    keys.write("E-mail address", f"{who}@sevline.example")
    keys.write("Password", product.password)
    keys.follow("button", "Sign in")
    keys.look()


def sign_out(keys: Keyboard) -> None:
    keys.follow("button", "Sign out")
    keys.look()


def open_the_case(keys: Keyboard, broke_at: datetime) -> str:
    """The ticket is pasted; the address of the case that it opened."""
    keys.follow("link", "New case", exact=False)
    keys.look()
    keys.write("Ticket", sample.ticket(broke_at))
    keys.write("Title", TITLE)
    keys.choose("Type (optional)", "Webhook")
    keys.choose("Product area", "Webhooks")
    keys.choose("Customer (optional)", "Brightwater")
    keys.choose("Severity that the customer gave (optional)", "1")
    for label, text in (
        ("Users affected (optional)", "47 stores"),
        ("Tenants affected (optional)", f"1 (tenant {sample.TENANT}), others unknown"),
        ("Regions (optional)", "EU"),
        ("What does not work (optional)", "Outbound order webhooks"),
        ("Since when (UTC) (optional)", f"{broke_at:%Y-%m-%d %H:%M} UTC"),
        ("Still happening (optional)", "yes"),
        ("Effect on the business (optional)", "Stock updates do not reach the warehouse"),
        ("Deadline or commitment (optional)", "12 more stores go live on Friday"),
    ):
        keys.write(label, text)
    keys.follow("button", "Open the case", exact=False)
    keys.look()
    return keys.page.url


def rate_it(keys: Keyboard) -> None:
    keys.follow("link", "Triage")
    keys.look()
    keys.pick("1. Which environment?", "Production")
    keys.pick("2. Which journey fails?", "Critical")
    keys.pick("3. How badly?", "Unavailable")
    keys.pick("5. What happened to data?", "Nothing")
    keys.pick("6. Is there a workaround?", "None")
    keys.pick("7. Is there a deadline?", "A go-live")
    keys.follow("button", "Save the rating")
    keys.look()


def tell_the_customer(keys: Keyboard, next_update: datetime) -> None:
    keys.page.keyboard.press("r")
    keys.write("Text to the customer", "We see time-outs for your tenant and read the worker's log now.")
    keys.date("Next update to the customer by (UTC)", next_update)
    keys.tick("It explains why the severity", exact=False)
    keys.follow("button", "Record as told to the customer")
    keys.look()


def attach_the_log(keys: Keyboard, broke_at: datetime) -> None:
    """The file dialog belongs to the system; everything before and after it is done by keys."""
    keys.follow("link", "Evidence")
    keys.look()
    keys.reach_one(keys.page.locator("#evidence-files"), "the file field")
    keys.page.locator(":focus").set_input_files(
        [
            {"name": "webhook-worker.log", "mimeType": "text/plain", "buffer": sample.worker_log(broke_at)},
            {"name": "dashboard.har", "mimeType": "application/json", "buffer": sample.recording(broke_at)},
        ]
    )
    keys.enter("button", "Attach")
    files = keys.page.locator("#evidence-lists section").first
    expect(files.get_by_text("Available", exact=True)).to_have_count(2, timeout=60_000)
    keys.look()


def test_a_case_goes_from_the_ticket_to_available_evidence_by_keyboard_alone(keys: Keyboard, product: Product) -> None:
    now = datetime.now(UTC)
    broke_at = now - timedelta(minutes=64)

    sign_in(keys, product, "sam")
    case = open_the_case(keys, broke_at)
    rate_it(keys)
    tell_the_customer(keys, now + timedelta(minutes=45))
    attach_the_log(keys, broke_at)
    keys.page.goto(case)

    assert keys.violations == []
    assert not any(planted in content for content in keys.contents for planted in (SECRET, E_MAIL))
