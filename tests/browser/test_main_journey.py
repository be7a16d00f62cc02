"""The main path in a browser, by keyboard alone; axe looks at each page in both themes, no rule or element left out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser import journey
from tests.browser.keyboard import Keyboard
from tests.browser.product import Product

pytestmark = pytest.mark.browser
SECRET, E_MAIL = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "helen.marsh@brightwater.example"


@pytest.fixture
def keys(chromium: Browser, product: Product, width: int) -> Iterator[Keyboard]:
    context = chromium.new_context(base_url=product.url, viewport={"width": width, "height": 900}, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield Keyboard(page)
    context.close()


@pytest.mark.parametrize("width", [1440, pytest.param(390, marks=pytest.mark.slow)])
def test_a_case_goes_from_the_ticket_through_engineering_to_its_resolution_by_keyboard_alone(
    keys: Keyboard, product: Product
) -> None:
    now = datetime.now(UTC)
    broke_at = now - timedelta(minutes=64)

    journey.sign_in(keys, product, "sam")
    case = journey.open_the_case(keys, broke_at)
    journey.take_it(keys)
    journey.rate_it(keys)
    journey.tell_the_customer(keys, now + timedelta(minutes=45))
    journey.attach_the_log(keys, broke_at)
    journey.use_as_evidence(keys, case)
    journey.propose_and_test(keys)
    packet = journey.draft_the_packet(keys, case)
    keys.page.goto(f"{case}/diagnosis")
    journey.name_the_cause(keys)
    journey.record_what_a_packet_needs(keys)
    journey.win_the_points(keys, packet)
    journey.send_it(keys)
    journey.sign_out(keys)

    journey.sign_in(keys, product, "noor")
    journey.engineering_takes_it(keys, packet)
    journey.sign_out(keys)

    journey.sign_in(keys, product, "sam")
    journey.read_the_notice(keys, packet)
    journey.validate_the_fix(keys, case)
    journey.resolve_it(keys, case)
    journey.reopen_it(keys)

    assert keys.violations == []
    assert not any(planted in content for content in keys.contents for planted in (SECRET, E_MAIL))
