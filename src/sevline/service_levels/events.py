"""What happens to a clock by itself: a share of its time is over, or all of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarned(Happening):
    """`tells` names who has to know: owner, shift_lead, support_manager, engineering_manager."""

    kind: ClassVar[str] = "clock.warned"
    metric: str
    title: str
    cycle: int
    percent: int
    due_at: datetime | None
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBreached(Happening):
    kind: ClassVar[str] = "clock.breached"
    metric: str
    title: str
    cycle: int
    percent: int
    due_at: datetime | None
    tells: tuple[str, ...] = ()
