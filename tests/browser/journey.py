"""The steps of the story of `tests/flow/test_one_case.py`, taken by somebody who has only a keyboard."""

import re
from datetime import datetime

from playwright.sync_api import FilePayload, Locator, expect

from sevline.cli.desk import sample
from tests.browser.keyboard import Keyboard
from tests.browser.product import Product

TITLE = "Order webhooks time out"
PATIENCE = 60_000  # milliseconds, for what a loaded machine does in the background


def sign_in(keys: Keyboard, product: Product, who: str) -> None:
    keys.page.goto("/accounts/login/")
    keys.look()
    keys.write("E-mail address", f"{who}@sevline.example")
    keys.write("Password", product.password)
    keys.follow("button", "Sign in")
    keys.look()


def sign_out(keys: Keyboard) -> None:
    keys.page.goto("/people/me")
    keys.look()
    keys.follow("button", "Sign out here")
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
    keys.choose("Environment (optional)", "Brightwater")
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


def take_it(keys: Keyboard) -> None:
    keys.follow("link", "Take")
    keys.look()
    keys.write("Next action", "Read the worker's log and the recording")
    keys.follow("button", "Take")
    keys.look()


def rate_it(keys: Keyboard) -> None:
    keys.follow("link", "Triage")
    keys.look()
    keys.pick("1. Which environment?", "Production")
    keys.pick("2. Which journey fails?", "Critical")
    keys.pick("3. How badly?", "Unavailable")
    keys.write("4a. Share of all our active accounts, in percent (optional)", "0.9", role="spinbutton")
    keys.write("4b. Share of all our active seats, in percent (optional)", "0.4", role="spinbutton")
    keys.pick("5. What happened to data?", "Nothing")
    keys.pick("6. Is there a workaround?", "None")
    keys.pick("7. Is there a deadline?", "A go-live")
    keys.follow("button", "Save the rating")
    keys.look()


def tell_the_customer(keys: Keyboard, next_update: datetime) -> None:
    keys.page.keyboard.press("r")
    keys.write(
        "Text to the customer",
        "We are sorry for the disruption. We see time-outs for your tenant and read the log now.",
    )
    keys.date("Next update to the customer by (UTC)", next_update)
    keys.follow("button", "Record as told to the customer")
    keys.look()


def attach_the_log(keys: Keyboard, broke_at: datetime) -> None:
    """The file dialog belongs to the system; everything before and after it is done by keys."""
    keys.follow("link", "Evidence")
    keys.look()
    keys.reach_one(keys.page.locator("#evidence-files"), "the file field")
    log, recording = sample.worker_log(broke_at), sample.recording(broke_at)
    files: list[FilePayload] = [
        {"name": "webhook-worker.log", "mimeType": "text/plain", "buffer": log},
        {"name": "dashboard.har", "mimeType": "application/json", "buffer": recording},
    ]
    keys.page.locator(":focus").set_input_files(files)
    keys.enter("button", "Attach")
    listed = keys.page.locator("#evidence-lists section").first
    expect(listed.get_by_text("Available", exact=True)).to_have_count(2, timeout=PATIENCE)
    keys.look()


def open_form(keys: Keyboard, button: str) -> None:
    keys.enter("link", button, exact=False)
    expect(keys.page.locator("dialog[open] form [type=submit]")).to_be_visible()


def save_form(keys: Keyboard, button: str) -> None:
    keys.enter("button", button)
    expect(keys.page.locator("dialog[open]")).to_have_count(0)


def use_as_evidence(keys: Keyboard, case: str) -> None:
    keys.page.goto(f"{case}/diagnosis")
    keys.look()
    for check in ("OBS14", "API12"):
        open_form(keys, f"Use as evidence {check}")
        keys.look()
        save_form(keys, "Put into the register")
        # The part of the page was replaced, and the keyboard is still at this finding.
        expect(keys.page.locator("article.finding:focus")).to_have_count(1)


