"""The page of a packet: what it says at once, and that nothing goes out without what somebody has just typed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser import sight
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EXPECTED = "Each event is delivered within a second"
PAGES = """
from sevline.escalations.models import Escalation
from sevline.evidence.models import Upload
draft = Escalation.objects.get(case__title="Webhook deliveries time out")
print(draft.page)
print(draft.case.key)
print(f"/evidence/uploads/{Upload.objects.get(name='webhook-worker.log').pk}")
"""
COMPLETE = """
from sevline.diagnosis import actions as diagnosis
from sevline.escalations.models import Escalation
from sevline.people.models import Person
draft = Escalation.objects.get(case__title="Webhook deliveries time out")
key, sam = draft.case.key, Person.objects.get(email="sam@sevline.example")
diagnosis.search_known_errors(key, by=sam, terms="webhook pool timeout connection")
diagnosis.record_workaround(key, by=sam, state="none_found", tried="replay, smaller batches")
diagnosis.record_reproduction(
    key, by=sam, steps="Send 50 events\\nRead the attempts", expected="Each is delivered", actual="Most end after 10 s",
    failed=4, runs=5, environment="staging", build="2026.11.3", is_minimal=True, items=["E-1"])
"""


@pytest.fixture
def addresses(demo_desk: Product) -> list[str]:
    """Of the drafted packet, of its case, and of the log that is attached there."""
    return demo_desk.told(PAGES).splitlines()


@pytest.fixture(scope="module")
def complete(demo_desk: Product) -> None:
    """What the drafted packet lacks is there; the last test that wants it sends the packet."""
    demo_desk.told(COMPLETE)


@pytest.fixture
def page(chromium: Browser, demo_desk: Product) -> Iterator[Page]:
    context = chromium.new_context(base_url=demo_desk.url, locale="en-GB", reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    sight.sign_in(opened, "sam", demo_desk.password)
    yield opened
    context.close()


def foot(of: Locator) -> float:
    """Where an element ends, in pixels from the top of the window."""
    box = of.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_whether_a_packet_can_go_and_what_is_missing_stands_above_the_fold(page: Page, addresses: list[str]) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(addresses[0])

    assert foot(page.locator("#verdict")) < 200
    assert foot(page.locator("[aria-labelledby=gates-title]")) < 600
    assert foot(page.locator("[aria-labelledby=steps-title] li").first) < 700

    page.set_viewport_size({"width": 390, "height": 844})
    assert foot(page.locator("#verdict")) < 400


def test_on_a_phone_the_picture_of_a_log_shows_its_errors_and_its_words_are_legible(
    page: Page, addresses: list[str]
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(addresses[2])

    pictures = page.locator("svg.plot")
    expect(pictures.first).to_be_hidden()
    phone = page.locator("svg[data-phone]")
    expect(phone).to_be_visible()
    ends = phone.locator("rect.f-bad").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
    heights = phone.locator("text").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert len(ends) > 10
    assert max(ends) <= 390
    assert min(heights) >= 10


def test_while_a_field_is_saved_the_gate_says_so_and_sending_waits_for_it(
    page: Page, addresses: list[str], complete: None
) -> None:
    page.goto(addresses[0])
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/edit", hold)
    page.locator("#P5 summary").first.click()
    field = page.locator("#P5 textarea").first
    field.fill(f"{EXPECTED}, each time")

    with page.expect_request("**/edit"):
        field.blur()
    expect(page.locator("#verdict [data-saving]")).to_be_visible()
    expect(page.locator("#gate [data-saving]")).to_be_visible()
    page.locator("#send-button").get_by_role("button").click()
    expect(page.locator("dialog[open]")).to_have_count(0)

    held[0].continue_()
    page.unroute("**/edit")
    expect(page.locator("dialog[open]")).to_have_count(1)
    expect(page.locator("#P5-text")).to_contain_text("each time")
    expect(page.locator("#verdict [data-saving]")).to_be_hidden()


def test_what_is_typed_and_not_saved_keeps_the_packet_back_and_is_named(
    page: Page, addresses: list[str], complete: None
) -> None:
    page.goto(addresses[0])
    expect(page.locator("#verdict")).to_contain_text("Ready to send")
    field = page.locator("#P5 textarea").first
    page.route("**/edit", lambda route: route.abort())

    page.locator("#P5 summary").first.click()
    field.fill(EXPECTED)
    field.blur()
    page.locator("#send-button").get_by_role("button").click()
    dialog = page.get_by_role("dialog", name="Send to Engineering")
    expect(dialog.locator("[data-unsaved]")).to_contain_text("Not saved yet: P5 Expected")
    dialog.get_by_role("button", name="Send to Engineering").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")

    page.unroute("**/edit")
    field.fill(f"{EXPECTED}.")
    field.blur()
    expect(page.locator("#P5-text")).to_contain_text(f"{EXPECTED}.")
    page.locator("#send-button").get_by_role("button").click()
    expect(dialog.locator("[data-unsaved]")).to_be_hidden()
    dialog.get_by_role("button", name="Send to Engineering").click()
    expect(page.get_by_role("main")).to_contain_text("· Sent")


def test_a_draft_of_a_field_waits_in_the_tab_and_is_put_back(page: Page, addresses: list[str]) -> None:
    page.goto(f"/cases/{addresses[1]}")
    note = page.locator("form[data-voice=internal] textarea")
    note.fill("The pool was 64 before the release.")
    expect(page.locator("form[data-voice=internal] [data-draft-state]")).to_contain_text("Draft kept in this tab")

    page.reload()

    expect(note).to_have_value("The pool was 64 before the release.")
    expect(page.locator("form[data-voice=internal] [data-draft-state]")).to_have_text("Your unsent draft was put back.")


def test_a_dialog_opens_with_the_focus_on_its_first_field(page: Page, addresses: list[str]) -> None:
    page.goto(addresses[0])

    page.get_by_role("button", name="Withdraw").first.click()

    expect(page.locator("dialog[open] textarea").first).to_be_focused()
