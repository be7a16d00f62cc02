"""A backup gives back what was there, to the microsecond, and is refused where it could do harm."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import connection, transaction

from sevline.core.lifecycle import Refused
from sevline.platform import audit, backup, guards
from sevline.platform.events import SYSTEM, Happening, Ref, record
from sevline.platform.models import Event

THEN = datetime(2026, 11, 2, 9, 0, 0, 123_457, tzinfo=UTC)
BELL = Ref("bell", "1", "The bell")
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Happening):
    kind: ClassVar[str] = "test.bell_rung"
    note: str = ""


def ring(*notes: str) -> None:
    for turn, note in enumerate(notes):
        with transaction.atomic():
            record(BellRung(by=SYSTEM, subject=BELL, note=note), at=THEN + timedelta(microseconds=turn))


def lose_every_row() -> None:
    guards.remove(connection)
    Event.objects.all().delete()
    guards.install(connection)


def test_a_restored_trail_is_intact_and_keeps_its_microseconds(tmp_path: Path) -> None:
    ring("first", "second")
    backup.write(tmp_path / "desk.tar.gz")
    lose_every_row()

    backup.Backup(tmp_path / "desk.tar.gz").restore()

    assert list(Event.objects.order_by("seq").values_list("at", flat=True)) == [THEN, THEN + timedelta(microseconds=1)]
    assert audit.verify().is_intact


def test_a_text_with_every_end_of_line_that_unicode_knows_comes_back(tmp_path: Path) -> None:
    ring("one\ntwo\r\nthree\u2028four\u2029five\u0085six\vseven\feight")
    backup.write(tmp_path / "desk.tar.gz")
    lose_every_row()

    backup.Backup(tmp_path / "desk.tar.gz").restore()

    assert Event.objects.get().data["note"].count("\u2028") == 1
    assert audit.verify().is_intact


def test_a_backup_is_not_loaded_over_what_is_there(tmp_path: Path) -> None:
    ring("first")
    backup.write(tmp_path / "desk.tar.gz")
    copy = backup.Backup(tmp_path / "desk.tar.gz")

    with pytest.raises(Refused, match="empty one"):
        copy.restore()


def test_a_newer_head_that_was_kept_elsewhere_stays_and_tells_what_the_backup_lacks(tmp_path: Path) -> None:
    ring("first", "second")
    backup.write(tmp_path / "desk.tar.gz")
    ring("third", "fourth")
    lose_every_row()

    backup.Backup(tmp_path / "desk.tar.gz").restore()

    assert audit.verify().fault == "Rows 3 to 4 were cut off the end."
    assert audit.verify().explainable


def test_a_backup_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    ring("first")
    backup.write(tmp_path / "desk.tar.gz")
    (tmp_path / "cut.tar.gz").write_bytes((tmp_path / "desk.tar.gz").read_bytes()[:-200])

    with pytest.raises(Refused, match="cut off"):
        backup.Backup(tmp_path / "cut.tar.gz")
