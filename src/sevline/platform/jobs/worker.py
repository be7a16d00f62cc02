"""The worker: takes jobs one after the other, keeps its lease alive, and wakes when something is queued."""

import logging
import os
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta

from django.db import OperationalError, close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks.utils import get_random_id

from sevline.platform import clock
from sevline.platform.jobs import backend, schedule
from sevline.platform.models import Job

log = logging.getLogger("sevline.worker")
POLL_SECONDS = 0.25
SOON_SECONDS = 0.25  # until a beat that the database did not take is tried again
IDLE_SECONDS = 5.0  # on PostgreSQL, between notifications
_current: ContextVar[Job | None] = ContextVar("current_job", default=None)


class LeaseLost(Exception):  # noqa: N818 - an event, not a fault of this worker
    """Another worker has this job now; whatever is not committed is dropped."""


def report(percent: int, note: str = "") -> None:
    """Tell how far the current job is; raises LeaseLost when it is not ours any more. Nothing outside a job."""
    job = _current.get()
    if job is not None and not backend.held(job).update(progress=min(99, percent), note=note[:200]):
        raise LeaseLost


class Heartbeat:
    """Renews the lease from a thread of its own while the job runs.

    SQLite has one write lock. While the job, or another process, holds it for longer than a connection waits, the lease
    cannot be renewed; nobody can take the job then either, for that is a write too. So the heart goes on beating, and
    the first beat after the lock is free renews the lease before another worker finds it ended.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def _beat(self) -> None:
        usual = pause = backend.backend().lease.total_seconds() / 3
        try:
            while not self.over.wait(pause):
                is_ours = self._renewed()
                if is_ours is False:
                    return
                pause = usual if is_ours else min(usual, SOON_SECONDS)
        finally:
            connection.close()

    def _renewed(self) -> bool | None:
        """Whether the lease still is this worker's; None while the database takes no write."""
        try:
            return backend.renew(self.job, clock.now())
        except OperationalError:
            connection.close()  # a server may have gone; the next beat opens another
            log.info("the database is busy; the lease of %s is renewed as soon as it is free", self.job.task_path)
            return None

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join(timeout=10)


def run(job: Job) -> bool:
    """Run one claimed job to its end; True when it succeeded."""
    token = _current.set(job)
    try:
        with Heartbeat(job):
            result = import_string(job.task_path).func(*job.args, **job.kwargs)
    except LeaseLost:
        log.warning("job %s went to another worker", job.task_path)
        return False
    except Exception as error:  # noqa: BLE001 - whatever a task raises is kept with its job
        log.warning("job %s failed in attempt %s: %s", job.task_path, job.attempts, type(error).__name__)
        # Frames only: an exception's text may quote what was being redacted.
        frames = "".join(traceback.format_tb(error.__traceback__))
        backend.fail(job, clock.now(), f"{type(error).__module__}.{type(error).__qualname__}", frames)
        return False
    finally:
        _current.reset(token)
    return backend.finish(job, clock.now(), result)


def drain(limit: int = 1000) -> int:
    """Run what is ready now, in this thread, and answer how many jobs that were; for tests and set-up."""
    worker, ran = f"drain-{os.getpid()}", 0
    while ran < limit and (job := backend.claim(worker, clock.now())):
        run(job)
        ran += 1
    return ran


class Worker:
    """Runs until told to stop by SIGTERM or SIGINT, or until its parent is gone."""

    def __init__(self, *, parent: int | None = None) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}-{get_random_id()[:6]}"
        self.parent = parent
        self.stopping = threading.Event()

    def stop(self, *_: object) -> None:
        self.stopping.set()

    def serve(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("worker %s waits for jobs", self.name)
        wait = self._waiter()
        while not self.stopping.is_set() and not self._is_orphan():
            close_old_connections()
            schedule.queue_due(clock.now())
            job = backend.claim(self.name, clock.now())
            if job is not None:
                run(job)
            else:
                wait()

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent

    def _waiter(self) -> Callable[[], object]:
        if connection.vendor != "postgresql":
            return lambda: self.stopping.wait(POLL_SECONDS)
        return self._listen

    def _listen(self) -> None:
        until = time.monotonic() + IDLE_SECONDS
        while not self.stopping.is_set() and time.monotonic() < until and not self._is_orphan():
            with connection.cursor() as cursor:  # again each time: Django may have opened a new connection
                cursor.execute(f"LISTEN {backend.CHANNEL}")
            raw = connection.connection
            if any(True for _ in raw.notifies(timeout=0.5, stop_after=1)):
                return


def unfinished_before(age: timedelta) -> int:
    """How many jobs have waited longer than that to be run: a sign that no worker runs."""
    return Job.objects.filter(status="READY", run_after__lt=clock.now() - age).count()
