"""Whoever holds the database but not the key: the database refuses what they do, or `verify` and `doctor` name it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from sevline.platform import audit, guards
from sevline.platform.events import SYSTEM, Happening, Ref, record
from sevline.platform.models import Event
from tests.context.cli.calling import Command

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases, pytest.mark.slow]
COLUMNS = (
    "at, recorded_at, kind, actor_kind, actor_key, actor_label, subject_kind, subject_key, subject_label, case_key, "
    "data, mac"
)
BELL = Ref("bell", "1", "The bell")


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Happening):
    kind: ClassVar[str] = "test.bell_rung_again"
    note: str = ""


def write_on(times: int) -> None:
    for turn in range(times):
        with transaction.atomic():
            record(BellRung(by=SYSTEM, subject=BELL, note=f"turn {turn}", case="C-1"))


@pytest.fixture(autouse=True)
def ten_rows() -> None:
    write_on(10)


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def past_the_triggers(*statements: str) -> None:
    guards.remove(connection)
    for statement in statements:
        sql(statement)
    guards.install(connection)


def forged(seq: int, copied: int = 9) -> str:
    columns = COLUMNS.replace("actor_label", "'Sam Forged'")
    return (
        f"INSERT INTO platform_event (seq, {COLUMNS}) SELECT {seq}, {columns} FROM platform_event WHERE seq = {copied}"
    )


def cut(first: int) -> None:
    past_the_triggers(f"DELETE FROM platform_event WHERE seq >= {first}")


def expire_through(seq: int) -> None:
    audit.expire(Event.objects.get(seq=seq + 1).recorded_at)


def checkpoint_values(through: int) -> str:
    return f"({through}, '2026-11-02 09:00:00', {through}, 'x', 'y')"


REFUSED: dict[str, str] = {
    "a row with a negative number": forged(-7),
    "a row with the number zero": forged(0),
    "a row at the checkpoint": forged(3),
    "a row below the checkpoint": forged(1),
    "a second row of a number": forged(9),
    "a deleted row": "DELETE FROM platform_event WHERE seq = 5",
    "a deleted tail": "DELETE FROM platform_event WHERE seq > 8",
    "a changed row": "UPDATE platform_event SET actor_label = 'x' WHERE seq = 5",
    "a row moved to another number": "UPDATE platform_event SET seq = 99 WHERE seq = 10",
    "an altered checkpoint": "UPDATE platform_checkpoint SET through = 9",
    "a deleted checkpoint": "DELETE FROM platform_checkpoint",
    "a checkpoint before the last": (
        f"INSERT INTO platform_checkpoint (through, at, rows, mac, signature) VALUES {checkpoint_values(2)}"
    ),
}
REFUSED_ON: dict[str, dict[str, str]] = {
    "a replaced row": {
        "sqlite": "INSERT OR REPLACE INTO platform_event SELECT * FROM platform_event WHERE seq = 5",
        "postgresql": (
            "INSERT INTO platform_event SELECT * FROM platform_event WHERE seq = 5 "
            "ON CONFLICT (seq) DO UPDATE SET kind = 'evil'"
        ),
    },
    "a replaced checkpoint": {
        "sqlite": (
            "INSERT OR REPLACE INTO platform_checkpoint (id, through, at, rows, mac, signature) "
            "SELECT id, 9, at, 9, mac, signature FROM platform_checkpoint"
        ),
        "postgresql": (
            "INSERT INTO platform_checkpoint SELECT * FROM platform_checkpoint ON CONFLICT DO UPDATE SET through = 9"
        ).replace("CONFLICT", "CONFLICT (id)"),
    },
    "a truncated trail": {"sqlite": "DELETE FROM platform_event", "postgresql": "TRUNCATE platform_event"},
    "a truncated checkpoint": {
        "sqlite": "DELETE FROM platform_checkpoint",
        "postgresql": "TRUNCATE platform_checkpoint",
    },
}


@pytest.mark.parametrize("way", [*REFUSED, *REFUSED_ON])
def test_the_database_refuses(way: str) -> None:
    expire_through(3)
    statement = REFUSED.get(way) or REFUSED_ON[way][connection.vendor]

    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)

    assert (audit.verify().rows, audit.verify().fault) == (7, "")


def cut_a_tail_and_write_less() -> None:
    cut(9)
    write_on(1)


def cut_a_tail_and_write_as_much() -> None:
    cut(9)
    write_on(2)


def cut_a_tail_and_write_more() -> None:
    cut(9)
    write_on(6)


def cut_everything_and_write_more() -> None:
    cut(1)
    write_on(12)


def replace_the_tail_by_forged_rows() -> None:
    cut(9)
    sql(forged(9, 8))
    sql(forged(10, 8))
    write_on(3)


def forge_a_row_with_the_mac_of_the_head() -> None:
    past_the_triggers(
        "UPDATE platform_event SET actor_label = 'Sam Forged' WHERE seq = 10",
        "DELETE FROM platform_event WHERE seq = 9",
    )


def cut_the_tail_behind_a_checkpoint() -> None:
    expire_through(3)
    cut(4)
    write_on(9)


def forge_a_negative_row() -> None:
    past_the_triggers(forged(-7))


def forge_a_row_below_the_checkpoint() -> None:
    expire_through(3)
    past_the_triggers(forged(2))


def forge_the_next_row() -> None:
    sql(forged(11))


def leave_a_gap() -> None:
    sql(forged(13))


def alter_an_older_checkpoint() -> None:
    expire_through(3)
    expire_through(6)
    past_the_triggers("UPDATE platform_checkpoint SET rows = 1 WHERE through = 3")


def delete_an_older_checkpoint() -> None:
    expire_through(3)
    expire_through(6)
    past_the_triggers("DELETE FROM platform_checkpoint WHERE through = 3")


def delete_the_newest_checkpoint() -> None:
    expire_through(3)
    expire_through(6)
    past_the_triggers("DELETE FROM platform_checkpoint WHERE through = 6")


def delete_every_checkpoint() -> None:
    expire_through(3)
    past_the_triggers("DELETE FROM platform_checkpoint")


def expire_by_a_forged_checkpoint() -> None:
    sql(f"INSERT INTO platform_checkpoint (through, at, rows, mac, signature) VALUES {checkpoint_values(5)}")
    sql("DELETE FROM platform_event WHERE seq <= 5")


def expire_by_a_forged_checkpoint_and_take_it_away() -> None:
    expire_by_a_forged_checkpoint()
    past_the_triggers("DELETE FROM platform_checkpoint")


def delete_the_head() -> None:
    Path(settings.AUDIT_HEAD).unlink()


def delete_the_head_cut_and_write_on() -> None:
    delete_the_head()
    cut(9)
    write_on(6)


def forge_the_head_and_write_on() -> None:
    Path(settings.AUDIT_HEAD).write_text('{"seq": 8, "mac": "x", "sign": "y"}')
    cut(9)
    write_on(6)


def put_an_older_head_back_cut_and_write_on() -> None:
    older = Path(settings.AUDIT_HEAD).read_text()
    write_on(2)
    Path(settings.AUDIT_HEAD).write_text(older)
    cut(11)
    write_on(4)


def put_back_a_head_from_before_the_checkpoint() -> None:
    older = Path(settings.AUDIT_HEAD).read_text()
    write_on(5)
    expire_through(12)
    audit._newest.clear()  # another process verifies
    Path(settings.AUDIT_HEAD).write_text(older)


def drop_the_triggers() -> None:
    guards.remove(connection)


def put_triggers_without_effect_in_place() -> None:
    """The next test's clean-up puts the right ones back."""
    guards.remove(connection)
    effect = {
        "sqlite": ("CREATE TRIGGER platform_event_update BEFORE UPDATE ON platform_event BEGIN SELECT 1; END",),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
            (
                "CREATE TRIGGER platform_event_rows BEFORE UPDATE OR DELETE ON platform_event "
                "FOR EACH ROW EXECUTE FUNCTION nothing()"
            ),
            "ALTER TABLE platform_event ENABLE ALWAYS TRIGGER platform_event_rows",
        ),
    }[connection.vendor]
    for statement in effect:
        sql(statement)


