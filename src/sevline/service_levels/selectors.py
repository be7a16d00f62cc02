"""Clocks as the events tell them, and as a page shows them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sevline.core.service_level import (
    CLOCKS,
    ClockEvent,
    ClockFact,
    ClockReading,
    ClockState,
    Target,
    Warned,
    clock_facts,
    run_clocks,
    targets_for,
    unrated_triage,
)
from sevline.people.models import Person
from sevline.platform.models import Event
from sevline.service_levels.models import Clock

RATES = frozenset({"case.triaged", "case.severity_changed"})
POLICY_OF = ("plan", "issue_type", "region")
ESCALATION = "escalation."
Targets = Callable[[int | None], Target | None]


@dataclass(frozen=True, slots=True)
class Running:
    """One obligation of one subject, read from the events as of one instant."""

    subject_kind: str
    subject_key: str
    metric: str
    cycle: int
    reading: ClockReading
    policy: str
    marks: tuple[Warned, ...]  # every share of its time that is over by the due time, in the past or ahead


def events_of(case_key: str) -> list[Event]:
    """Everything that happened on a case, in the order in which it was recorded."""
    return list(Event.objects.filter(case_key=case_key).order_by("seq"))


def replay(events: Sequence[Event], *, at: datetime) -> list[Running]:
    """Every clock of one case and its escalations as of an instant; nothing but events goes in.

    An obligation for which no target exists (best effort, or a case nobody rated yet) is left out.
    """
    policy = _policy(events)
    found: list[Running] = []
    for kind, key, seen in _subjects(events):
        told = [_clock_event(event) for event in seen]
        for metric in CLOCKS:
            if metric.startswith("engineering_") == (kind == "case"):
                continue
            facts, targets = clock_facts(metric, told), targets_for(metric, **policy)
            for cycle, reading in enumerate(run_clocks(facts, targets, at=at), start=1):
                if reading.target is not None:
                    marks = _marks(facts, targets, reading, cycle)
                    found.append(Running(kind, key, metric, cycle, reading, _policy_name(policy), marks))
    return found


def unrated(events: Sequence[Event], *, at: datetime) -> ClockReading | None:
    """The triage clock of a case that nobody rated, as if it were a Sev1; None once it is rated or has ended."""
    told = [_clock_event(event) for event in events if not event.kind.startswith(ESCALATION)]
    return unrated_triage(told, at=at, **_policy(events))


def _marks(facts: Sequence[ClockFact], targets: Targets, reading: ClockReading, cycle: int) -> tuple[Warned, ...]:
    """The warnings of a clock as they will stand at its due time if nothing happens before."""
    if reading.breached or reading.due_at is None or reading.state is ClockState.STOPPED:
        return reading.warnings
    return run_clocks(facts, targets, at=reading.due_at)[cycle - 1].warnings


def _subjects(events: Sequence[Event]) -> Iterator[tuple[str, str, list[Event]]]:
    """The case with its own events, then each escalation with the case's events and its own."""
    case = [event for event in events if not event.kind.startswith(ESCALATION)]
    if not case:
        return
    yield "case", case[0].case_key, case
    keys = dict.fromkeys(event.subject_key for event in events if event.kind == "escalation.submitted")
    for key in keys:
        own = [e for e in events if not e.kind.startswith(ESCALATION) or e.subject_key == key]
        yield "escalation", key, own


def _clock_event(event: Event) -> ClockEvent:
    data = event.data
    why = data.get("reason", "") if event.kind == "case.reopened" else data.get("waiting_for", "")
    promised = data.get("next_update_at")
    return ClockEvent(
        at=event.at,
        kind=event.kind,
        severity=data["severity"] if event.kind in RATES else None,
        meaningful=bool(data.get("is_meaningful", True)),
        promised=datetime.fromisoformat(promised) if promised and event.kind == "case.customer_told" else None,
        why=str(why),
    )


def _policy(events: Iterable[Event]) -> dict[str, str]:
    """The plan, issue type and region that stood last."""
    policy = {"plan": "standard", "issue_type": "", "region": ""}
    for event in events:
        if event.kind in {"case.opened", "case.classified", "case.triaged"}:
            policy |= {name: event.data[name] for name in POLICY_OF if event.data.get(name)}
    return policy


