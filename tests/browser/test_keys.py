"""Single keys lead to where one writes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import sight
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CASE = """
from sevline.cases.models import Case
print(Case.objects.open().filter(owner__email="sam@sevline.example").first().page)
"""


@pytest.fixture
def page(chromium: Browser, demo_desk: Product) -> Iterator[Page]:
    context = chromium.new_context(base_url=demo_desk.url, locale="en-GB", reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    sight.sign_in(opened, "sam", demo_desk.password)
    opened.goto(demo_desk.told(CASE))
    yield opened
    context.close()


def test_r_opens_the_text_to_the_customer_and_what_is_typed_stands_in_it(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.type("next we compare")

    expect(page.get_by_role("textbox", name="Text to the customer")).to_have_value("next we compare")


def test_n_leads_to_the_internal_note(page: Page) -> None:
    page.keyboard.press("n")

    expect(page.get_by_role("textbox", name="Internal note")).to_be_focused()
