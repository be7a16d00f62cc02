"""What is fetched anew leaves readers where they are: the focus, what they opened, the form that they asked for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import sight
from tests.browser.keyboard import Keyboard
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# A request with one set of runs that ended and one that no worker takes, so that its page asks again and again.
MAKE = """
from sevline.cases.actions import open_case
from sevline.catalog.models import ProductArea
from sevline.diagnosis import actions
from sevline.diagnosis.models import RunSet, Target
from sevline.people.models import Person
from django.utils import timezone
lea = Person.objects.get(email="lea@sevline.example")
area = ProductArea.objects.get(key="sign-in")
case = open_case(by=lea, text="The export fails.", title="The export fails", product_area=area)
kept = actions.keep_curl(case.key, by=lea, command="curl https://api.example.com/v1/orders")
target = Target.objects.create(case=case, host="api.example.com", port=443, why="ours", by=lea, at=timezone.now())
given = dict(case=case, request=kept, target=target, runs=2, by=lea, at=timezone.now())
RunSet.objects.create(number=1, state="done", said="1 of 2, 50 %", outcomes=[[502, 90, ""], [200, 80, ""]], **given)
RunSet.objects.create(number=2, state="queued", **given)
print(case.key, kept.number)
"""


@pytest.fixture(scope="module")
def made(product: Product) -> tuple[str, str]:
    case, request = product.told(MAKE).split()
    return case, request


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    context = chromium.new_context(base_url=product.url, locale="en-GB", reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    sight.sign_in(opened, "lea", product.password)
    yield opened
    context.close()


def test_the_focus_and_what_was_opened_stay_while_a_list_is_fetched_again(page: Page, made: tuple[str, str]) -> None:
    address = "/cases/{}/outside/requests/{}".format(*made)
    page.goto(address)
    keys = Keyboard(page)
    keys.reach_one(page.locator("#R-1 summary"), "“Each run”")
    page.keyboard.press("Enter")
    old = page.locator("#runs").element_handle()

    with page.expect_response(lambda answer: answer.url.endswith(address)):
        pass
    page.wait_for_function("old => !old.isConnected", arg=old)

    expect(page.locator("#R-1 summary")).to_be_focused()
    expect(page.locator("#R-1 details")).to_have_attribute("open", "")


def test_numbered_lines_stand_each_on_a_line_of_its_own(page: Page, made: tuple[str, str]) -> None:
    page.goto("/cases/{}/outside/requests/{}".format(*made))
    page.locator("#R-1 summary").click()

    heights = [line.bounding_box() for line in page.locator("#R-1 .ticks > li").all()]

    assert [box["height"] < 40 for box in heights if box] == [True, True]


def test_a_dialog_shows_no_earlier_form_while_the_next_one_is_on_its_way(page: Page, made: tuple[str, str]) -> None:
    page.goto(f"/cases/{made[0]}/diagnosis")
    page.get_by_role("link", name="Add hypothesis").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Propose")).to_be_visible()
    page.keyboard.press("Escape")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/diagnosis/cause", hold)

    page.get_by_role("link", name="Record a cause").click()

    expect(page.get_by_role("dialog").get_by_text("One moment …")).to_be_visible()
    expect(page.get_by_role("button", name="Propose")).to_have_count(0)
    held[0].continue_()
    expect(page.get_by_role("dialog").get_by_role("button", name="Record the cause")).to_be_visible()
