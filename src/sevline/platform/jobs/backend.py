"""A backend of Django's Tasks interface in one table, the same on SQLite and PostgreSQL.

Jobs run at least once: a worker that dies loses its lease, and another one runs the job again. So every task is
idempotent. Whoever holds the lease is fenced by worker and attempt: a late finisher changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import get_random_id, normalize_json

from sevline.platform import clock
from sevline.platform.models import Job, JobStatus

Returned = TypeVar("Returned")
CHANNEL = "sevline_jobs"
BACKOFF_SECONDS = (2, 10, 60, 300)


class LeasedBackend(BaseTaskBackend):
    """Options: `lease_seconds` (how long a silent worker keeps a job), `max_attempts` (then it is a dead letter)."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.lease = timedelta(seconds=self.options.get("lease_seconds", 30))
        self.max_attempts: int = self.options.get("max_attempts", 5)

    def enqueue(
        self, task: Task[Any, Returned], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> TaskResult[Returned]:
        self.validate_task(task)
        return as_result(self.store(task, args, kwargs))

    def store(
        self, task: Task[Any, Any], args: Sequence[Any], kwargs: Mapping[str, Any], key: str | None = None
    ) -> Job:
        """Insert the job; with a key that was used before, the first job is answered and nothing is inserted."""
        fresh = Job(
            id=get_random_id(),
            task_path=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(dict(kwargs)),
            queue=task.queue_name,
            priority=task.priority,
            run_after=task.run_after or clock.now(),
            max_attempts=self.max_attempts,
            idempotency_key=key,
            enqueued_at=clock.now(),
        )
        if key is None:
            fresh.save(force_insert=True)
        else:
            Job.objects.bulk_create([fresh], ignore_conflicts=True)
            fresh = Job.objects.get(idempotency_key=key)
        _wake_workers()
        return fresh

    def get_result(self, result_id: str) -> TaskResult[Any]:
        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return as_result(job)


def backend() -> LeasedBackend:
    found = task_backends["default"]
    if not isinstance(found, LeasedBackend):
        raise TypeError("The default task backend of this installation is not the leased one.")
    return found


def enqueue_once(task: Task[Any, Any], key: str, *args: Any, **kwargs: Any) -> Job:
    """Queue the task unless the same key was queued before, in the caller's transaction if there is one."""
    return backend().store(task, args, kwargs, key)


def _wake_workers() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def claim(worker: str, at: datetime) -> Job | None:
    """Take the next job that is ready, or whose worker's lease ended; None when there is none.

    A job whose worker died on its last attempt becomes a dead letter here.
    """
    with transaction.atomic():
        ended = models.Q(status=JobStatus.RUNNING, lease_until__lt=at)
        ready = models.Q(status=JobStatus.READY, run_after__lte=at)
        job = (
            Job.objects.select_for_update(skip_locked=connection.vendor == "postgresql")
            .filter(ready | ended)
            .order_by("-priority", "run_after", "enqueued_at")
            .first()
        )
        if job is None:
            return None
        if job.attempts >= job.max_attempts:
            bury(job, at, "lost", f"The worker died in attempt {job.attempts} of {job.max_attempts}.")
            return None
        job.status = JobStatus.RUNNING
        job.worker = worker
        job.attempts += 1
        job.lease_until = at + backend().lease
        job.started_at = job.started_at or at
        job.last_attempted_at = at
        job.save()
    return job


def held(job: Job) -> models.QuerySet[Job]:
    """The row, if this worker's lease on this attempt still stands."""
    return Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, status=JobStatus.RUNNING)


def renew(job: Job, at: datetime) -> bool:
    """Extend the lease; False means that it was lost to another worker."""
    return bool(held(job).update(lease_until=at + backend().lease))


def finish(job: Job, at: datetime, result: object) -> bool:
    return bool(
        held(job).update(
            status=JobStatus.SUCCESSFUL, finished_at=at, result=normalize_json(result), progress=100, lease_until=None
        )
    )


def fail(job: Job, at: datetime, error: str, trace: str) -> None:
    """Put the job back with a growing pause, or bury it after its last attempt."""
    if job.attempts >= job.max_attempts:
        bury(job, at, error, trace)
        return
    pause = BACKOFF_SECONDS[min(job.attempts, len(BACKOFF_SECONDS)) - 1]
    held(job).update(
        status=JobStatus.READY,
        run_after=at + timedelta(seconds=pause),
        errors=[*job.errors, {"error": error, "trace": trace}],
        lease_until=None,
    )


def bury(job: Job, at: datetime, error: str, trace: str) -> None:
    """Make the job a dead letter: `sevline doctor` names it, and it can be queued again by hand."""
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.FAILED,
        finished_at=at,
        errors=[*job.errors, {"error": error, "trace": trace}],
        lease_until=None,
    )


def as_result(job: Job) -> TaskResult[Any]:
    result: TaskResult[Any] = TaskResult(
        task=replace(import_string(job.task_path), priority=job.priority, run_after=None),
        id=job.pk,
        status=TaskResultStatus[job.status],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        last_attempted_at=job.last_attempted_at,
        finished_at=job.finished_at,
        args=job.args,
        kwargs=job.kwargs,
        backend="default",
        errors=[TaskError(exception_class_path=error["error"], traceback=error["trace"]) for error in job.errors],
        worker_ids=[job.worker] if job.worker else [],
    )
    if job.status == JobStatus.SUCCESSFUL:
        object.__setattr__(result, "_return_value", job.result)  # the library's own backends set it so
    return result
