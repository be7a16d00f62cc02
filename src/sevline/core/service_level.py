"""Service-level clocks as pure functions of events: the same events give the same due time, whenever they are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from sevline.core.calendar import CALENDARS, Calendar, add_business_seconds, business_seconds, whole
from sevline.core.tables import Row, Table, load, no_repeats

Kind = Literal["sla", "ola", "uc"]
What = Literal["start", "stop", "pause", "resume", "reopen", "retarget"]
FULL = 100
WORST = 1  # the severity that a case counts as while nobody has rated it
TRIAGE = "triage"


@dataclass(frozen=True, slots=True)
class Target:
    """So many seconds of a calendar; `version` is that of the table it comes from."""

    metric: str
    kind: Kind
    seconds: int
    calendar: Calendar
    version: str = ""


class TargetRow(Row, frozen=True):
    metric: str
    kind: Kind
    within: str
    calendar: str
    severity: Annotated[int, msgspec.Meta(ge=1, le=4)] | None = None
    plan: str | None = None
    issue_type: str | None = None
    region: str | None = None

    def fits(self, metric: str, severity: int, plan: str, issue_type: str, region: str) -> bool:
        wanted = (self.severity, self.plan, self.issue_type, self.region)
        given = (severity, plan, issue_type, region)
        return self.metric == metric and all(w is None or w == g for w, g in zip(wanted, given, strict=True))


class WarningRow(Row, frozen=True):
    """`tells` hear of every clock, `ola_tells` of those of Engineering as well."""

    percent: Annotated[int, msgspec.Meta(ge=1, le=FULL)]
    tells: tuple[str, ...]
    ola_tells: tuple[str, ...] = ()

    def told(self, kind: Kind) -> tuple[str, ...]:
        return (*self.tells, *self.ola_tells) if kind == "ola" else self.tells


class ServiceLevels(Table, frozen=True):
    warning: tuple[WarningRow, ...]
    target: tuple[TargetRow, ...]

    def check_rows(self) -> None:
        no_repeats("warning", (str(row.percent) for row in self.warning))
        for row in self.target:
            if row.calendar not in CALENDARS:
                raise ValueError(f"{row.metric} names the calendar “{row.calendar}”, which does not exist")
            amount(row.within, CALENDARS[row.calendar])


def amount(text: str, calendar: Calendar) -> int:
    """The seconds in “30 min”, “2 h” or “5 d”, where a day is as long as the calendar's."""
    number, _, unit = text.partition(" ")
    seconds = {"min": 60.0, "h": 3600.0, "d": calendar.day_hours * 3600}.get(unit)
    if seconds is None or not number.isdecimal() or int(number) == 0:
        raise ValueError(f"“{text}” is no amount of time such as 30 min, 2 h or 5 d")
    return round(int(number) * seconds)


SERVICE_LEVELS = load("service_levels.toml", ServiceLevels)


def target_for(
    metric: str,
    severity: int | None,
    *,
    plan: str = "standard",
    issue_type: str = "",
    region: str = "",
    calendars: Mapping[str, Calendar] = CALENDARS,
    table: ServiceLevels = SERVICE_LEVELS,
) -> Target | None:
    """The first row of the table that fits, or None where there is no target."""
    if severity is None:
        return None
    row = next((row for row in table.target if row.fits(metric, severity, plan, issue_type, region)), None)
    if row is None:
        return None
    calendar = calendars[row.calendar]
    return Target(metric, row.kind, amount(row.within, calendar), calendar, table.version)


def latest_promise(
    severity: int | None, *, at: datetime, plan: str = "standard", issue_type: str = ""
) -> datetime | None:
    """The last minute that the table allows for the next update of a customer told at `at`; None without a target."""
    target = target_for("next_update", severity, plan=plan, issue_type=issue_type)
    if target is None:
        return None
    return add_business_seconds(target.calendar, at, target.seconds).replace(second=0, microsecond=0)


