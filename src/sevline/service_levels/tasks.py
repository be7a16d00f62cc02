"""What comes back by itself: clocks are asked whether their time is running out."""

from django_tasks import task

from sevline.platform import clock
from sevline.service_levels import actions


@task()
def announce_clocks() -> int:
    return actions.run_out(clock.now())
