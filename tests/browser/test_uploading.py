"""What the page does and says while files are sent: a broken connection, a refusal, a change of mind."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from sevline.cli.desk import sample
from tests.browser import sight
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BEGIN = re.compile(r"/evidence/cases/C-\d+/sendings$")
PIECES = re.compile(r"/evidence/sendings/[^/]+$")
ATTEMPTS, LONGEST_WAIT = 5, 16_000  # what the page tries, and how long it waits at most between two tries, in ms
PATIENCE = 60_000


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    """The evidence tab of a new case; the page's clock is the test's to move."""
    context = chromium.new_context(base_url=product.url, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    sight.sign_in(opened, "lea", product.password)
    opened.goto("/cases/new")
    opened.get_by_label("Ticket").fill(sample.ticket(datetime.now(UTC) - timedelta(minutes=40)))
    opened.get_by_label("Title").fill("Uploads break off")
    opened.get_by_label("Product area").select_option(label="Webhooks")
    opened.get_by_role("button", name="Open the case").click()
    opened.wait_for_url(re.compile(r"/cases/C-\d+$"))
    opened.clock.install()
    opened.goto(f"{opened.url}/evidence")
    yield opened
    context.close()


def send(page: Page, name: str, body: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": body}
    page.locator("#evidence-files").set_input_files([file])
    page.get_by_role("button", name="Attach").click()


def on_pieces(page: Page, handle: Callable[[Route], None]) -> None:
    """`handle` decides about every piece of a file; everything else goes through."""

    def route_one(route: Route) -> None:
        act = handle if route.request.method == "PATCH" else Route.continue_
        act(route)

    page.route(PIECES, route_one)


def a_log() -> bytes:
    return sample.worker_log(datetime.now(UTC) - timedelta(minutes=40))


def test_a_connection_that_breaks_is_said_and_the_file_goes_on_where_it_stopped(page: Page) -> None:
    offsets: list[str] = []

    def break_the_first(route: Route) -> None:
        offsets.append(route.request.headers["upload-offset"])
        act = partial(route.abort, "connectionreset") if len(offsets) == 1 else route.continue_
        act()

    on_pieces(page, break_the_first)

    send(page, "worker.log", a_log())

    line = page.get_by_role("list", name="Files being sent").get_by_role("listitem")
    expect(line).to_contain_text(re.compile(r"The connection broke at \d+ %. Going on in 2 s \(try 2 of 5\)."))
    page.clock.fast_forward(2_000)
    expect(line).to_contain_text("It is here, encrypted.")
    expect(page.locator("#evidence-lists section").first.get_by_text("worker.log", exact=True)).to_have_count(1)
    assert offsets == ["0", "0"]


def test_pieces_that_never_arrive_are_given_up_although_the_server_answers_in_between(page: Page) -> None:
    tried: list[str] = []

    def break_it(route: Route) -> None:
        tried.append(route.request.url)
        route.abort("connectionrefused")

    on_pieces(page, break_it)

    send(page, "worker.log", a_log())
    line = page.get_by_role("list", name="Files being sent").get_by_role("listitem")
    for attempt in range(2, ATTEMPTS + 1):
        expect(line).to_contain_text(f"(try {attempt} of {ATTEMPTS})")
        page.clock.fast_forward(LONGEST_WAIT)

    expect(line).to_contain_text("The connection broke five times. What arrived is kept for a day")
    expect(page.get_by_role("button", name="Attach")).to_be_enabled()
    assert len(tried) == ATTEMPTS
    assert len(set(tried)) == 1


def test_a_file_that_could_not_even_be_announced_is_given_up_with_words_that_say_what_to_do(page: Page) -> None:
    page.route(BEGIN, lambda route: route.abort("connectionrefused"))

    send(page, "worker.log", a_log())
    line = page.get_by_role("list", name="Files being sent").get_by_role("listitem")
    for attempt in range(2, ATTEMPTS + 1):
        expect(line).to_contain_text(f"(try {attempt} of {ATTEMPTS})")
        page.clock.fast_forward(LONGEST_WAIT)

    expect(line).to_contain_text("The connection broke five times. The file was not sent.")


def test_while_it_waits_to_go_on_it_can_be_cancelled(page: Page) -> None:
    on_pieces(page, lambda route: route.abort("connectionreset"))
    send(page, "worker.log", a_log())
    line = page.get_by_role("list", name="Files being sent").get_by_role("listitem")
    expect(line).to_contain_text("Going on in")

    page.get_by_role("button", name="Cancel worker.log").click()

    expect(line).to_contain_text("Cancelled. Nothing of this file was kept.")


def test_a_file_that_the_server_refuses_is_named_with_the_servers_own_reason(page: Page) -> None:
    send(page, "empty.log", b"")

    line = page.get_by_role("list", name="Files being sent").get_by_role("listitem")
    expect(line).to_contain_text("empty", ignore_case=True)
    expect(line).not_to_contain_text("Sending again")


def test_a_name_that_turns_its_direction_is_shown_as_it_is_written(page: Page) -> None:
    send(page, "report\u202egpj.log", b"")

    line = page.get_by_role("list", name="Files being sent").get_by_role("listitem")
    expect(line).to_contain_text("report\\u202egpj.log")
