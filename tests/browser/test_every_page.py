"""Every page in both themes, wide, on a phone and at 200 % zoom: nothing that a person could not see, read or reach."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sevline.cli.desk import sample
from tests.browser import gallery, sight
from tests.browser.gallery import CAST, FILES, PARTS, PEOPLE
from tests.browser.product import Product
from tests.browser.sight import Sight

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EMPTY = ("/", "/cases/", "/escalations/", "/insights/", "/insights/F-03", "/people/notices", "/governance/approvals")


@pytest.fixture
def window(chromium: Browser, demo_desk: Product) -> Iterator[Sight]:
    with sight.window(chromium, demo_desk.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def keys(demo_desk: Product) -> dict[str, Any]:
    return gallery.keys(demo_desk)


@pytest.mark.parametrize("who", sorted(set(PEOPLE.values())))
def test_every_page_that_somebody_may_open_is_fit_to_be_seen(
    window: Sight, demo_desk: Product, keys: dict[str, Any], who: str
) -> None:
    mine = [page for page in gallery.signed_in(keys) if page.who == who]
    sight.sign_in(window.page, who, demo_desk.password)
    sight.confirm(window.page, demo_desk.password)

    for page in mine:
        window.open(page.address, page.status, page.name)

    assert not window.problems, "\n".join(window.problems)
    assert window.seen


def test_every_page_for_somebody_who_is_signed_out_is_fit_to_be_seen(window: Sight) -> None:
    for page in gallery.signed_out():
        window.open(page.address, page.status, page.name)

    assert not window.problems, "\n".join(window.problems)


@pytest.mark.parametrize("address", [*FILES, *PARTS])
def test_what_is_left_out_of_the_pages_is_no_page(
    window: Sight, demo_desk: Product, keys: dict[str, Any], address: str
) -> None:
    sight.sign_in(window.page, "sam", demo_desk.password)

    answer = window.page.request.get(address.format(**keys), headers={"HX-Request": "true"}, max_redirects=0)

    assert answer.status in {200, 301}
    assert "<html" not in answer.text()


def send_empty(page: Page, button: str) -> None:
    """Press the button of a form although the browser would ask to fill it first."""
    page.evaluate("() => { for (const form of document.forms) form.noValidate = true }")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=button).click()


@pytest.mark.parametrize(
    ("who", "address", "button"),
    [
        ("sam", "/cases/new", "Open the case"),
        ("sam", "/cases/{case}/severity", "Change"),
        ("sam", "/cases/{case}/tell", "Record"),
        ("sam", "/cases/{case}/resolve", "Resolve"),
        ("sam", "/cases/{case}/handoff", "Offer"),
        ("sam", "/cases/{case}/diagnosis/hypothesis", "Propose"),
        ("sam", "/cases/{case}/diagnosis/cause", "Record"),
        ("sam", "/cases/{case}/diagnosis/reproduction", "Record"),
        ("sam", "/escalations/{packet}/submit", "Send"),
        ("sam", "/evidence/cases/{case}/uploads", "Attach"),
        ("noor", "/escalations/{sent}/ask", "Ask"),
        ("noor", "/escalations/{sent}/reject", "Reject"),
        ("mia", "/people/invite", "Invite"),
    ],
)
def test_a_form_that_is_sent_without_an_answer_says_what_is_missing_and_is_fit_to_be_seen(
    window: Sight, demo_desk: Product, keys: dict[str, Any], who: str, address: str, button: str
) -> None:
    here = address.format(**keys)
    sight.sign_in(window.page, who, demo_desk.password)
    window.page.goto(here)

    send_empty(window.page, button)

    window.look(f"refused--{here.strip('/').replace('/', '-')}")
    assert not window.problems, "\n".join(window.problems)
    assert window.page.locator(".field-error, .error-summary, .refusal").first.is_visible()


def test_two_people_who_edit_the_same_are_shown_both_texts_and_the_page_is_fit_to_be_seen(
    window: Sight, demo_desk: Product, keys: dict[str, Any]
) -> None:
    here = "/cases/{case}/next-action".format(**keys)
    sight.sign_in(window.page, "sam", demo_desk.password)
    window.page.goto(here)
    other = window.page.context.new_page()
    other.goto(here)
    for page, text in ((other, "Ask for the proxy's log"), (window.page, "Read the release notes of 2026.11.3")):
        page.get_by_label("Next action").fill(text)
        page.get_by_label("Due by (UTC)").fill(f"{datetime.now(UTC) + timedelta(hours=2):%Y-%m-%dT%H:%M}")
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name="Set").click()

    window.look("conflict")

    assert not window.problems, "\n".join(window.problems)
    said = window.page.get_by_role("main").inner_text()
    assert "Ask for the proxy's log" in said
    assert "Read the release notes of 2026.11.3" in said


@pytest.fixture(scope="module")
def empty(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """People and product areas, and nothing that happened yet."""
    installed = Product(tmp_path_factory.mktemp("empty"))
    installed.load_cast()
    installed.start()
    yield installed
    installed.stop()


@pytest.mark.parametrize("role", ["agent", "engineer", "support_manager", "auditor"])
def test_an_empty_installation_says_what_to_do_and_is_fit_to_be_seen(
    chromium: Browser, empty: Product, role: str
) -> None:
    with sight.window(chromium, empty.url) as window:
        sight.sign_in(window.page, CAST[role], empty.password)

        for address in EMPTY:
            window.open(address, 200, f"empty{address.replace('/', '-')}--{role}")

        assert not window.problems, "\n".join(window.problems)


def test_when_the_server_fails_the_page_says_what_was_kept_and_is_fit_to_be_seen(
    chromium: Browser, empty: Product
) -> None:
    with sight.window(chromium, empty.url) as window:
        sight.sign_in(window.page, "sam", empty.password)
        with sqlite3.connect(empty.database) as database:
            database.execute("ALTER TABLE catalog_productarea RENAME TO catalog_productarea_away")
        try:
            window.open("/cases/new", 500, "failure")
        finally:
            with sqlite3.connect(empty.database) as database:
                database.execute("ALTER TABLE catalog_productarea_away RENAME TO catalog_productarea")

        assert not window.problems, "\n".join(window.problems)
        assert "Something failed on our side" in window.page.get_by_role("main").inner_text()


def test_a_very_long_word_breaks_instead_of_pushing_the_page_wide(window: Sight, demo_desk: Product) -> None:
    sight.sign_in(window.page, "sam", demo_desk.password)
    window.page.goto("/cases/new")
    window.page.get_by_label("Ticket").fill(sample.ticket(datetime.now(UTC)) + "\n" + "x" * 400)
    window.page.get_by_label("Title").fill("Pneumonoultramicroscopicsilicovolcanoconiosis" * 3)
    window.page.get_by_label("Product area").select_option(label="Webhooks")
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="Open the case").click()

    window.look("long-words--case")
    window.open("/cases/", 200, "long-words--queue")
    window.open("/", 200, "long-words--desk")

    assert not window.problems, "\n".join(window.problems)