CUT = "Rows 9 to 10 were cut off the end; that was found when row 9 was written."
NAMED: dict[str, tuple[Callable[[], None], str]] = {
    "a cut tail": (lambda: cut(9), "Rows 9 to 10 were cut off the end."),
    "a cut tail with fewer rows written on": (cut_a_tail_and_write_less, CUT),
    "a cut tail with as many rows written on": (cut_a_tail_and_write_as_much, CUT),
    "a cut tail with more rows written on": (cut_a_tail_and_write_more, CUT),
    "an emptied trail that begins anew": (cut_everything_and_write_more, "Rows 1 to 10 were cut off the end; that was"),
    "a tail replaced by forged rows": (replace_the_tail_by_forged_rows, "Row 9 was changed after it was written."),
    "a forged row under the head's value": (forge_a_row_with_the_mac_of_the_head, "Row 9 is missing."),
    "a tail cut down to the checkpoint": (cut_the_tail_behind_a_checkpoint, "Rows 4 to 10 were cut off the end; that"),
    "a row with a negative number": (forge_a_negative_row, "Row -7 does not belong to the trail, which begins at 1."),
    "a row below the checkpoint": (forge_a_row_below_the_checkpoint, "Row 2 does not belong to the trail, which"),
    "a forged next row": (forge_the_next_row, "Row 11 was changed after it was written."),
    "a gap": (leave_a_gap, "Row 11 is missing."),
    "an older checkpoint altered": (alter_an_older_checkpoint, "A checkpoint is not signed with"),
    "an older checkpoint deleted": (delete_an_older_checkpoint, "A checkpoint before the one through row 6 is missing"),
    "the newest checkpoint deleted": (delete_the_newest_checkpoint, "Row 4 is missing."),
    "every checkpoint deleted": (delete_every_checkpoint, "Row 1 is missing."),
    "rows gone by a forged checkpoint": (expire_by_a_forged_checkpoint, "A checkpoint is not signed"),
    "a forged checkpoint taken away again": (expire_by_a_forged_checkpoint_and_take_it_away, "Row 1 is missing."),
    "a deleted head": (delete_the_head, "The head outside the database is missing."),
    "a deleted head and a cut tail": (
        delete_the_head_cut_and_write_on,
        "The head outside the database was missing; that was found when row 9 was written.",
    ),
    "a forged head and a cut tail": (
        forge_the_head_and_write_on,
        "The head outside the database was forged or unreadable; that was found when row 9 was written.",
    ),
    "an older head and a cut tail": (put_an_older_head_back_cut_and_write_on, "Rows 11 to 12 were cut off the end;"),
    "a head from before the checkpoint": (
        put_back_a_head_from_before_the_checkpoint,
        "The head outside the database is older than the checkpoint through row 12.",
    ),
    "dropped triggers": (drop_the_triggers, "the database would let them be changed: platform_event_"),
    "triggers without effect": (put_triggers_without_effect_in_place, "the database would let them be changed"),
}  # fmt: skip


