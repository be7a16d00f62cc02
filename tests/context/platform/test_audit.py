"""The audit trail is append-only, and each way around that is found."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sevline.core.lifecycle import Refused
from sevline.platform import audit, guards
from sevline.platform.events import SYSTEM, Happening, Ref, record
from sevline.platform.models import Checkpoint, Event

THEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LAMP = Ref("lamp", "1", "The lamp")
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Happening):
    kind: ClassVar[str] = "test.lamp_lit"
    note: str = ""


def light(times: int = 3) -> None:
    for turn in range(times):
        with transaction.atomic():
            record(LampLit(by=SYSTEM, subject=LAMP, note=f"turn {turn}"), at=THEN + timedelta(minutes=turn))


def sql(statement: str, *values: str | int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_trail_is_intact() -> None:
    light(3)

    verdict = audit.verify()

    assert (verdict.rows, verdict.last, verdict.fault) == (3, 3, "")


def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(LampLit(by=SYSTEM, subject=LAMP))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE platform_event SET actor_label = 'x' WHERE seq = 2",
        "DELETE FROM platform_event WHERE seq = 3",
        "DELETE FROM platform_event",
        "INSERT INTO platform_event SELECT * FROM platform_event WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    light(3)

    with pytest.raises(DatabaseError):
        sql(statement)

    assert audit.verify().is_intact


def test_replacing_inserts_and_truncate_are_refused() -> None:
    light(3)
    replacing = {
        "sqlite": "INSERT OR REPLACE INTO platform_event SELECT * FROM platform_event WHERE seq = 2",
        "postgresql": "TRUNCATE platform_event",
    }[connection.vendor]

    with pytest.raises(DatabaseError, match="append-only"):
        sql(replacing)

    assert Event.objects.count() == 3


@pytest.mark.requirement("R-248")
def test_a_row_changed_behind_the_triggers_is_named() -> None:
    light(4)
    guards.remove(connection)
    sql("UPDATE platform_event SET subject_label = 'Another lamp' WHERE seq = 2")
    guards.install(connection)

    verdict = audit.verify()

    assert (verdict.seq, verdict.fault) == (2, "Row 2 was changed after it was written.")


def test_a_row_removed_from_the_middle_is_named() -> None:
    light(4)
    guards.remove(connection)
    sql("DELETE FROM platform_event WHERE seq = 3")
    guards.install(connection)

    assert audit.verify().seq == 3


def test_a_cut_tail_is_found_by_the_head_outside_the_database() -> None:
    light(5)
    guards.remove(connection)
    sql("DELETE FROM platform_event WHERE seq > 3")
    guards.install(connection)

    verdict = audit.verify()

    assert verdict.fault == "Rows 4 to 5 were cut off the end."


def test_an_emptied_trail_is_found() -> None:
    light(2)
    guards.remove(connection)
    sql("DELETE FROM platform_event")
    guards.install(connection)

    assert audit.verify().fault == "Rows 1 to 2 were cut off the end."


def test_a_removed_head_is_found() -> None:
    light(2)
    settings.AUDIT_HEAD.unlink()

    assert audit.verify().fault == "The head outside the database is missing."


def test_a_forged_head_is_refused() -> None:
    light(2)
    settings.AUDIT_HEAD.write_text(settings.AUDIT_HEAD.read_text().replace('"seq": 2', '"seq": 1'))

    with pytest.raises(Refused, match="not signed"):
        audit.verify()


def test_a_row_forged_without_the_key_is_found() -> None:
    light(2)
    forged = Event.objects.get(seq=2)
    forged.seq, forged.mac = 3, "0" * 64
    forged.save(force_insert=True)

    assert audit.verify().seq == 3


def test_expired_rows_leave_by_a_signed_checkpoint() -> None:
    light(4)
    moment = Event.objects.get(seq=3).recorded_at

    checkpoint = audit.expire(moment)

    assert checkpoint is not None
    assert (checkpoint.through, checkpoint.rows) == (2, 2)
    assert (audit.verify().rows, audit.verify().last, audit.verify().fault) == (2, 4, "")


def test_a_checkpoint_forged_to_remove_rows_is_found() -> None:
    light(4)
    Checkpoint.objects.create(through=3, at=THEN, rows=3, mac=Event.objects.get(seq=3).mac, signature="0" * 64)
    sql("DELETE FROM platform_event WHERE seq <= 3")

    assert audit.verify().fault == "A checkpoint is not signed with this installation's key."


def test_the_trail_goes_on_after_a_checkpoint() -> None:
    light(3)
    audit.expire(datetime.now(UTC) + timedelta(days=1))
    light(2)

    assert (audit.verify().last, audit.verify().fault) == (5, "")


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_for_the_head_costs_no_query_while_the_trail_is_whole(rows: int) -> None:
    light(3)

    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        for _ in range(rows):
            record(LampLit(by=SYSTEM, subject=LAMP))

    read = [query["sql"] for query in asked if query["sql"].startswith("SELECT") and "platform_event" in query["sql"]]
    assert len(read) == rows  # the row before, for each
