"""What governance does by itself: approvals and access run out."""

from django_tasks import task

from sevline.governance import actions
from sevline.platform import clock


@task()
def expire_approvals() -> int:
    return actions.expire(clock.now())


@task()
def end_access() -> int:
    return actions.end_over(clock.now())
