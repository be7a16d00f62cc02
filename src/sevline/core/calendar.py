"""Named calendars: which seconds count. Time is the intersection of half-open intervals, in whole seconds.

Opening hours are local, so that a change to or from summer time moves them in UTC and not on the wall. A bound
that falls into an hour which the clocks repeat means its first pass.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sevline.core.tables import Row, Table, load, no_repeats

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON = timedelta(days=3660)
Hours = tuple[tuple[int, int], ...]  # minutes of the local day, half-open


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekly hours per weekday from Monday, holidays, and dates with hours of their own, in one zone."""

    key: str
    zone: ZoneInfo
    weekly: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()
    exceptions: dict[date, Hours] = field(default_factory=dict)
    day_hours: float = 8.0
    version: str = ""
    title: str = ""

    def hours_on(self, day: date) -> Hours:
        if day in self.exceptions:
            return self.exceptions[day]
        return () if day in self.holidays else self.weekly[day.weekday()]


def parse_hours(spans: tuple[str, ...]) -> Hours:
    """Minutes of the day from “09:00-17:00”; raises ValueError when they are no ordered, separate spans."""
    hours = tuple(_parse_span(span) for span in spans)
    ends = [0, *(end for _, end in hours)]
    if any(start < before for (start, _), before in zip(hours, ends, strict=False)):
        raise ValueError(f"the hours {', '.join(spans)} overlap or are out of order")
    return hours


def _parse_span(span: str) -> tuple[int, int]:
    start, dash, end = span.partition("-")
    first, last = _minutes(start), _minutes(end)
    if not dash or first is None or last is None or first >= last:
        raise ValueError(f"“{span}” is no span of hours such as 09:00-17:00")
    return first, last


def _minutes(text: str) -> int | None:
    hour, colon, minute = text.strip().partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(minute) < 60):
        return None
    total = int(hour) * 60 + int(minute)
    return total if total <= 24 * 60 else None


def windows(calendar: Calendar, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open windows that touch [start, end), cut to it, in UTC and in order."""
    day = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    while day <= last:
        for first, close in calendar.hours_on(day):
            opens = max(_instant(calendar, day, first), start)
            closes = min(_instant(calendar, day, close), end)
            if opens < closes:
                yield opens, closes
        day += timedelta(days=1)


def _instant(calendar: Calendar, day: date, minute: int) -> datetime:
    days, minute = divmod(minute, 24 * 60)
    local = datetime.combine(day + timedelta(days=days), time(minute // 60, minute % 60), tzinfo=calendar.zone)
    return local.astimezone(UTC)


def whole(at: datetime) -> datetime:
    """The instant in UTC without its fraction of a second; raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"The time {at.isoformat()} has no zone.")
    return at.astimezone(UTC).replace(microsecond=0)


def _seconds(span: timedelta) -> int:
    return span.days * 86_400 + span.seconds


def business_seconds(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The seconds of [start, end) in which the calendar is open; 0 when the end is not after the start."""
    start, end = whole(start), whole(end)
    return sum(_seconds(closes - opens) for opens, closes in windows(calendar, start, end))


def add_business_seconds(calendar: Calendar, start: datetime, seconds: int) -> datetime:
    """The first instant at which that many open seconds have passed since the start.

    Raises ValueError when the calendar does not open for so long within ten years.
    """
    start = whole(start)
    left = seconds
    if left <= 0:
        return start
    for opens, closes in windows(calendar, start, start + HORIZON):
        length = _seconds(closes - opens)
        if length >= left:
            return opens + timedelta(seconds=left)
        left -= length
    raise ValueError(f"The calendar “{calendar.key}” is not open for {seconds} seconds within ten years.")


class CalendarException(Row, frozen=True):
    date: date
    hours: tuple[str, ...] = ()


class CalendarRow(Row, frozen=True):
    key: str
    title: str
    zone: str
    day_hours: float
    weekly: dict[str, tuple[str, ...]]
    holidays: tuple[date, ...] = ()
    exception: tuple[CalendarException, ...] = ()

    def __post_init__(self) -> None:
        if strange := set(self.weekly) - set(WEEKDAYS):
            raise ValueError(f"the calendar “{self.key}” has a day “{min(strange)}”; days are {', '.join(WEEKDAYS)}")
        if self.day_hours <= 0:
            raise ValueError(f"the calendar “{self.key}” needs a day longer than 0 hours")
        self.calendar("")

    def calendar(self, version: str) -> Calendar:
        try:
            zone = ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as fault:
            raise ValueError(f"the calendar “{self.key}” names the zone “{self.zone}”, which is not known") from fault
        return Calendar(
            key=self.key,
            zone=zone,
            weekly=tuple(parse_hours(self.weekly.get(day, ())) for day in WEEKDAYS),
            holidays=frozenset(self.holidays),
            exceptions={row.date: parse_hours(row.hours) for row in self.exception},
            day_hours=self.day_hours,
            version=version,
            title=self.title,
        )


class CalendarTable(Table, frozen=True):
    calendar: tuple[CalendarRow, ...]

    def check_rows(self) -> None:
        no_repeats("calendar", (row.key for row in self.calendar))

    def calendars(self) -> dict[str, Calendar]:
        return {row.key: row.calendar(self.version) for row in self.calendar}


CALENDARS = load("calendars.toml", CalendarTable).calendars()


def months_after(at: datetime, months: int) -> datetime:
    """The same day and time so many months later, or the last day of a month that is too short for it."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
