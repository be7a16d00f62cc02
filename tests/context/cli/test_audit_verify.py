"""`sevline audit verify` passes an untouched trail, and names each way in which one was tampered with."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection, transaction

from sevline.platform import clock, guards
from sevline.platform.models import Checkpoint, Event
from tests import make
from tests.context.cli.calling import Command

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def trail() -> None:
    make.case(severity=3)


def past_the_triggers(statement: str) -> None:
    guards.remove(connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    guards.install(connection)


def last() -> int:
    return Event.objects.order_by("-seq")[0].seq


def change_a_row() -> None:
    past_the_triggers("UPDATE platform_event SET actor_label = 'Nobody' WHERE seq = 2")


def remove_a_row() -> None:
    past_the_triggers("DELETE FROM platform_event WHERE seq = 2")


def cut_the_tail() -> None:
    past_the_triggers(f"DELETE FROM platform_event WHERE seq >= {last()}")


def empty_it() -> None:
    past_the_triggers("DELETE FROM platform_event")


def forge_a_row() -> None:
    forged = Event.objects.get(seq=last())
    forged.seq, forged.mac = forged.seq + 1, "0" * 64
    forged.save(force_insert=True)


def remove_the_head() -> None:
    settings.AUDIT_HEAD.unlink()


def forge_the_head() -> None:
    settings.AUDIT_HEAD.write_text(settings.AUDIT_HEAD.read_text().replace(f'"seq": {last()}', '"seq": 1'))


def forge_a_checkpoint() -> None:
    mac = Event.objects.get(seq=2).mac
    Checkpoint.objects.create(through=2, at=clock.now(), rows=2, mac=mac, signature="0" * 64)
    with transaction.atomic():
        Event.objects.filter(seq__lte=2).delete()


def swap_the_key() -> None:
    settings.AUDIT_KEY = b"\x02" * 32


TAMPERED: dict[str, tuple[Callable[[], None], str]] = {
    "a changed row": (change_a_row, "Row 2 was changed"),
    "a removed row": (remove_a_row, "Row 2 is missing"),
    "a cut tail": (cut_the_tail, "cut off the end"),
    "an emptied trail": (empty_it, "cut off the end"),
    "a forged row": (forge_a_row, "was changed after it was written"),
    "a removed head": (remove_the_head, "head outside the database is missing"),
    "a forged head": (forge_the_head, "not signed"),
    "a forged checkpoint": (forge_a_checkpoint, "checkpoint is not signed"),
    "another key": (swap_the_key, "Row 1 was changed"),
}


def test_an_untouched_trail_passes_with_its_rows_counted(sevline: Command) -> None:
    said = sevline("audit", "verify")

    assert (said.code, said.err) == (0, "")
    assert said.out == f"The audit trail is intact: {last()} rows, the last is {last()}.\n"


@pytest.mark.parametrize("way", TAMPERED)
def test_a_trail_that_was_tampered_with_ends_with_1_and_a_sentence(
    sevline: Command, settings: object, way: str
) -> None:
    tamper, sentence = TAMPERED[way]
    tamper()

    said = sevline("audit", "verify")

    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert "Traceback" not in said.err
