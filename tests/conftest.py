"""What every test stands on: its own folder, its own audit head, and databases that can be emptied."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, Playwright, sync_playwright

from sevline.platform import guards
from tests.postgres import URL

ROOT = Path(__file__).resolve().parent.parent
LAWS, CONTEXTS = ROOT / "tests" / "architecture", ROOT / "tests" / "context"
#: Folders of tests that take minutes. They begin first, so that in the end no process waits for another's long test.
LONG = {"browser", "flow"}

# No test is timed: on a busy machine an example takes as long as it takes.
examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is slow in a context runs on PostgreSQL, and on SQLite too where it is of both databases. A law of the code
    is the same on each: on PostgreSQL only those run again that ask one. The longest begin first."""
    for item in items:
        slow, both = item.get_closest_marker("slow"), item.get_closest_marker("both_databases")
        if slow and not both and CONTEXTS in item.path.parents and item.get_closest_marker("django_db"):
            item.add_marker("on_postgresql")
    items.sort(key=lambda item: item.path.parent.name not in LONG)
    if not os.environ.get(URL):
        return
    again = [item for item in items if item.get_closest_marker("django_db") or LAWS not in item.path.parents]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    """Sealed files and the audit head of one test are no other test's."""
    settings.AUDIT_HEAD = tmp_path / "audit" / "head.json"
    vault = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "vault"}}
    settings.STORAGES = {**settings.STORAGES, "default": vault}


@pytest.fixture(autouse=True, scope="session")
def databases_can_be_emptied() -> Iterator[None]:
    """Django empties tables between transactional tests; the append-only triggers step aside for just that."""
    case: Any = TransactionTestCase
    flush = case._fixture_teardown

    def without_guards(self: TransactionTestCase) -> None:
        guards.remove(connection)
        flush(self)
        guards.install(connection)

    case._fixture_teardown = without_guards
    yield
    case._fixture_teardown = flush


CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests of a process; without it they skip, or fail where it is required.

    Playwright's loop counts as running in this thread until the process ends. Django would refuse the database to every
    later test of the process, although nothing here is asynchronous, so it is told.
    """
    if CHROMIUM is None and "chromium" in os.environ.get("SEVLINE_REQUIRE", ""):
        pytest.fail("Chromium is required by SEVLINE_REQUIRE and is not installed.")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = _launch(driver, CHROMIUM)
        yield browser
        browser.close()


def _launch(driver: Playwright, path: str) -> Browser:
    return driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
