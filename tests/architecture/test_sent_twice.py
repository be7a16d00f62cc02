"""Every address that changes something does it once for a form that comes twice, and again for other words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from sevline.platform.models import Event
from tests.architecture.drives import DRIVES, Shot
from tests.architecture.watching import BESIDE
from tests.context.dataquery import work
from tests.context.dataquery.desk import sqlite_desk

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql, pytest.mark.slow]

# What is meant to be done as often as it is asked for, with the reason.
EVERY_TIME = {"/governance/audit/export": "a file that is handed out again is recorded again"}
# What works once by itself, because no trace of a password is kept to know the form by: the second is refused.
BY_ITSELF = frozenset({"/setup/a-link-that-does-not-work", "/enter/a-link-that-does-not-work"})
ONCE = sorted(set(DRIVES) - set(EVERY_TIME))
# The same bytes are kept once per case: a second copy is gone as soon as it is known to be one.
SEALED = "vault_sealedfile"
# One field of words in each form that has any: the same form with other words is another thing.
WORDS = (
    "text",
    "steps",
    "statement",
    "terms",
    "reason",
    "note",
    "summary",
    "name",
    "title",
    "next_action",
    "waiting_for",
)


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _billing(settings: Any, tmp_path: Path) -> None:
    """A data source that can be queried."""
    work.listed(settings, tmp_path, sqlite_desk(tmp_path))


def rows() -> dict[str, int]:
    """How many rows each table of state has; a table whose rows are no state of the desk is left out."""
    counted = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - set(BESIDE)):
            live = " WHERE gone_at IS NULL" if table == SEALED else ""
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}{live}")
            counted[table] = cursor.fetchone()[0]
    return counted


def with_token(shot: Shot, **other: str) -> Shot:
    """The form as a page of ours sends it; what is no form stays as it is."""
    if isinstance(shot.data, bytes):
        return shot
    return replace(shot, data={**(shot.data or {}), **other, "form_token": "the same"})


def again(shot: Shot) -> Any:
    """The request once more, with its files from their beginning."""
    for value in (shot.data or {}).values() if isinstance(shot.data, dict) else ():
        getattr(value, "seek", _nothing)(0)
    return shot.send()


def _nothing(_: int) -> None:
    return None


def events() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("seq").values_list("kind", "subject_key"))


@pytest.mark.parametrize("address", ONCE)
def test_a_form_that_comes_twice_is_done_once(address: str) -> None:
    shot = with_token(DRIVES[address]())
    shot.send()
    done, kept = events(), rows()

    second = again(shot)

    assert events() == done
    assert rows() == kept
    assert second.status_code < (500 if address in BY_ITSELF or isinstance(shot.data, bytes) else 400)


def _worded() -> list[str]:
    return [address for address in ONCE if not address.startswith(("PATCH", "POST", "/accounts", *BY_ITSELF))]


@pytest.mark.parametrize("address", _worded())
def test_the_same_form_with_other_words_is_done_or_refused_and_never_taken_for_the_first(address: str) -> None:
    shot = DRIVES[address]()
    words = [name for name in WORDS if isinstance((shot.data or {}).get(name), str)]
    first = with_token(shot)
    first.send()
    done = events()

    answer = again(with_token(shot, **{name: f"Quite other words than before, {name}." for name in words}))

    was_done, was_refused = len(events()) > len(done), answer.status_code >= 400
    assert was_done or was_refused or not words
