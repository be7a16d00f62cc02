"""A backup gives back what was there, to the microsecond, and is refused where it could do harm."""

import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from sevline.core.lifecycle import Refused
from sevline.people.models import Person, Team
from sevline.platform import audit, backup, guards
from sevline.platform.events import SYSTEM, Happening, Ref, record
from sevline.platform.models import Event
from tests.cast import cast
from tests.context.platform.test_backup_file import packed

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


def parts_of(file: Path) -> dict[str, bytes]:
    with tarfile.open(file, "r:gz") as archive:
        read = {name: archive.extractfile(name) for name in archive.getnames() if name != "manifest.json"}
        return {name: part.read() for name, part in read.items() if part is not None}


def test_a_table_that_an_older_version_did_not_have_is_empty_after_the_restore(tmp_path: Path) -> None:
    ring("first")
    backup.write(tmp_path / "desk.tar.gz")
    lose_every_row()
    older = parts_of(tmp_path / "desk.tar.gz")
    del older["rows/people.SentForm.jsonl"]

    backup.Backup(packed(tmp_path / "older.tar.gz", older)).restore()

    assert audit.verify().is_intact
    assert Event.objects.count() == 1


def test_a_table_that_only_a_newer_version_has_is_named_and_nothing_of_the_backup_is_restored(tmp_path: Path) -> None:
    ring("first")
    backup.write(tmp_path / "desk.tar.gz")
    lose_every_row()
    newer = {**parts_of(tmp_path / "desk.tar.gz"), "rows/cases.Mood.jsonl": b'{"model": "cases.mood", "pk": 1}\n'}

    with pytest.raises(Refused, match=r"holds a table that this version does not have, cases\.Mood"):
        backup.Backup(packed(tmp_path / "newer.tar.gz", newer)).restore()

    assert not Event.objects.exists()


TEAM = b'{"model": "people.team", "pk": 7, "fields": {"key": "pod", "name": "Pod"%b}}\n'
MISFITS = (
    ("rows/people.Team.jsonl", TEAM % b', "mood": "calm"'),
    ("rows/people.Team.jsonl", TEAM % b"" + TEAM % b""),
    ("rows/people.Team.jsonl", b"no row at all\n"),
    ("rows/people.Team.jsonl", b"\xff\xfe\n"),
)


@pytest.mark.parametrize(("name", "rows"), MISFITS, ids=["unknown column", "row twice", "no JSON", "no UTF-8"])
def test_rows_that_do_not_fit_are_refused_in_a_sentence_and_no_row_stays(
    tmp_path: Path, name: str, rows: bytes
) -> None:
    ring("first")
    backup.write(tmp_path / "desk.tar.gz")
    lose_every_row()
    bad = packed(tmp_path / "bad.tar.gz", {**parts_of(tmp_path / "desk.tar.gz"), name: rows})

    with pytest.raises(Refused, match=r"The table people\.Team of the backup, .* No row was restored\."):
        backup.Backup(bad).restore()

    assert not Event.objects.exists()
    assert not Team.objects.exists()


def test_rows_that_name_others_that_are_missing_are_refused_in_a_sentence(tmp_path: Path) -> None:
    cast()
    backup.write(tmp_path / "desk.tar.gz")
    Person.objects.all().delete()
    Team.objects.all().delete()
    lose_every_row()
    bad = packed(tmp_path / "bad.tar.gz", {**parts_of(tmp_path / "desk.tar.gz"), "rows/people.Team.jsonl": b""})

    with pytest.raises(Refused, match="names rows that it does not hold"):
        backup.Backup(bad).restore()

    assert not Person.objects.exists()


def test_a_restore_that_was_broken_off_is_run_again_and_gives_every_file_its_own_name(tmp_path: Path) -> None:
    ring("first")
    default_storage.save("ab/sealed", ContentFile(b"the whole sealed file"))
    backup.write(tmp_path / "desk.tar.gz")
    lose_every_row()
    default_storage.delete("ab/sealed")
    default_storage.save("ab/sealed", ContentFile(b"the wh"))

    backup.Backup(tmp_path / "desk.tar.gz").restore()

    assert default_storage.listdir("ab")[1] == ["sealed"]
    assert default_storage.open("ab/sealed").read() == b"the whole sealed file"
