"""Background jobs: nothing is lost, nothing is done twice that was queued once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from sevline.platform import clock
from sevline.platform.jobs import backend, schedule, worker
from sevline.platform.models import Job, JobStatus
from tests.tools import jobs

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(hours=1)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_a_queued_job_runs_and_its_result_is_kept(tmp_path: Path) -> None:
    queued = jobs.write_line.enqueue(str(tmp_path / "out"), "hello")

    worker.drain()

    result = jobs.write_line.get_result(queued.id)
    assert (result.return_value, lines(tmp_path / "out")) == ("hello", ["hello"])


def test_a_job_queued_in_a_transaction_that_fails_never_was(tmp_path: Path) -> None:
    with transaction.atomic():
        jobs.write_line.enqueue(str(tmp_path / "out"), "hello")
        transaction.set_rollback(True)

    assert (worker.drain(), lines(tmp_path / "out")) == (0, [])


def test_the_same_key_queues_once(tmp_path: Path) -> None:
    first = backend.enqueue_once(jobs.write_line, "a key", str(tmp_path / "out"), "one")
    second = backend.enqueue_once(jobs.write_line, "a key", str(tmp_path / "out"), "two")

    worker.drain()

    assert (first.pk, lines(tmp_path / "out")) == (second.pk, ["one"])


def test_a_job_for_later_waits(tmp_path: Path) -> None:
    jobs.write_line.using(run_after=clock.now() + LATER).enqueue(str(tmp_path / "out"), "x")

    assert worker.drain() == 0
    with clock.held_at(clock.now() + 2 * LATER):
        assert worker.drain() == 1


def test_the_higher_priority_runs_first(tmp_path: Path) -> None:
    jobs.write_line.enqueue(str(tmp_path / "out"), "later")
    jobs.write_line.using(priority=5).enqueue(str(tmp_path / "out"), "first")

    worker.drain()

    assert lines(tmp_path / "out") == ["first", "later"]


def test_a_failing_job_is_tried_again_and_then_kept_as_a_dead_letter_without_its_words() -> None:
    queued = jobs.always_fails.enqueue("hunter2-of-the-customer")
    attempts = 0
    moment = clock.now()
    for _ in range(8):
        with clock.held_at(moment):
            attempts += worker.drain()
        moment += LATER

    job = Job.objects.get(pk=queued.id)
    assert (attempts, job.status, len(job.errors)) == (5, JobStatus.FAILED, 5)
    assert job.errors[0]["error"] == "builtins.ValueError"
    assert "hunter2-of-the-customer" not in str(job.errors)


def test_a_job_whose_worker_is_silent_is_taken_by_another(tmp_path: Path) -> None:
    jobs.write_line.enqueue(str(tmp_path / "out"), "x")
    lost = backend.claim("worker that died", clock.now())
    assert lost is not None

    with clock.held_at(clock.now() + LATER):
        worker.drain()

    assert (lines(tmp_path / "out"), Job.objects.get().attempts) == (["x"], 2)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no write lock for the whole database.")
def test_a_heart_goes_on_beating_while_the_database_takes_no_write(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    options: Any = settings.TASKS["default"]["OPTIONS"]
    monkeypatch.setitem(options, "lease_seconds", 0.3)  # each thread makes a backend
    caplog.set_level("INFO", "sevline.worker")
    jobs.write_line.enqueue("nowhere", "x")
    job = backend.claim("a worker", clock.now())
    assert job is not None
    before = Job.objects.get().lease_until

    with worker.Heartbeat(job):
        with transaction.atomic():
            Job.objects.update(note="holds the lock")
            _wait_until(lambda: caplog.text.count("the database is busy") > 1)
        _wait_until(lambda: Job.objects.get().lease_until != before)

    assert backend.finish(job, clock.now(), "done")


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_late_finisher_changes_nothing(tmp_path: Path) -> None:
    jobs.write_line.enqueue(str(tmp_path / "out"), "x")
    slow = backend.claim("slow worker", clock.now())
    assert slow is not None
    with clock.held_at(clock.now() + LATER):
        worker.drain()

    assert backend.finish(slow, clock.now(), "late") is False
    assert Job.objects.get().result == "x"


def test_a_worker_that_dies_on_the_last_attempt_leaves_a_dead_letter(tmp_path: Path) -> None:
    jobs.write_line.enqueue(str(tmp_path / "out"), "x")
    Job.objects.update(attempts=4)
    backend.claim("worker that died", clock.now())

    taken = backend.claim("another", clock.now() + LATER)

    assert (taken, Job.objects.get().status) == (None, JobStatus.FAILED)


def test_the_schedule_queues_a_task_once_per_slot_whatever_the_workers(tmp_path: Path) -> None:
    now = clock.now()
    schedule.every({"lines": (jobs.write_line.using(priority=0), 60)})
    schedule.queue_due(now)
    schedule.every({"lines": (jobs.write_line.using(priority=0), 60)})  # as another worker would
    schedule.queue_due(now)
    schedule.queue_due(now + timedelta(seconds=60))

    assert Job.objects.count() == 2


def start_worker() -> subprocess.Popen[bytes]:
    """A worker process of its own on the test database, as the product starts one."""
    name = settings.DATABASES["default"]["NAME"]
    url = os.environ.get("SEVLINE_TEST_DATABASE_URL", "")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "SEVLINE_TEST_DATABASE_URL": url,
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"] or name),
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    return subprocess.Popen([sys.executable, "-m", "sevline", "worker"], env=environment)


def wait_for(path: Path, count: int, seconds: float = 30) -> list[str]:
    until = time.monotonic() + seconds
    while len(lines(path)) < count and time.monotonic() < until:
        time.sleep(0.05)
    return lines(path)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(tmp_path: Path) -> None:
    out, gate = tmp_path / "out", tmp_path / "gate"
    queued = jobs.write_then_wait.enqueue(str(out), str(gate))
    first = start_worker()
    started = wait_for(out, 1)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=10)
    gate.touch()
    second = start_worker()

    told = wait_for(out, 3)
    second.send_signal(signal.SIGTERM)
    second.wait(timeout=20)

    assert started == [f"started {first.pid}"]
    assert told == [f"started {first.pid}", f"started {second.pid}", f"finished {second.pid}"]
    job = Job.objects.get(pk=queued.id)
    assert (job.status, job.attempts) == (JobStatus.SUCCESSFUL, 2)
