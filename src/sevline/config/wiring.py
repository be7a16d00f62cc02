"""Who listens to which event, and what comes back when: all upward effects on one screen."""

from typing import Any

from sevline.platform.events import Happening, listen
from sevline.platform.jobs import schedule

LISTENERS: dict[type[Happening], tuple[Any, ...]] = {}

SCHEDULE: dict[str, tuple[Any, int]] = {}


def connect() -> None:
    listen(LISTENERS)
    schedule.every(SCHEDULE)
