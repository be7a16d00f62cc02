"""What the vault does by itself: originals leave when their time is over."""

from django_tasks import task

from sevline.platform import clock
from sevline.vault import actions


@task()
def expire_originals() -> int:
    return actions.expire(clock.now()) + actions.sweep(clock.now())
