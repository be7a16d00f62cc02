"""`sevline backup` and `sevline restore`, as an operator runs them: all of it comes back, or nothing."""

import hashlib
from pathlib import Path

import pytest

from tests.flow.conftest import Install
from tests.flow.served import CASE
from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
WORK = (
    CASE
    + """
from sevline.evidence import actions as evidence
from sevline.platform.jobs import worker
line = b"2026-11-16T10:00:00Z ERROR of jane.roe@customer.example\\n"
evidence.attach("C-1001", "dispatcher.log", [line], by=sam)
worker.drain()
"""
)
ROWS = """
from django.apps import apps
from sevline.platform.backup import rows_of
for model in rows_of():
    if count := model._default_manager.count():
        print(model._meta.label, count)
"""
ORIGINAL = """
from sevline.evidence.models import Upload
from sevline.vault import actions as vault
print(b"".join(vault.open_file(Upload.objects.get().original_id)).decode().strip())
"""
NEXT_CASE = CASE


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below, by its path there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def worked(desk: Installation) -> Path:
    """A case with a file in it, and the backup of it all."""
    desk.load_cast()
    desk.python(WORK)
    file = desk.folder / "desk.tar.gz"
    done = desk.sevline("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def test_everything_comes_back_into_an_empty_installation(install: Install) -> None:
    here, there = install(), install()
    file = worked(here)

    done = there.sevline("restore", str(file))

    assert done.returncode == 0, done.stderr
    assert "the audit trail is intact" in done.stdout
    assert there.python(ROWS) == here.python(ROWS)
    assert digests(there.folder / "data/vault") == digests(here.folder / "data/vault") != {}
    assert digests(there.folder / "data/keys") == digests(here.folder / "data/keys")
    assert there.python(ORIGINAL) == "2026-11-16T10:00:00Z ERROR of jane.roe@customer.example"
    assert there.python(NEXT_CASE) == "C-1002"  # numbers go on where they were


def test_a_backup_moves_to_the_other_database(install: Install) -> None:
    here = install()
    other = Installation(here.folder.parent / "on SQLite")
    other.folder.mkdir()
    file = worked(here)

    done = other.sevline("restore", str(file))

    assert done.returncode == 0, done.stderr
    assert other.python(ROWS) == here.python(ROWS)
    assert other.python(NEXT_CASE) == "C-1002"


def test_what_would_do_harm_is_refused_in_a_sentence_and_changes_nothing(install: Install) -> None:
    here, keyed = install(), install()
    file = worked(here)
    cut = file.with_name("cut.tar.gz")
    cut.write_bytes(file.read_bytes()[:-300])
    keyed.sevline("doctor")  # makes keys of its own
    rows, keys = here.python(ROWS), digests(keyed.folder / "data/keys")

    refused = {
        "over what is there": here.sevline("restore", str(file)),
        "over other keys": keyed.sevline("restore", str(file)),
        "cut off": install().sevline("restore", str(cut)),
        "over a file": here.sevline("backup", str(file)),
    }

    assert {name: done.returncode for name, done in refused.items()} == dict.fromkeys(refused, 1)
    assert "already holds data. Restore into an empty one." in refused["over what is there"].stderr
    assert "holds another key than the backup" in refused["over other keys"].stderr
    assert "is not a backup of Sevline, or it is cut off" in refused["cut off"].stderr
    assert "exists already; name a new file" in refused["over a file"].stderr
    assert not any("Traceback" in done.stderr for done in refused.values())
    assert here.python(ROWS) == rows
    assert digests(keyed.folder / "data/keys") == keys
