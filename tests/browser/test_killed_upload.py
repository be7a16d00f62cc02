"""The server dies while a file is being sent: the page says so, and goes on with it when the server is back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.flow.served import CASE, log_of, sealed_files, wait_until
from tests.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BYTES_PER_SECOND = 1_500_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    made.load_cast()
    made.start()
    yield made
    made.stop()


def slow_page(chromium: Browser, desk: Installation) -> Page:
    """Sam, signed in, on a connection that takes some seconds for a file of ten megabytes."""
    context = chromium.new_context(base_url=desk.url, locale="en-US")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill("sam@sevline.example")
    page.get_by_label("Password", exact=True).fill(desk.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{desk.url}/")
    speed = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": BYTES_PER_SECOND}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", speed)
    return page


def test_the_page_says_that_the_connection_broke_and_goes_on_with_the_file(
    chromium: Browser, desk: Installation
) -> None:
    case = desk.python(CASE)
    page = slow_page(chromium, desk)
    page.goto(f"/evidence/cases/{case}/uploads")
    payload: FilePayload = {"name": "dispatcher.log", "mimeType": "text/plain", "buffer": log_of(10 * 1024)}
    page.get_by_label("Drop files here").set_input_files([payload])
    page.get_by_role("button", name="Attach", exact=True).click()

    some_of_it_was_stored = wait_until(lambda: bool(sealed_files(desk)), 30)
    desk.kill()
    says = page.locator(".upload-says")
    expect(says).to_contain_text(re.compile(r"The connection broke at \d+ %\. Going on in \d+ s"), timeout=15_000)
    desk.start()
    expect(says).to_have_text(
        "It is here, encrypted. Whether it is shown or refused stands in the list of files.", timeout=60_000
    )
    page.goto(f"/cases/{case}/evidence")

    assert some_of_it_was_stored
    expect(page.get_by_role("link", name="dispatcher.log")).to_have_count(1)
    page.context.close()
