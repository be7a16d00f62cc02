"""Who listens to which event, and what comes back when: all upward effects on one screen."""

from typing import Any

from sevline.diagnosis.tasks import on_evidence_ready
from sevline.evidence.events import EvidenceReady
from sevline.evidence.tasks import clear_abandoned
from sevline.platform.events import Happening, listen
from sevline.platform.jobs import schedule
from sevline.platform.tasks import sweep_jobs
from sevline.service_levels.tasks import announce_clocks
from sevline.vault.tasks import expire_originals

LISTENERS: dict[type[Happening], tuple[Any, ...]] = {
    EvidenceReady: (on_evidence_ready,),
}

SCHEDULE: dict[str, tuple[Any, int]] = {
    "clocks that run out": (announce_clocks, 30),
    "uploads nobody finished": (clear_abandoned, 3600),
    "originals whose time is over": (expire_originals, 3600),
    "finished jobs": (sweep_jobs, 86_400),
}


def connect() -> None:
    """Tell the event log and the worker about both tables; called once, when the apps are ready."""
    listen(LISTENERS)
    schedule.every(SCHEDULE)
