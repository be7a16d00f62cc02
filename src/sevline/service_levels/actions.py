"""Clock rows follow the events: they are computed again after each change, and warn when their time comes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from sevline.core.service_level import CLOCKS, ClockReading, ClockState, Warned
from sevline.platform import clock as time
from sevline.platform.events import SYSTEM, Ref, record
from sevline.platform.models import Event
from sevline.service_levels import selectors
from sevline.service_levels.events import ClockBreached, ClockWarned
from sevline.service_levels.models import Clock
from sevline.service_levels.models import ClockState as RowState

FULL = 100
BATCH = 200
_ROW_STATE = {
    ClockState.RUNNING: RowState.RUNNING,
    ClockState.PAUSED: RowState.PAUSED,
    ClockState.STOPPED: RowState.MET,
}


def refresh(case_key: str, *, events: list[Event] | None = None, at: datetime | None = None) -> datetime | None:
    """Compute every clock of a case again; answers the first due time of those that still run, None when none does.

    A case that nobody rated has no clock, yet it is due: for its triage, as if it were a Sev1.

    Runs inside the transaction of the change. `events` spares a query when the caller has read them.
    """
    now = at or time.now()
    seen = selectors.events_of(case_key) if events is None else events
    found = selectors.replay(seen, at=now)
    kept = {(row.subject_key, row.metric, row.cycle): row for row in Clock.objects.filter(case_key=case_key)}
    before = {row.pk: _filled(row) for row in kept.values()}
    rows = []
    for running in found:
        row = kept.pop((running.subject_key, running.metric, running.cycle), None)
        row = row or Clock(
            subject_kind=running.subject_kind,
            subject_key=running.subject_key,
            case_key=case_key,
            metric=running.metric,
            cycle=running.cycle,
        )
        rows.append(_fill(row, running))
    _write(rows, before)
    # A clock whose target went away, such as the resolve clock of a case that turned out to be Sev4.
    Clock.objects.filter(pk__in=[row.pk for row in kept.values()]).update(
        state=RowState.CANCELLED, due_at=None, next_warning_at=None
    )
    due = [row.due_at for row in rows if row.stopped_at is None and row.due_at is not None]
    if (first := selectors.unrated(seen, at=now)) is not None and first.due_at is not None:
        due.append(first.due_at)
    return min(due, default=None)


_FILLED = (
    "policy", "policy_version", "calendar", "state", "target_seconds", "elapsed_seconds", "started_at",
    "due_at", "stopped_at", "breached_at", "next_warning_at", "spans",
)  # fmt: skip


def _filled(row: Clock) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FILLED}


def _write(rows: list[Clock], before: dict[int, dict[str, Any]]) -> None:
    """Write the new rows, and of the others what is not as it was: most changes of a case move no clock."""
    changed: dict[str, None] = {}
    moved = []
    for row in rows:
        if row.pk is not None and (differing := _differing(_filled(row), before[row.pk])):
            changed |= dict.fromkeys(differing)
            moved.append(row)
    Clock.objects.bulk_create([row for row in rows if row.pk is None])
    if moved:
        Clock.objects.bulk_update(moved, list(changed))


def _differing(after: dict[str, Any], before: dict[str, Any]) -> list[str]:
    return [name for name, value in after.items() if value != before[name]]


def _fill(row: Clock, running: selectors.Running) -> Clock:
    reading, target = running.reading, running.reading.target
    if target is None or reading.started_at is None:
        raise ValueError(f"{running.metric} of {running.subject_key} has no target.")
    row.policy, row.policy_version, row.calendar = running.policy, target.version, target.calendar.key
    row.state = _row_state(reading)
    row.target_seconds, row.elapsed_seconds = target.seconds, reading.elapsed
    row.started_at, row.due_at, row.stopped_at = reading.started_at, reading.due_at, reading.stopped_at
    row.breached_at = reading.due_at if reading.breached else None
    row.spans = spans(reading)
    row.next_warning_at = _next_warning(row, running)
    return row


def _row_state(reading: ClockReading) -> RowState:
    if reading.breached:
        return RowState.BREACHED
    return RowState.CANCELLED if reading.ended else _ROW_STATE[reading.state]


def spans(reading: ClockReading) -> list[list[str | None]]:
    """The stretches of a clock as plain values: from, to (none while it lasts), running or paused, why."""
    return [
        [span.start.isoformat(), span.end.isoformat() if span.end else None, span.kind, span.reason]
        for span in reading.spans
    ]


def _next_warning(row: Clock, running: selectors.Running) -> datetime | None:
    """When the next share of the time is over that nobody was told of."""
    if row.stopped_at is not None or row.due_at is None:
        return None
    return min((warned.at for warned in running.marks if warned.percent > row.warned_percent), default=None)


def run_out(at: datetime) -> int:
    """Say once for each share of a clock's time that it is over; answers how many warnings were recorded."""
    due = Clock.objects.filter(next_warning_at__lte=at).order_by("next_warning_at").values_list("pk", flat=True)
    return sum(_announce(pk, at) for pk in list(due[:BATCH]))


@transaction.atomic
def _announce(pk: int, at: datetime) -> int:
    row = Clock.objects.select_for_update().get(pk=pk)
    if row.next_warning_at is None or row.next_warning_at > at:
        return 0  # another worker was first, or the clock stopped meanwhile
    events = selectors.events_of(row.case_key)
    same = (row.subject_key, row.metric, row.cycle)
    readings = {(f.subject_key, f.metric, f.cycle): f for f in selectors.replay(events, at=at)}
    running = readings[same]
    reached = [warned for warned in running.reading.warnings if warned.percent > row.warned_percent]
    for warned in reached:
        record(_warning(row, warned), at=warned.at)
    row.warned_percent = max([row.warned_percent, *(warned.percent for warned in reached)])
    _fill(row, running)
    row.save()
    return len(reached)


def _warning(row: Clock, warned: Warned) -> ClockWarned | ClockBreached:
    shared: dict[str, Any] = {
        "by": SYSTEM,
        "subject": Ref(row.subject_kind, row.subject_key, row.subject_key),
        "case": row.case_key,
        "metric": row.metric,
        "title": CLOCKS[row.metric].title,
        "cycle": row.cycle,
        "percent": warned.percent,
        "due_at": row.due_at,
        "tells": warned.tells,
    }
    return ClockBreached(**shared) if warned.percent >= FULL else ClockWarned(**shared)