def _policy_name(policy: Mapping[str, str]) -> str:
    parts = [f"{policy['plan']} plan", policy["region"], policy["issue_type"]]
    return ", ".join(part for part in parts if part)[:120]


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as a page shows it. `state` is running, soon, paused, breached, met or ended; `used` is in percent.

    `remaining_seconds` are of the target's calendar, `left_seconds` by the clock on the wall; below 0 when
    late.
    """

    metric: str
    title: str
    state: str
    target_seconds: int
    elapsed_seconds: int
    remaining_seconds: int | None
    left_seconds: int | None
    used: int
    due_at: datetime | None
    stopped_at: datetime | None
    policy: str
    calendar: str
    spans: tuple[tuple[str, str, str, str], ...]
    reason: str
    subject_key: str
    cycle: int
    lasted_seconds: int = 0  # by the clock on the wall, from its start until it stopped
    is_unrated: bool = False  # nobody rated the case yet, so that it counts as the worst

    @property
    def is_met_outside_hours(self) -> bool:
        """Whether it ran and stopped while the business hours were over, so that none of its time was counted."""
        paused = any(kind == "paused" for _, _, kind, _ in self.spans)
        return self.state == "met" and self.elapsed_seconds == 0 and self.lasted_seconds >= 60 and not paused

    @property
    def paused_seconds(self) -> int:
        """How long it paused, by the clock on the wall; a pause that lasts is not counted yet."""
        over = [(start, end) for start, end, kind, _ in self.spans if kind == "paused" and end]
        moments = ((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in over)
        return int(sum((end - start).total_seconds() for start, end in moments))

    @property
    def ticks(self) -> bool:
        return self.stopped_at is None and self.due_at is not None


SOON_PERCENT = 75


def clock_strip(person: Person, case_key: str, *, at: datetime) -> list[ClockView]:
    """The latest clock of each metric and subject of a case, with the reasons why it runs, pauses or stopped.

    The caller has found the case among those that the person may see. Two queries.
    """
    if not person.roles:
        return []
    latest = {
        (clock.subject_key, clock.metric): clock for clock in Clock.objects.filter(case_key=case_key).order_by("cycle")
    }
    order = {metric: place for place, metric in enumerate(CLOCKS)}
    events = events_of(case_key)
    readings = {(found.subject_key, found.metric, found.cycle): found.reading for found in replay(events, at=at)}
    shown = [
        _view(clock, readings[(clock.subject_key, clock.metric, clock.cycle)], at=at)
        for clock in latest.values()
        if (clock.subject_key, clock.metric, clock.cycle) in readings
    ]
    first = unrated(events, at=at)
    if first is not None and first.target is not None and first.started_at is not None:
        provisional = Clock(
            metric=first.target.metric,
            subject_key=case_key,
            started_at=first.started_at,
            target_seconds=first.target.seconds,
            calendar=first.target.calendar.key,
        )
        shown.append(replace(_view(provisional, first, at=at), is_unrated=True))
    return sorted(shown, key=lambda view: (order[view.metric], view.subject_key))


def _view(clock: Clock, reading: ClockReading, *, at: datetime) -> ClockView:
    total = reading.elapsed + (reading.remaining or 0)
    return ClockView(
        metric=clock.metric,
        title=CLOCKS[clock.metric].title,
        state=shown_state(reading),
        target_seconds=clock.target_seconds,
        elapsed_seconds=reading.elapsed,
        remaining_seconds=reading.remaining,
        left_seconds=int((reading.due_at - at).total_seconds()) if reading.due_at else None,
        used=min(100, 100 * reading.elapsed // total) if total > 0 else 100,
        due_at=reading.due_at,
        stopped_at=reading.stopped_at,
        policy=clock.policy,
        calendar=clock.calendar,
        spans=tuple(
            (span.start.isoformat(), span.end.isoformat() if span.end else "", span.kind, span.reason)
            for span in reading.spans
        ),
        reason=reading.stop_reason or (reading.spans[-1].reason if reading.spans else ""),
        subject_key=clock.subject_key,
        cycle=clock.cycle,
        lasted_seconds=int((reading.stopped_at - clock.started_at).total_seconds()) if reading.stopped_at else 0,
    )


def shown_state(reading: ClockReading) -> str:
    """The word by which a page colours a clock."""
    if reading.breached:
        return "breached"
    if reading.state is ClockState.STOPPED:
        return "ended" if reading.ended else "met"
    if reading.state is ClockState.PAUSED:
        return "paused"
    return "soon" if any(warned.percent >= SOON_PERCENT for warned in reading.warnings) else "running"