def targets_for(metric: str, **policy: str) -> Callable[[int | None], Target | None]:
    """The targets of one metric by severity under one policy (plan, issue_type, region)."""

    def by_severity(severity: int | None) -> Target | None:
        return target_for(
            metric,
            severity,
            plan=policy.get("plan", "standard"),
            issue_type=policy.get("issue_type", ""),
            region=policy.get("region", ""),
        )

    return by_severity


@dataclass(frozen=True, slots=True)
class ClockFact:
    """One thing that happened to a clock.

    “Resume” ends a pause, “reopen” takes back a stop. `promised` on a start is a time that the customer was given; the
    earlier of it and the target counts. `ends` on a stop: what the clock waited for did not happen.
    """

    at: datetime
    what: What
    why: str
    severity: int | None = None
    promised: datetime | None = None
    ends: bool = False


class ClockState(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which the clock ran or paused, with the sentence that says why. The end of the last may be open."""

    start: datetime
    end: datetime | None
    kind: Literal["running", "paused"]
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    percent: int
    at: datetime
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock as of one instant. Times are seconds of the target's calendar.

    `due_at` is None while there is no target or the clock pauses within its time; `remaining` is below 0 after
    the due time. A clock is breached when its full time has passed, to the second. One that `ended` was stopped by
    something else than what it waited for: it was not met.
    """

    state: ClockState
    elapsed: int
    remaining: int | None
    due_at: datetime | None
    breached: bool
    spans: tuple[Span, ...]
    target: Target | None = None
    severity: int | None = None
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    stop_reason: str = ""
    ended: bool = False
    warnings: tuple[Warned, ...] = ()


@dataclass(slots=True)
class _Cycle:
    """One obligation while its facts are walked."""

    spans: list[Span] = field(default_factory=list)
    severity: int | None = None
    promised: datetime | None = None
    stopped_at: datetime | None = None
    stop_reason: str = ""
    ended: bool = False

    def open(self, at: datetime, kind: Literal["running", "paused"], reason: str) -> None:
        self.close(at)
        self.spans.append(Span(at, None, kind, reason))

    def close(self, at: datetime) -> None:
        if self.spans and self.spans[-1].end is None:
            last = self.spans.pop()
            self.spans.append(Span(last.start, at, last.kind, last.reason))

    @property
    def state(self) -> ClockState:
        if self.stopped_at is not None:
            return ClockState.STOPPED
        return ClockState.RUNNING if self.spans[-1].kind == "running" else ClockState.PAUSED


def _walk(facts: Iterable[ClockFact], at: datetime) -> list[_Cycle]:
    cycles: list[_Cycle] = []
    severity: int | None = None
    for fact in sorted((fact for fact in facts if fact.at <= at), key=lambda fact: fact.at):
        severity = fact.severity if fact.severity is not None else severity
        now = cycles[-1] if cycles else None
        if fact.what == "start" and (now is None or now.state is ClockState.STOPPED):
            now = _Cycle(promised=fact.promised)
            now.open(whole(fact.at), "running", fact.why)
            cycles.append(now)
        elif now is not None:
            _step(now, fact)
        _rate(cycles, severity)
    return cycles


def _rate(cycles: list[_Cycle], severity: int | None) -> None:
    """What ended before anybody rated the case is measured by the first rating; a later one leaves it alone."""
    for cycle in cycles:
        if cycle.severity is None or (cycle is cycles[-1] and cycle.state is not ClockState.STOPPED):
            cycle.severity = severity


def _step(now: _Cycle, fact: ClockFact) -> None:
    moment = whole(fact.at)
    if fact.what == "pause" and now.state is ClockState.RUNNING:
        now.open(moment, "paused", fact.why)
    elif fact.what == "stop" and now.state is not ClockState.STOPPED:
        now.close(moment)
        now.stopped_at, now.stop_reason, now.ended = moment, fact.why, fact.ends
    elif fact.what == "resume" and now.state is ClockState.PAUSED:
        now.open(moment, "running", fact.why)
    elif fact.what == "reopen" and now.stopped_at is not None:
        now.spans.append(Span(now.stopped_at, moment, "paused", now.stop_reason))
        now.stopped_at, now.stop_reason, now.ended = None, "", False
        now.open(moment, "running", fact.why)


def _reach(cycle: _Cycle, target: Target, seconds: int) -> datetime | None:
    """The instant at which the clock shows so many seconds; None if it pauses before.

    A clock that stopped is asked as if it had gone on, so that its due time stays what it was.
    """
    left = seconds
    running = [span for span in cycle.spans if span.kind == "running"]
    for span in running:
        last = span is running[-1] and cycle.state is not ClockState.PAUSED
        used = 0 if last or span.end is None else business_seconds(target.calendar, span.start, span.end)
        if last or used >= left:
            return add_business_seconds(target.calendar, span.start, left)
        left -= used
    return None


def _due(cycle: _Cycle, target: Target) -> tuple[int, datetime | None]:
    """Seconds to spend and when they are spent: by the target, or by an earlier promise."""
    budget, due = target.seconds, _reach(cycle, target, target.seconds)
    if cycle.promised is None or (due is not None and whole(cycle.promised) >= due):
        return budget, due
    due = whole(cycle.promised)
    return min(budget, business_seconds(target.calendar, cycle.spans[0].start, due)), due


def _read(cycle: _Cycle, target: Target | None, at: datetime, table: ServiceLevels) -> ClockReading:
    started = cycle.spans[0].start
    plain = ClockReading(
        state=cycle.state,
        elapsed=0,
        remaining=None,
        due_at=None,
        breached=False,
        spans=tuple(cycle.spans),
        severity=cycle.severity,
        started_at=started,
        stopped_at=cycle.stopped_at,
        stop_reason=cycle.stop_reason,
        ended=cycle.ended,
    )
    if target is None:
        return plain
    moment = cycle.stopped_at or whole(at)
    elapsed = sum(
        business_seconds(target.calendar, span.start, span.end or moment)
        for span in cycle.spans
        if span.kind == "running"
    )
    budget, due = _due(cycle, target)
    marks = (
        (row, due if row.percent == FULL else _reach(cycle, target, -(-budget * row.percent // FULL)))
        for row in sorted(table.warning, key=lambda row: row.percent)
    )
    return replace(
        plain,
        target=target,
        elapsed=elapsed,
        remaining=budget - elapsed,
        due_at=due,
        breached=due is not None and moment >= due,
        warnings=tuple(
            Warned(row.percent, reached, row.told(target.kind))
            for row, reached in marks
            if reached is not None and reached <= moment
        ),
    )


def run_clocks(
    facts: Iterable[ClockFact],
    targets: Callable[[int | None], Target | None],
    *,
    at: datetime,
    table: ServiceLevels = SERVICE_LEVELS,
) -> tuple[ClockReading, ...]:
    """Every obligation of one clock as of `at`, the oldest first: a start after a stop begins a new one.

    Facts are taken in the order of their times, and later ones than `at` are not seen. Another severity counts
    from the start of the obligation: what has elapsed is kept and measured in the new target's calendar. What has
    stopped keeps its target, and takes that of the first rating where it stopped before there was any.
    """
    return tuple(_read(cycle, targets(cycle.severity), at, table) for cycle in _walk(facts, at))


def run_clock(
    facts: Iterable[ClockFact],
    targets: Callable[[int | None], Target | None],
    *,
    at: datetime,
    table: ServiceLevels = SERVICE_LEVELS,
) -> ClockReading:
    """The latest obligation of one clock as of `at`; see run_clocks."""
    readings = run_clocks(facts, targets, at=at, table=table)
    if readings:
        return readings[-1]
    return ClockReading(ClockState.NOT_STARTED, 0, None, None, breached=False, spans=())


class ClockRule(Row, frozen=True):
    event: str
    does: tuple[Literal["start", "stop", "pause", "resume", "reopen"], ...]
    why: str
    meaningful_only: bool = False
    ends: bool = False
    keeps_promise: bool = False
    when_ended: bool = False


class ClockRow(Row, frozen=True):
    metric: str
    title: str
    on: tuple[ClockRule, ...]
    never_pauses: bool = False


class ClockEvents(Table, frozen=True):
    clock: tuple[ClockRow, ...]

    def check_rows(self) -> None:
        no_repeats("clock", (row.metric for row in self.clock))
        for row in self.clock:
            no_repeats(f"event of {row.metric}", (rule.event for rule in row.on))
            if row.never_pauses and any("pause" in rule.does for rule in row.on):
                raise ValueError(f"the clock “{row.metric}” never pauses, yet an event pauses it")


CLOCK_EVENTS = load("clock_events.toml", ClockEvents)
CLOCKS = {row.metric: row for row in CLOCK_EVENTS.clock}


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """What the clocks need of an event. `severity` is set where the event gave the case one.

    `meaningful` is false for a message to the customer that neither asks something specific, nor gives a finding or
    workaround, nor a plan with the time of the next update. `promised` is that time, if one was given.
    """

    at: datetime
    kind: str
    severity: int | None = None
    meaningful: bool = True
    promised: datetime | None = None
    why: str = ""


@dataclass(slots=True)
class _Standing:
    """What the events of one clock left behind so far."""

    is_open: bool = False  # an obligation runs or pauses
    is_over: bool = False  # the case ended, so that a message starts nothing unless it promises something
    is_promised: bool = False  # the customer was given a time
    has_ended: bool = False  # the last obligation was stopped by something else than what it waited for

    def does(self, rule: ClockRule, event: ClockEvent) -> tuple[What, ...]:
        """What an event does to the clock as things stand."""
        stops = "stop" in rule.does
        self.is_over = rule.ends or (self.is_over and stops)
        if self._is_moot(rule):
            return ()
        effects = _without_start(rule) if self.is_over and event.promised is None else rule.does
        if stops and not self.is_open and not (self.is_over and "start" in effects):
            return ()  # a message after the end begins no new obligation
        self.is_open, self.has_ended = effects[-1] != "stop", rule.ends
        self.is_promised = event.promised is not None if stops else self.is_promised
        return effects

    def _is_moot(self, rule: ClockRule) -> bool:
        return (rule.keeps_promise and self.is_promised) or (rule.when_ended and not self.has_ended)


def _without_start(rule: ClockRule) -> tuple[What, ...]:
    return tuple(what for what in rule.does if what != "start")


def clock_facts(metric: str, events: Iterable[ClockEvent]) -> tuple[ClockFact, ...]:
    """What a case's or escalation's events do to one clock; raises KeyError for a metric that has no clock."""
    rules = {rule.event: rule for rule in CLOCKS[metric].on}
    facts: list[ClockFact] = []
    standing = _Standing()
    for event in events:
        if event.severity is not None:
            facts.append(ClockFact(event.at, "retarget", f"Rated Sev{event.severity}.", event.severity))
        rule = rules.get(event.kind)
        if rule is None or (rule.meaningful_only and not event.meaningful):
            continue
        why = f"{rule.why} {event.why}".strip()
        facts += [
            ClockFact(event.at, what, why, event.severity, event.promised, rule.ends)
            for what in standing.does(rule, event)
        ]
    return tuple(facts)


def unrated_triage(events: Iterable[ClockEvent], *, at: datetime, **policy: str) -> ClockReading | None:
    """How long a case that nobody rated may wait for its triage: an unknown severity counts as the worst.

    It is a warning and no obligation: what the case turns out to be decides later whether its triage was in time.
    None once it is rated or has ended.
    """
    happened = [event for event in events if event.at <= at]
    if any(event.severity is not None for event in happened):
        return None
    targets = targets_for(TRIAGE, **policy)
    reading = run_clock(clock_facts(TRIAGE, happened), lambda _: targets(WORST), at=at)
    return reading if reading.state is ClockState.RUNNING else None
