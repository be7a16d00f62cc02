"""What governance does by itself: approvals run out."""

from django_tasks import task

from sevline.governance import actions
from sevline.platform import clock


@task()
def expire_approvals() -> int:
    return actions.expire(clock.now())
