"""Work that comes back: a table of tasks and seconds, queued once per slot however many workers there are."""

from datetime import datetime, timedelta
from typing import Any

from django_tasks.base import Task

from sevline.platform.jobs import backend
from sevline.platform.models import Job, JobStatus

KEEP_FINISHED = timedelta(days=7)
_table: dict[str, tuple[Task[Any, Any], int]] = {}
_last_slot: dict[str, int] = {}


def every(table: dict[str, tuple[Task[Any, Any], int]]) -> None:
    """Set the schedule: name → (task without arguments, seconds); called once, with the table of `config/wiring.py`."""
    _table.clear()
    _last_slot.clear()
    _table.update(table)


def queue_due(at: datetime) -> int:
    """Queue each task whose slot began; answers how many were looked at as due."""
    due = 0
    for name, (task, seconds) in _table.items():
        slot = int(at.timestamp()) // seconds
        if _last_slot.get(name) == slot:
            continue
        _last_slot[name] = slot
        backend.enqueue_once(task, f"schedule:{name}:{slot}")
        due += 1
    return due


def sweep(at: datetime) -> int:
    """Remove finished jobs older than a week; dead letters stay until somebody looks at them."""
    old = Job.objects.filter(status=JobStatus.SUCCESSFUL, finished_at__lt=at - KEEP_FINISHED)
    return old.delete()[0]
