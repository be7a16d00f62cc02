"""Who listens to which event, and what comes back when: all upward effects on one screen."""

from typing import Any

from sevline.cases.tasks import alert_overdue_handoffs, tell_of_clock
from sevline.platform.events import Happening, listen
from sevline.platform.jobs import schedule
from sevline.service_levels.events import ClockBreached, ClockWarned
from sevline.service_levels.tasks import announce_clocks

LISTENERS: dict[type[Happening], tuple[Any, ...]] = {
    ClockWarned: (tell_of_clock,),
    ClockBreached: (tell_of_clock,),
}

SCHEDULE: dict[str, tuple[Any, int]] = {
    "announce clocks": (announce_clocks, 30),
    "alert overdue hand-offs": (alert_overdue_handoffs, 60),
}


def connect() -> None:
    listen(LISTENERS)
    schedule.every(SCHEDULE)
