"""Opening hours: holidays, half days, summer time, and tables that say nonsense."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sevline.core.calendar import (
    CALENDARS,
    CalendarTable,
    add_business_seconds,
    business_seconds,
    parse_hours,
)
from sevline.core.service_level import ClockFact, Target, run_clock
from sevline.core.tables import TableError, parse

LONDON = ZoneInfo("Europe/London")
OFFICE = replace(CALENDARS["business"], key="london", zone=LONDON)
HOUR = 3600


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.requirement("R-024")
def test_friday_to_monday_over_a_holiday_is_one_hour_and_later_edits_change_no_closed_clock() -> None:
    holiday = replace(OFFICE, holidays=frozenset({date(2026, 5, 4)}), version="1")
    friday, monday = local(5, 1, 16), local(5, 4, 10)
    assert business_seconds(holiday, friday, monday) == 1 * HOUR
    facts = [ClockFact(friday, "start", "Opened."), ClockFact(monday, "stop", "Answered.")]
    kept = Target("first_response", "sla", 8 * HOUR, holiday, "1")
    before = run_clock(facts, lambda _: kept, at=local(5, 5, 12))
    edited = replace(holiday, holidays=frozenset(), version="2")
    assert business_seconds(edited, friday, monday) == 2 * HOUR
    assert run_clock(facts, lambda _: kept, at=local(6, 1, 12)) == before
    assert before.elapsed == 1 * HOUR


def test_without_the_holiday_it_is_two_hours() -> None:
    assert business_seconds(OFFICE, local(5, 1, 16), local(5, 4, 10)) == 2 * HOUR


def test_an_exception_gives_a_day_its_own_hours() -> None:
    half_day = replace(OFFICE, exceptions={date(2026, 12, 24): parse_hours(("09:00-12:00",))})
    assert business_seconds(half_day, local(12, 24, 0), local(12, 25, 0)) == 3 * HOUR


def test_an_exception_opens_even_on_a_holiday() -> None:
    christmas = frozenset({date(2026, 12, 25)})
    open_anyway = replace(OFFICE, holidays=christmas, exceptions={date(2026, 12, 25): ((600, 660),)})
    assert business_seconds(open_anyway, local(12, 25, 0), local(12, 26, 0)) == HOUR


@pytest.mark.parametrize(("month", "day"), [(3, 30), (3, 27), (10, 26), (10, 23)])
def test_a_working_day_beside_the_change_of_clocks_has_eight_hours(month: int, day: int) -> None:
    assert business_seconds(OFFICE, local(month, day, 0), local(month, day, 23)) == 8 * HOUR


@pytest.mark.parametrize(("month", "day", "length"), [(3, 29, 23), (10, 25, 25), (6, 1, 24)])
def test_a_whole_local_day_has_the_hours_that_it_has(month: int, day: int, length: int) -> None:
    whole_days = replace(CALENDARS["always"], zone=LONDON)
    start = datetime(2026, month, day, tzinfo=LONDON)
    end = datetime(2026, month, day + 1, tzinfo=LONDON)
    assert business_seconds(whole_days, start, end) == length * HOUR


def test_the_end_of_the_day_is_reached_before_the_next_morning() -> None:
    assert add_business_seconds(OFFICE, local(5, 5, 13), 4 * HOUR) == local(5, 5, 17).astimezone(UTC)
    assert add_business_seconds(OFFICE, local(5, 5, 13), 4 * HOUR + 1) == datetime(
        2026, 5, 6, 9, 0, 1, tzinfo=LONDON
    ).astimezone(UTC)


def test_no_time_to_wait_is_due_at_once() -> None:
    night = local(5, 5, 23)
    assert add_business_seconds(OFFICE, night, 0) == night.astimezone(UTC)


def test_a_calendar_that_never_opens_is_named() -> None:
    closed = replace(OFFICE, weekly=((),) * 7)
    with pytest.raises(ValueError, match="“london” is not open for 60 seconds"):
        add_business_seconds(closed, local(5, 5, 9), 60)


def test_an_end_before_the_start_is_no_time() -> None:
    assert business_seconds(OFFICE, local(5, 5, 12), local(5, 5, 11)) == 0


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        business_seconds(OFFICE, datetime(2026, 5, 5, 9), local(5, 5, 12))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "spans", [("9-17",), ("17:00-09:00",), ("09:00-25:00",), ("09:00-09:00",), ("09:00-12:00", "11:00-13:00"), ("",)]
)
def test_hours_that_make_no_sense_are_refused(spans: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"no span of hours|overlap or are out of order"):
        parse_hours(spans)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('zone = "Mars/Olympus"', "Mars/Olympus"),
        ('zone = "UTC"\nholidays = ["someday"]', "holidays"),
        ('zone = "UTC"\nweekly = { moonday = ["09:00-17:00"] }', "moonday"),
        ('zone = "UTC"\nweekly = { mon = ["late"] }', "late"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(field: str, said: str) -> None:
    weekly = "" if "weekly" in field else "weekly = {}"
    text = f'version = "1"\n[[calendar]]\nkey = "odd"\ntitle = "Odd"\nday_hours = 8\n{field}\n{weekly}'
    with pytest.raises(TableError, match=said):
        parse("calendars.toml", text, CalendarTable)


def test_the_named_calendars_are_there() -> None:
    assert set(CALENDARS) == {"always", "business", "engineering"}
    assert CALENDARS["business"].version == "calendars-1"
