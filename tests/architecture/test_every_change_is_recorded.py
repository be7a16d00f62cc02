"""Every address that changes something is driven to success once: an event is written in the transaction of its change.

What changes something is found by asking: a method that an address does not answer with 405 is one that it takes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.architecture import routes
from tests.architecture.drives import DRIVES
from tests.architecture.routes import RULES
from tests.architecture.test_access import SHUT
from tests.architecture.watching import watched
from tests.architecture.world import World, make_world
from tests.context.dataquery import work
from tests.context.dataquery.desk import sqlite_desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.on_postgresql,
    pytest.mark.slow,
    pytest.mark.requirement("R-248"),
]
DONE = frozenset({200, 201, 204, 302})
METHODS = ("POST", "PUT", "PATCH", "DELETE")

# What takes a request that could change something and writes no event, with the reason.
SILENT = {
    "POST /cases/{case}/triage/preview": "says what the answers would give; nothing is saved",
    "POST /cases/{case}/tell/check": "says what the lint would say; nothing is saved",
    "POST /evidence/cases/{case}/sendings": "announces a file; its last byte records that it arrived, or nothing did",
    "POST /send/a-link-that-does-not-work/files": "the same for a customer",
    "POST /api/v1/cases/C-1/sendings": "the same for a program",
    "DELETE /evidence/sendings/a-key": "gives up a file that never arrived and that no page ever showed",
    "DELETE /send/a-link-that-does-not-work/files/a-key": "the same for a customer",
    "DELETE /api/v1/sendings/a-key": "the same for a program",
    "POST /people/notices/read": "marks one's own notices as read, which nobody else sees or relies on",
}
# The sign-in library answers every method as it answers POST, and what it takes cannot be told from a status.
LIBRARY = "/accounts/"
SILENT_IN_LIBRARY = {
    "/accounts/inactive/": "shows a sentence",
    "/accounts/reauthenticate/": "asks once more who one is; what is done then is recorded",
    "/accounts/2fa/": "lists the second factors",
    "/accounts/2fa/reauthenticate/": "asks once more who one is",
    "/accounts/2fa/recovery-codes/": "shows the codes once",
    "/accounts/2fa/recovery-codes/download/": "shows the codes once",
    "/accounts/2fa/webauthn/": "lists the passkeys",
    "/accounts/2fa/webauthn/reauthenticate/": "asks once more who one is",
    "/accounts/2fa/webauthn/keys/1/edit/": "changes the name under which somebody lists their own passkey",
    # These take a device; the browser tests drive them, and they record as the authenticator app does.
    "/accounts/2fa/webauthn/add/": "records a new factor by the row that every factor has",
    "/accounts/2fa/webauthn/keys/1/remove/": "records a removed factor as every factor",
    "/accounts/2fa/webauthn/login/": "records the sign-in as every sign-in",
}


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


# Files come in by these.
ARRIVALS = frozenset(
    {
        "POST /api/v1/cases/C-1/uploads",
        "/evidence/cases/{case}/uploads",
        "PATCH /api/v1/sendings/a-key",
        "PATCH /evidence/sendings/a-key",
        "/send/a-link-that-does-not-work",
        "PATCH /send/a-link-that-does-not-work/files/a-key",
        "/cases/{case}/outside/profile",
    }
)


@pytest.fixture
def billing(settings: Any, tmp_path: Path) -> None:
    """A data source that can be queried."""
    work.listed(settings, tmp_path, sqlite_desk(tmp_path))


@pytest.mark.parametrize("address", DRIVES)
def test_what_an_address_changes_is_recorded_in_the_transaction_of_its_change(address: str, billing: None) -> None:
    shot = DRIVES[address]()

    with watched() as writes:
        answer = shot.send()

    assert answer.status_code in DONE, answer.content.decode()[:3000]
    assert writes.recorded
    assert writes.unrecorded(arrives=address in ARRIVALS) == []


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def taken(browser: Client, method: str, address: str) -> bool:
    with transaction.atomic():
        status = browser.generic(method, address).status_code
        transaction.set_rollback(True)
    return status != 405


def test_every_address_that_may_change_something_is_driven_or_says_why_not(world: World) -> None:
    ours = [*(rule.address for rule in RULES), routes.APPROVAL, *routes.OWN, *routes.OPEN]
    asked = {(method, address) for address in ours if not address.startswith(LIBRARY) for method in METHODS}
    browser = world.browsers["support_manager"]

    takes = {f"{method} {address}" for method, address in asked if taken(browser, method, address.format(**world.keys))}

    known = {drive if drive.startswith(METHODS) else f"POST {drive}" for drive in DRIVES} | set(SILENT)
    assert sorted(takes - known) == []


def test_every_open_page_of_the_sign_in_library_is_driven_or_says_why_not() -> None:
    pages = {address for address in routes.OPEN if address.startswith(LIBRARY)}
    shut = tuple(f"/{prefix}" for prefix in SHUT)

    left = {address for address in pages if not address.startswith(shut)} - set(DRIVES) - set(SILENT_IN_LIBRARY)

    assert left == set()
