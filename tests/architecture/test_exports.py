"""Whoever takes something out of the desk as a file is in the trail, and no file goes out without that."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from sevline.platform.models import Event
from tests.architecture.routes import RULES
from tests.architecture.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def own_folder() -> None:
    """The one case of this module keeps its files for all of its tests."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


# Answers that are files, made from what the desk holds: who takes one is in the trail.
EXPORTS = {
    "/escalations/{packet}/packet.md": "packet.exported",
    "/escalations/{packet}/packet.json": "packet.exported",
    "/evidence/uploads/{upload}/report.json": "evidence.report_taken",
    "/evidence/files/{file}/download": "evidence.downloaded",
    "/customers/brightwater/profile.csv": "account.profile_taken",
    "/customers/brightwater/profile.json": "account.profile_taken",
    "/insights/F-03.csv": "kpi.exported",
}


@pytest.mark.parametrize("address", EXPORTS)
def test_who_takes_something_out_is_in_the_trail(world: World, address: str) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        answer: Any = world.browsers["support_manager"].get(address.format(**world.keys))
        newest = Event.objects.latest("seq")
        written = Event.objects.count() - before
        transaction.set_rollback(True)

    assert answer.status_code == 200, answer.content.decode()[-1500:]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (written, newest.kind, newest.actor_label) == (1, EXPORTS[address], "A member: support_manager")


def test_every_address_that_answers_with_a_file_is_an_export(world: World) -> None:
    files = set()
    for rule in RULES:
        if rule.method == "GET":
            with transaction.atomic():
                answer = world.browsers["support_manager"].get(rule.address.format(**world.keys))
                files |= {rule.address} if answer.headers.get("Content-Disposition", "").startswith("att") else set()
                transaction.set_rollback(True)

    assert files == set(EXPORTS)
