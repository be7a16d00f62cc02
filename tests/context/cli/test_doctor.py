"""`sevline doctor` says of a healthy installation that it is one, and of each trouble what to do about it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from sevline.people.models import Person
from sevline.platform import clock, guards
from sevline.platform.models import Event, Job, JobStatus
from sevline.vault import actions as vault
from sevline.vault.models import SealedFile
from tests import make
from tests.cast import cast
from tests.context.cli.calling import Command
from tests.tools import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def installation() -> None:
    """People, a case with its key, a sealed file, and no job that waits."""
    case = make.case(severity=3)
    vault.seal_file(case.key, [b"a line of a log\n"], "original")
    Job.objects.all().delete()


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_healthy_installation_is_said_to_be_one_and_warns_of_a_lost_master_key(sevline: Command) -> None:
    said = sevline("doctor")

    assert (said.code, said.err) == (0, "")
    assert [line[:4] for line in said.out.splitlines()[:8]] == ["ok  "] * 8
    assert "A lost master key loses all evidence" in said.out


def another_master_key() -> None:
    settings.MASTER_KEY = b"\x01" * 32


def a_changed_row() -> None:
    guards.remove(connection)
    Event.objects.filter(seq=1).update(subject_label="Another case")
    guards.install(connection)


def a_lost_file() -> None:
    default_storage.delete(SealedFile.objects.get().name)


def a_job_that_waits() -> None:
    jobs.write_line.enqueue("nowhere", "x")
    Job.objects.update(run_after=clock.now() - timedelta(minutes=6))


def a_dead_job() -> None:
    jobs.write_line.enqueue("nowhere", "x")
    Job.objects.update(status=JobStatus.FAILED, attempts=5)


def no_administrator() -> None:
    Person.objects.filter(pk=cast().ada.pk).update(is_active=False)


def a_full_disk() -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"max_case_mb": 10**9})


def no_jobs_table() -> None:
    sql("ALTER TABLE platform_job RENAME TO platform_job_lost")


TROUBLES: dict[str, tuple[Callable[[], None], str, str]] = {
    "another master key": (another_master_key, "this is not the master key", "that it was made with"),
    "a changed row of the trail": (a_changed_row, "Row 1 was changed", "Compare with a backup"),
    "a lost sealed file": (a_lost_file, "1 sealed files", "Restore them from a backup"),
    "no worker": (a_job_that_waits, "1 jobs have waited", "Start `sevline worker`"),
    "a dead letter": (a_dead_job, "1 jobs failed for good (write_line)", "queue them again"),
    "nobody administrates": (no_administrator, "Nobody administrates", "the link that makes the first one"),
    "a full disk": (a_full_disk, "MB are free", "one case may take 1,000,000,000 MB. Free some space"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_is_named_with_what_to_do_and_ends_with_1(sevline: Command, settings: Any, trouble: str) -> None:
    cause, what, advice = TROUBLES[trouble]
    cause()

    said = sevline("doctor")

    care = [line for line in said.out.splitlines() if line.startswith("CARE")]
    assert said.code == 1
    assert "needs care" in said.err
    assert len(care) == 1
    assert what in care[0]
    assert advice in care[0]


def test_a_database_of_an_older_version_is_care(sevline: Command) -> None:
    last = "SELECT max(name) FROM django_migrations WHERE app = 'governance'"
    sql(f"UPDATE django_migrations SET app = 'gone' WHERE app = 'governance' AND name = ({last})")

    said = sevline("doctor")

    sql("UPDATE django_migrations SET app = 'governance' WHERE app = 'gone'")
    assert said.code == 1
    assert "CARE  The database is 1 steps behind this version. `sevline serve` brings it up to date." in said.out


def test_a_table_that_is_missing_is_care_and_no_traceback(sevline: Command) -> None:
    no_jobs_table()

    said = sevline("doctor")

    sql("ALTER TABLE platform_job_lost RENAME TO platform_job")
    assert said.code == 1
    assert "Traceback" not in said.out + said.err
    assert "CARE  Jobs:" in said.out


def test_a_removed_head_of_the_trail_is_care(sevline: Command) -> None:
    Path(settings.AUDIT_HEAD).unlink()

    assert "The head outside the database is missing" in sevline("doctor").out
