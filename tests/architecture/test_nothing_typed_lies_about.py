"""Whatever sentence a form takes, a mail address and a password in it lie nowhere in the clear afterwards."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from sevline.platform.jobs import worker
from tests.architecture.drives import DRIVES, Shot
from tests.context.dataquery import work
from tests.context.dataquery.desk import sqlite_desk
from tests.context.evidence.stored import lying_about

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.on_postgresql]
MAIL, SECRET = "odette.marchetti@larkfield-ware.example", "Qz7" + "-walnut-" + "Vb41"
DONE = frozenset({200, 201, 204, 302})
#: What is for customers or belongs to no case is refused with a sentence, for no case's key could pseudonymise it.
REFUSING = frozenset(
    {
        "/cases/{case}/tell",
        "/cases/{case}/notes/{note}/public",
        "/customers/brightwater/authority",
        "/signals/{signal}",
    }
)
#: Fields that hold no sentence, or the product's own words: what signs people in, names of people, a query's text.
NO_SENTENCE = frozenset({"password", "again", "oldpassword", "password1", "password2", "name", "parameters", "seen"})


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def billing(settings: Any, tmp_path: Path) -> None:
    """A data source that can be queried."""
    work.listed(settings, tmp_path, sqlite_desk(tmp_path))


def sentences(address: str, data: Any) -> dict[str, str]:
    """The fields of a form in which a person writes a sentence."""
    if not isinstance(data, dict):
        return {}
    return {
        name: value
        for name, value in data.items()
        if isinstance(value, str) and " " in value and name not in NO_SENTENCE and not is_query(address, name)
    }


def is_query(address: str, name: str) -> bool:
    return address.endswith("queries/ask") and name == "text"


def with_values(shot: Shot, address: str) -> Shot:
    added = {name: planted(name, value) for name, value in sentences(address, shot.data).items()}
    return replace(shot, data={**shot.data, **added}) if added else shot


def planted(name: str, value: str) -> str:
    if name == "command":
        return f"{value} -H 'Cookie: sid={SECRET}' -d 'mail={MAIL}'"
    return f"{value}\n# {MAIL} password={SECRET}\n" if "\n" in value else f"{value} {MAIL} password={SECRET}"


@pytest.mark.parametrize("address", DRIVES)
def test_a_mail_address_and_a_password_in_a_sentence_lie_nowhere_in_the_clear(address: str, billing: None) -> None:
    shot = with_values(DRIVES[address](), address)

    answer = shot.send()
    worker.drain()

    assert answer.status_code in (frozenset({422}) if address in REFUSING else DONE), (address, answer.status_code)
    assert [(form, lying_about(form)) for form in (MAIL, SECRET) if lying_about(form)] == []