def propose_and_test(keys: Keyboard) -> None:
    keys.page.keyboard.press("h")
    keys.write("What may be the case", "The connection pool of the worker is too small since the release")
    keys.write("What you would then see", "Waits end at the 10 s limit while all connections are in use")
    keys.write("Which observation would refute it", "The pool has free connections at a failure")
    keys.choose("How likely", "Likely")
    keys.look()
    save_form(keys, "Propose")
    keys.page.keyboard.press("n")
    keys.write("What the test is for", "Read the pool's state at each failure")
    keys.choose("Hypothesis (optional)", "H1")
    keys.write("Exact steps or command, one a line", "Group the worker's errors and read the pool's numbers")
    keys.write("What you expect to see", "In use 8 of 8 at each failure")
    keys.write("Where it runs (optional)", "production, dispatch-eu-3")
    keys.look()
    save_form(keys, "Start the test")
    open_form(keys, "Conclude")
    keys.write("What you saw", "In use 8 of 8 at every failure since onset")
    keys.pick("What it says", "It supports")
    keys.tick("E-3", exact=False)
    keys.look()
    save_form(keys, "Conclude")


def name_the_cause(keys: Keyboard) -> None:
    open_form(keys, "Record a cause")
    keys.write("What the cause is", "Waits for a connection end at 10 s while the pool of 8 is in use")
    keys.pick("How sure", "Probable")
    keys.tick("E-3", exact=False)
    keys.write("Component (optional)", "webhook dispatcher")
    keys.look()
    save_form(keys, "Record the cause")


def record_the_runs(keys: Keyboard) -> None:
    open_form(keys, "Record runs")
    keys.write("Steps, one action a line", "Start one worker\nSend 50 events in a second\nCount time-outs")
    keys.write("What should happen", "All 50 are delivered within 2 s")
    keys.write("What happens instead", "12 to 18 of 50 end after 10 s with a pool time-out")
    keys.write("How many runs showed the fault", "5", role="spinbutton")
    keys.write("Of how many runs", "5", role="spinbutton")
    keys.write("Where", "staging")
    keys.write("Build (optional)", "2026.11.3")
    keys.tick("No step can be left out", exact=False)
    keys.tick("E-3", exact=False)
    keys.look()
    save_form(keys, "Record the runs")


def record_what_a_packet_needs(keys: Keyboard) -> None:
    record_the_runs(keys)
    open_form(keys, "Record a workaround")
    keys.pick("Where the search stands", "None found")
    keys.write("What was tried (optional)", "replay from the dashboard (504), smaller batches")
    save_form(keys, "Record")
    open_form(keys, "Record what changed")
    keys.write("Our deploys and migrations (optional)", "2026.11.3, 8 minutes before; correlated, not proven")
    keys.write("Our feature flags (optional)", "none found")
    keys.write("Our configuration (optional)", "pool size 64 to 8 in the same release")
    keys.write("Changes on the customer’s side (optional)", "none, by the customer's word")
    save_form(keys, "Record")
    open_form(keys, "Search resolved cases")
    keys.write("Words to search for", "webhook pool timeout connection")
    save_form(keys, "Search and keep")
    open_form(keys, "Record a missing signal")
    keys.write("Signal that does not exist and would have answered a question (optional)", "connections in use")
    save_form(keys, "Record")
    keys.look()


def draft_the_packet(keys: Keyboard, case: str) -> str:
    """The gate refuses and names what is missing; the address of the packet."""
    keys.page.goto(f"{case}/escalation")
    keys.look()
    keys.follow("button", "Draft the packet", exact=False)
    keys.look()
    keys.enter("button", "Send to Engineering")
    expect(keys.page.locator("dialog#refused[open]")).to_contain_text("P6")
    keys.look()
    keys.page.keyboard.press("Escape")
    return keys.page.url


def open_fields(keys: Keyboard, section: str) -> Locator:
    """The section of the packet with its fields open; those of a section that wins points are open from the start."""
    place = keys.page.locator(f"#{section}")
    if place.locator("details").last.get_attribute("open") is None:
        keys.reach_one(place.locator("summary").last, f"the fields of {section}")
        keys.page.keyboard.press("Enter")
    return place


def write_into_packet(keys: Keyboard, section: str, texts: dict[str, str]) -> None:
    """Open the fields of one section of the packet and fill them; each is saved when it is left."""
    place = open_fields(keys, section)
    for label, text in texts.items():
        keys.reach_one(place.get_by_label(label, exact=False), f"{section} {label}")
        keys.page.keyboard.press("Control+a")
        with keys.page.expect_response(re.compile("/edit$")):
            keys.page.keyboard.insert_text(text)
            keys.page.keyboard.press("Tab")


