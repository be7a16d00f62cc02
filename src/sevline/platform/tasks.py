"""The platform's own housekeeping."""

from django_tasks import task

from sevline.platform import clock
from sevline.platform.jobs.schedule import sweep


@task()
def sweep_jobs() -> int:
    """Remove jobs that finished long ago."""
    return sweep(clock.now())
