"""No page of a case or a packet offers what the one who reads it may not do."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import resolve

from sevline.cases.actions import offer_handoff, wait_for_customer
from sevline.cases.models import Case
from sevline.escalations import actions as escalations
from sevline.people.models import Person
from tests.architecture.offers import offers, refused
from tests.architecture.routes import RULES, Rule
from tests.architecture.world import World, make_world
from tests.cast import cast
from tests.context.escalations import story

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.on_postgresql]

KEYS = {"case": "C-1", "packet": "ESC-1"} | dict.fromkeys(("upload", "file", "note"), 1)


def pages() -> tuple[Rule, ...]:
    """The pages of a case and of a packet; of those that one view makes, one."""
    kept = [rule for rule in RULES if rule.method == "GET" and rule.hidden and 200 in rule.answers]
    return tuple({resolve(rule.address.format(**KEYS)).route: rule for rule in reversed(kept)}.values())


PAGES = pages()


@pytest.fixture(autouse=True)
def own_folder() -> None:
    """The one case of this module keeps its files for all of its tests."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def triaged_and_offered(world: World) -> None:
    """Rated, and offered to somebody else."""
    offer_handoff(world.keys["case"], by=cast().sam, receiver=cast().ines, summary="The pool was raised.")


def sent(world: World) -> None:
    """With Engineering, which asked a question."""
    key = world.keys["packet"]
    escalations.edit(key, by=cast().lea, texts={"ask": "fix", "ask_text": "Raise the pool to 64."})
    escalations.submit(key, by=cast().lea, override_reason="The customer waits.")
    engineer = Person.objects.get(email="engineer@members.example")
    escalations.ask(key, by=engineer, text="Which tenant?", is_blocking=True)


def hardly_known(world: World) -> None:
    """A packet that lacks almost everything, so that it leads to every page of its case."""
    number = int(world.keys["case"].removeprefix("C-"))
    Case.objects.filter(number=number).update(
        impact={}, severity_rule="", environment=None, issue_type="", next_update_at=None, customer_severity=4
    )


def waiting(world: World) -> None:
    wait_for_customer(world.keys["case"], by=cast().sam, waiting_for="the log")


def resolved(world: World) -> None:
    Case.objects.filter(number=int(world.keys["case"].removeprefix("C-"))).update(
        status="resolved", resolved_at=story.AT
    )


def page_of(world: World, role: str, rule: Rule) -> tuple[str, str]:
    address = rule.address.format(**world.keys)
    response = world.browsers[role].get(address)
    return address, response.content.decode() if response["Content-Type"].startswith("text/html") else ""


def wrongly_offered(world: World, rule: Rule) -> dict[str, list[str]]:
    shown = {role: page_of(world, role, rule) for role in sorted(rule.roles)}
    wrong = {role: list(refused(role, page, address)) for role, (address, page) in shown.items()}
    return {role: found for role, found in wrong.items() if found}


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.address)
def test_a_page_offers_nobody_what_the_rules_refuse_them(world: World, rule: Rule) -> None:
    assert wrongly_offered(world, rule) == {}


TABS = tuple(
    rule
    for rule in PAGES
    if rule.address in {"/cases/{case}", "/cases/{case}/evidence", "/cases/{case}/escalation", "/escalations/{packet}/"}
)


@pytest.mark.parametrize("rule", TABS, ids=lambda rule: rule.address)
@pytest.mark.parametrize("happened", [triaged_and_offered, hardly_known, sent, waiting, resolved])
def test_nor_does_it_later_on(world: World, rule: Rule, happened: Callable[[World], object]) -> None:
    with transaction.atomic():
        happened(world)
        wrong = wrongly_offered(world, rule)
        transaction.set_rollback(True)

    assert wrong == {}


def test_what_a_page_offers_is_read_from_its_links_its_forms_and_its_requests() -> None:
    page = '<a href="/a?b=1">x</a><a href="#c">y</a><form method="post" action="/d"></form><p hx-get="/e"></p><a href="https://f.example/">z</a>'

    assert offers(page, "/here") == {("GET", "/a"), ("POST", "/d"), ("GET", "/e")}


def test_an_offer_to_somebody_whom_the_rules_refuse_is_found() -> None:
    page = '<a href="/cases/C-1/resolve">Resolve</a><form method="post" action=""></form>'

    assert list(refused("viewer", page, "/cases/C-1/note")) == ["GET /cases/C-1/resolve", "POST /cases/C-1/note"]
    assert list(refused("agent", page, "/cases/C-1/note")) == []
