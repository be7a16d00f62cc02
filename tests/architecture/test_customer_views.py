"""What a customer can reach holds no internal note: every address without an account, every address as a customer,
and every text that is made for one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from sevline.cases.models import Case, Message
from sevline.core.comms import Situation, lint
from sevline.core.requesting import PLEAS, compose
from sevline.evidence import actions as evidence
from sevline.evidence.models import UploadLink
from sevline.platform import clock
from tests.architecture import routes
from tests.architecture.routes import RULES, Rule
from tests.architecture.world import NOTE, World, make_world
from tests.cast import cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.requirement("R-007"),
]
MARK = NOTE.partition(": ")[2].rstrip(".")


@pytest.fixture(autouse=True)
def own_folder() -> None:
    """The one case of this module keeps its files for all of its tests."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def said(browser: Client, method: str, address: str) -> str:
    """Everything that comes back, whatever the status; what it did is taken back."""
    with transaction.atomic():
        answer = browser.generic(method, address)
        body = answer.getvalue()
        transaction.set_rollback(True)
    return body.decode("utf-8", "replace")


def case_of(world: World) -> Case:
    return Case.objects.get(number=int(str(world.keys["case"]).removeprefix("C-")))


def test_the_note_is_there_and_its_own_people_see_it(world: World) -> None:
    assert Message.objects.filter(kind="internal", text__contains=MARK).count() == 1
    assert MARK in said(world.browsers["agent"], "GET", f"/cases/{world.keys['case']}")


@pytest.mark.parametrize("who", ["customer", "signed out"])
def test_no_address_tells_a_customer_an_internal_note(world: World, who: str) -> None:
    browser = world.browsers["customer"] if who == "customer" else Client()
    every = [*RULES, *(Rule(address, routes.EVERYBODY) for address in (*routes.OPEN, *routes.OWN))]

    told = [rule.address for rule in every if MARK in said(browser, rule.method, rule.address.format(**world.keys))]

    assert told == []


def test_the_page_behind_a_live_upload_link_holds_no_internal_note(world: World) -> None:
    given = evidence.make_link(case_of(world).key, by=cast().sam, asks=["C1"])
    path = f"/send/{given.url.rpartition('/')[2]}"

    pages = [said(Client(), method, path) for method in ("GET", "POST")]

    assert UploadLink.objects.filter(pk=given.link.pk).exists()
    assert "Send" in pages[0]
    assert [page for page in pages if MARK in page] == []


def test_the_request_for_evidence_and_the_mails_hold_no_internal_note(world: World) -> None:
    due, heard = clock.now() + timedelta(hours=4), clock.now() + timedelta(minutes=50)
    asked = evidence.ask_customer(
        case_of(world).key,
        by=cast().sam,
        items=["C1"],
        there=(),
        due=due,
        next_update_at=heard,
    )

    assert MARK not in asked.text
    assert [one for one in mail.outbox if MARK in one.body] == []


def test_every_request_that_our_table_can_write_clears_the_outbound_lint() -> None:
    due = clock.now() + timedelta(hours=4)
    situation = Situation(severity=2, is_first=True, has_next_update=True, is_template=True)

    held = {
        key: [(remark.code, remark.phrase) for remark in found]
        for key in PLEAS.item
        if (
            found := lint(
                compose([key], due=due, link="https://desk.example/send/abc", works_until=due, next_update=due),
                situation,
            )
        )
    }

    assert held == {}
