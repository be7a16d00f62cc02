"""Calendars and clocks against a count by the minute, and the laws that durations keep."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.calendar import CALENDARS, Calendar, add_business_seconds, business_seconds
from sevline.core.service_level import ClockFact, ClockReading, Target, run_clock, run_clocks

ZONES = ["UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo"]
START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = 366 * 24 * 3600


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Hours from 05:00 on, so that no bound lies in an hour that some zone repeats or leaves out."""
    weekly = []
    for _ in range(7):
        bounds = draw(st.lists(st.integers(10, 48), min_size=0, max_size=4, unique=True).map(sorted))
        weekly.append(tuple((first * 30, last * 30) for first, last in zip(bounds[::2], bounds[1::2], strict=False)))
    holidays = draw(st.frozensets(st.dates(START.date(), START.date() + timedelta(days=365)), max_size=5))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return replace(CALENDARS["business"], zone=zone, weekly=tuple(weekly), holidays=holidays)


instants = st.integers(0, YEAR).map(lambda seconds: START + timedelta(seconds=seconds))
# The weekends in which London, New York and Lord Howe change their clocks in 2026.
changes = st.sampled_from([(3, 8), (3, 29), (4, 5), (10, 4), (10, 25), (11, 1)]).flatmap(
    lambda day: st.integers(-1440, 1440).map(
        lambda minutes: datetime(2026, day[0], day[1], 12, tzinfo=UTC) + timedelta(minutes=minutes)
    )
)


def is_open(calendar: Calendar, at: datetime) -> bool:
    local = at.astimezone(calendar.zone)
    minute = local.hour * 60 + local.minute
    return any(first <= minute < last for first, last in calendar.hours_on(local.date()))


@settings(deadline=None)
@given(calendars(), instants | changes, st.integers(0, 4 * 1440))
def test_the_seconds_are_those_counted_by_the_minute(calendar: Calendar, start: datetime, minutes: int) -> None:
    start = start.replace(second=0)
    counted = sum(60 for minute in range(minutes) if is_open(calendar, start + timedelta(minutes=minute)))
    assert business_seconds(calendar, start, start + timedelta(minutes=minutes)) == counted


@settings(deadline=None)
@given(calendars(), st.lists(instants | changes, min_size=3, max_size=3).map(sorted))
def test_two_stretches_add_up_to_the_whole(calendar: Calendar, moments: list[datetime]) -> None:
    first, middle, last = moments
    parts = business_seconds(calendar, first, middle) + business_seconds(calendar, middle, last)
    assert parts == business_seconds(calendar, first, last)


@settings(deadline=None)
@given(calendars(), instants, st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_longer_stretch_never_has_less_open_time(calendar: Calendar, start: datetime, one: int, other: int) -> None:
    short, long = (
        business_seconds(calendar, start, start + timedelta(seconds=seconds)) for seconds in sorted((one, other))
    )
    assert 0 <= short <= long <= max(one, other)


@settings(deadline=None)
@given(calendars().filter(lambda calendar: any(calendar.weekly)), instants | changes, st.integers(1, 500_000))
def test_the_due_time_is_the_first_at_which_the_seconds_have_passed(
    calendar: Calendar, start: datetime, seconds: int
) -> None:
    due = add_business_seconds(calendar, start, seconds)
    assert business_seconds(calendar, start, due) == seconds
    assert business_seconds(calendar, start, due - timedelta(seconds=1)) == seconds - 1


facts = st.lists(
    st.builds(
        ClockFact,
        at=instants,
        what=st.sampled_from(["start", "stop", "pause", "resume", "reopen", "retarget"]),
        why=st.just("Because."),
        severity=st.none() | st.integers(1, 4),
        promised=st.none() | instants,
    ),
    max_size=12,
    unique_by=lambda fact: fact.at,
)


def target_of(severity: int | None) -> Target | None:
    return Target("resolve", "sla", 3600 * (severity or 0), CALENDARS["business"]) if severity else None


def read(given_facts: list[ClockFact], at: datetime) -> ClockReading:
    return run_clock(given_facts, target_of, at=at)


@settings(deadline=None)
@given(facts, instants, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_told_does_not_matter(
    given_facts: list[ClockFact], at: datetime, random: object
) -> None:
    shuffled = sorted(given_facts, key=lambda fact: hash((fact.at, repr(random))))
    assert read(given_facts, at) == read(shuffled, at)


@settings(deadline=None)
@given(facts, instants)
def test_spans_follow_one_another_without_gap_or_overlap(given_facts: list[ClockFact], at: datetime) -> None:
    reading = read(given_facts, at)
    assert [span.end for span in reading.spans[:-1]] == [span.start for span in reading.spans[1:]]
    assert all(span.end is not None for span in reading.spans[:-1])


@settings(deadline=None)
@given(facts, instants)
def test_a_clock_that_is_due_agrees_with_what_remains(given_facts: list[ClockFact], at: datetime) -> None:
    reading = read(given_facts, at)
    moment = reading.stopped_at or at
    assert reading.breached == (reading.due_at is not None and moment >= reading.due_at)


@settings(deadline=None)
@given(facts, st.integers(1, 4))
def test_rating_late_gives_every_obligation_a_target_whether_it_runs_or_has_stopped(
    given_facts: list[ClockFact], severity: int
) -> None:
    unrated = [replace(fact, severity=None) for fact in given_facts if fact.what != "retarget"]
    last = START + timedelta(seconds=YEAR + 1)
    rated = [*unrated, ClockFact(last, "retarget", "Rated.", severity)]

    before = run_clocks(unrated, target_of, at=last)
    after = run_clocks(rated, target_of, at=last)

    assert [one.target for one in before] == [None] * len(before)
    assert [one.severity for one in after] == [severity] * len(before)
    assert [(one.started_at, one.stopped_at) for one in after] == [(one.started_at, one.stopped_at) for one in before]


@settings(deadline=None)
@given(facts, instants, st.integers(1, 4))
def test_another_severity_leaves_a_rated_obligation_that_has_stopped_as_it_was(
    given_facts: list[ClockFact], at: datetime, severity: int
) -> None:
    before = run_clocks(given_facts, target_of, at=at)
    after = run_clocks([*given_facts, ClockFact(at, "retarget", "Rated again.", severity)], target_of, at=at)

    closed = [place for place, one in enumerate(before) if one.stopped_at is not None and one.severity is not None]
    assert [after[place] for place in closed] == [before[place] for place in closed]