def win_the_points(keys: Keyboard, packet: str) -> None:
    """What only a person can say goes into the packet; the gate then passes and the button sends."""
    keys.page.goto(packet)
    write_into_packet(
        keys,
        "P1",
        {
            "Component": "Webhook dispatcher",
            "Symptom": "deliveries end after 10 s",
            "Condition": "since release 2026.11.3",
        },
    )
    open_fields(keys, "P2")
    with keys.page.expect_response(re.compile("/edit$")):
        keys.choose("What is asked for (optional)", "Fix")
        keys.page.keyboard.press("Tab")
    write_into_packet(keys, "P2", {"The one request": "Set the connection pool of the dispatcher back to 64."})
    write_into_packet(keys, "P7", {"Exact error text": "no connection from pool within 10000 ms (in use 8 of 8)"})
    expect(keys.page.locator("#gate")).to_contain_text("passes", timeout=PATIENCE)
    keys.look()


def send_it(keys: Keyboard) -> None:
    keys.enter("button", "Send to Engineering")
    expect(keys.page.locator("dialog#send[open]")).to_be_visible()
    keys.look()
    keys.reach_one(keys.page.locator("dialog#send [type=submit]"), "the button that sends")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    expect(keys.page.locator("main")).to_contain_text("to Delivery · Sent")
    keys.look()


def answer(keys: Keyboard, verb: str, button: str) -> None:
    """Open one of Engineering's answers; the caller fills it."""
    keys.enter("button", button, exact=False)
    expect(keys.page.locator(f"dialog#do-{verb}[open]")).to_be_visible()
    keys.look()


def confirm(keys: Keyboard, verb: str) -> None:
    keys.reach_one(keys.page.locator(f"dialog#do-{verb} [type=submit]"), f"the button of {verb}")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.look()


def engineering_takes_it(keys: Keyboard, packet: str) -> None:
    """Somebody else, who was told, acknowledges and accepts it as it is, and says what was started."""
    keys.follow("link", "Engineering", exact=False)
    expect(keys.page.get_by_role("link", name=TITLE).first).to_be_visible()
    keys.look()
    keys.page.goto(packet)
    answer(keys, "acknowledge", "Acknowledge")
    confirm(keys, "acknowledge")
    answer(keys, "accept-and-act", "Accept and act")
    keys.choose("What you start now", "Change started")
    confirm(keys, "accept-and-act")
    expect(keys.page.locator("main")).to_contain_text("Accepted")


def read_the_notice(keys: Keyboard, packet: str) -> None:
    keys.page.goto("/people/notices")
    news = keys.page.get_by_role("link", name=re.compile(f"accepted.*{packet.rstrip('/').rpartition('/')[2]}"))
    expect(news.first).to_be_visible()
    keys.look()
    keys.reach_one(news, "the notice of the answer")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.look()


def validate_the_fix(keys: Keyboard, case: str) -> None:
    keys.page.goto(f"{case}/diagnosis")
    open_form(keys, "Validate a fix")
    keys.write("Build or setting with the fix", "2026.11.4")
    keys.write("How many runs still failed", "0", role="spinbutton")
    keys.write("Of how many runs", "14", role="spinbutton")
    keys.look()
    save_form(keys, "Record the runs")


def resolve_it(keys: Keyboard, case: str) -> None:
    keys.page.goto(case)
    keys.follow("link", "Resolve")
    keys.look()
    keys.choose("Resolution code", "Fixed")
    keys.choose("Cause category", "Regression")
    keys.write("Summary", "Pool size set back to 64 in 2026.11.4; run 14 times without a failure.")
    keys.follow("button", "Resolve")
    expect(keys.page.locator("main")).to_contain_text("Resolved")
    keys.look()


def reopen_it(keys: Keyboard) -> None:
    keys.follow("link", "Open again")
    keys.look()
    keys.write("Why the case is opened again", "One endpoint still times out.")
    keys.follow("button", "Open again")
    expect(keys.page.locator("main")).to_contain_text("One endpoint still times out.")
    keys.look()