@pytest.mark.parametrize("way", NAMED)
def test_verify_and_doctor_name(sevline: Command, way: str) -> None:
    attack, sentence = NAMED[way]
    attack()

    said, health = sevline("audit", "verify"), sevline("doctor")

    assert (said.code, health.code) == (1, 1)
    assert sentence in said.err
    assert sentence in health.out


@pytest.fixture
def no_primary_key() -> Iterator[None]:
    """The table without its key, as somebody with the rights of the database's owner can make it."""
    sql(f"CREATE TABLE loose AS SELECT seq, {COLUMNS} FROM platform_event")
    sql("ALTER TABLE platform_event RENAME TO kept")
    sql("ALTER TABLE loose RENAME TO platform_event")
    yield
    sql("DROP TABLE platform_event")
    sql("ALTER TABLE kept RENAME TO platform_event")


@pytest.mark.usefixtures("no_primary_key")
def test_a_second_row_of_a_number_is_named_where_the_primary_key_was_taken_off(sevline: Command) -> None:
    sql("INSERT INTO platform_event SELECT * FROM platform_event WHERE seq = 5")

    assert "Row 5 is there twice." in sevline("audit", "verify").err


def test_a_sequence_that_was_set_back_does_no_harm() -> None:
    sql(
        {
            "sqlite": "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'platform_event'",
            "postgresql": "SELECT setval(pg_get_serial_sequence('platform_event', 'seq'), 1)",
        }[connection.vendor]
    )
    write_on(2)

    assert (audit.verify().last, audit.verify().fault) == (12, "")


def test_an_older_head_alone_does_no_harm_and_is_written_anew() -> None:
    older = Path(settings.AUDIT_HEAD).read_text()
    write_on(2)
    Path(settings.AUDIT_HEAD).write_text(older)
    write_on(1)

    assert (audit.verify().last, audit.verify().fault) == (13, "")
    assert audit.read_head() == (13, Event.objects.get(seq=13).mac)


@pytest.mark.parametrize(
    "way", ["a cut tail with more rows written on", "a deleted head and a cut tail", "a cut tail", "dropped triggers"]
)
def test_what_a_break_was_can_be_said_and_stays_in_the_trail(sevline: Command, way: str) -> None:
    attack, sentence = NAMED[way]
    attack()

    said = sevline("audit", "accept", "--reason", "The power failed; write to mia.keller@acme.example")

    assert (said.code, sentence in said.out) == (0, True)
    explained = Event.objects.get(kind="audit.accepted")
    assert explained.actor_kind == "operator"
    assert sentence in explained.data["fault"]
    assert "The power failed" in explained.data["reason"]
    assert "mia.keller" not in explained.data["reason"]
    assert sevline("audit", "verify").code == 0
    with pytest.raises(DatabaseError, match="append-only"):
        sql("UPDATE platform_event SET actor_label = 'x' WHERE seq = 1")


def test_a_break_after_one_that_was_explained_is_named(sevline: Command) -> None:
    cut_a_tail_and_write_more()
    sevline("audit", "accept", "--reason", "Restored an older copy of the disk")
    cut(Event.objects.order_by("-seq")[0].seq)
    write_on(3)

    assert sevline("audit", "verify").code == 1


@pytest.mark.parametrize(
    "way", ["a forged next row", "a gap", "every checkpoint deleted", "a row below the checkpoint"]
)
def test_a_row_that_is_wrong_cannot_be_explained_away(sevline: Command, way: str) -> None:
    attack, sentence = NAMED[way]
    attack()

    said = sevline("audit", "accept", "--reason", "It is fine")

    assert said.code == 1
    assert sentence in said.err
    assert not Event.objects.filter(kind="audit.accepted").exists()


def test_an_intact_trail_has_nothing_to_explain(sevline: Command) -> None:
    said = sevline("audit", "accept", "--reason", "No reason")

    assert (said.code, "nothing to explain" in said.err) == (1, True)
