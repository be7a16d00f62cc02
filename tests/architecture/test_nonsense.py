"""No address breaks on what no page of ours would send: every field of every page is filled with nonsense."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tests.architecture.routes import RULES, Rule
from tests.architecture.test_access import name_of, own_folder, world
from tests.architecture.world import World

__all__ = ["own_folder", "world"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql, pytest.mark.slow]

NONSENSE = (
    "9" * 25,
    "²",
    "-1",
    "0001-01-01T00:00",
    '{"time":[{"a":1},[1],null],"request_id":{"x":1}}',
)
OFTEN = frozenset({"q", "page", "at", "from", "to", "kind"})
IN_LINKS = re.compile(r"[?&;]([a-z_]{1,15})=")
IN_FORMS = re.compile(r'name="([a-zA-Z0-9_-]+)"')


def sends(browser: Client, method: str, address: str, values: dict[str, str]) -> int:
    """The status of the answer; whatever was done is taken back. An exception in a view is the test's failure."""
    with transaction.atomic():
        status = (browser.post if method == "POST" else browser.get)(address, values).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_nonsense_in_every_field_is_answered_and_breaks_nothing(world: World, rule: Rule) -> None:
    browser = world.browsers[max(rule.roles, key=lambda role: (role == "shift_lead", role == "engineer", role))]
    page = rule.address.format(**world.keys)
    address = page.partition("?")[0]
    above = address.rpartition("/")[0]
    shown = "".join(b"".join(browser.get(one)).decode("utf-8", "replace") for one in (page, f"{above}/", above or "/"))
    names = {"GET": OFTEN | set(IN_LINKS.findall(shown)), "POST": set(IN_FORMS.findall(shown))}[rule.method]

    together = [dict.fromkeys(names, value) for value in NONSENSE]
    alone = [{name: NONSENSE[-1]} for name in names]  # the other fields would be refused before this one is read
    broken = [sent for sent in (*together, *alone) if sends(browser, rule.method, address, sent) >= 500]

    assert broken == []
