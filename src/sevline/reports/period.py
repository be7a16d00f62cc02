"""Which period a page shows, as its address says it; half-open, in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sevline.core.kpi import Period
from sevline.core.lifecycle import Refused

YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A period with its kind (“month”, “quarter” or “custom”), its name, and how the address says it."""

    kind: str
    period: Period
    name: str
    query: str

    def pooled(self) -> Period:
        """This period and the two before it."""
        first = self.period.start
        for _ in range(2):
            first = self._before(first)
        return Period(first, self.period.end)

    def _before(self, first: datetime) -> datetime:
        if self.kind == "custom":
            return first - (self.period.end - self.period.start)
        return _months_on(first, -3 if self.kind == "quarter" else -1)


def _months_on(at: datetime, months: int) -> datetime:
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


def month_of(at: datetime) -> Chosen:
    start = datetime(at.year, at.month, 1, tzinfo=UTC)
    return Chosen("month", Period(start, _months_on(start, 1)), f"{start:%B %Y}", f"period={start:%Y-%m}")


def quarter_of(at: datetime) -> Chosen:
    number = (at.month - 1) // 3
    start = datetime(at.year, 3 * number + 1, 1, tzinfo=UTC)
    name = f"quarter {number + 1} of {start.year}"
    return Chosen("quarter", Period(start, _months_on(start, 3)), name, f"period={start.year}-Q{number + 1}")


def months_before(at: datetime, count: int) -> list[Period]:
    """The last `count` calendar months that began before an instant, the oldest first."""
    last = month_of(at - timedelta(microseconds=1)).period.start
    starts = [_months_on(last, -back) for back in reversed(range(count))]
    return [Period(start, _months_on(start, 1)) for start in starts]


def chosen_from(given: Mapping[str, str], *, at: datetime) -> Chosen:
    """`period=2026-11`, `period=2026-Q4`, or `from=` and `to=` with both days in it; this quarter when nothing is said.

    Raises Refused with a sentence for anything else.
    """
    if given.get("from") or given.get("to"):
        return _custom(given.get("from", ""), given.get("to", ""))
    text = given.get("period", "")
    if not text:
        return quarter_of(at)
    year, _, part = text.partition("-")
    if not (_digits(year, 4) and int(year) in YEARS):
        raise Refused(_how(text))
    if part in {"Q1", "Q2", "Q3", "Q4"}:
        return quarter_of(datetime(int(year), 3 * int(part[1]) - 2, 1, tzinfo=UTC))
    if _digits(part, 2) and 1 <= int(part) <= 12:
        return month_of(datetime(int(year), int(part), 1, tzinfo=UTC))
    raise Refused(_how(text))


def _digits(text: str, count: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == count


def _how(text: str) -> str:
    return f"“{text[:40]}” is no period. Write a month such as 2026-11 or a quarter such as 2026-Q4."


def _custom(first: str, last: str) -> Chosen:
    start, end = _day(first), _day(last)
    if end < start:
        raise Refused("The period ends before it begins.")
    if not {start.year, end.year} <= set(YEARS):
        raise Refused(f"A period lies between the years {YEARS[0]} and {YEARS[-1]}.")
    begin = datetime(start.year, start.month, start.day, tzinfo=UTC)
    stop = datetime(end.year, end.month, end.day, tzinfo=UTC) + timedelta(days=1)
    name = f"{start.day} {start:%b %Y} to {end.day} {end:%b %Y}"
    return Chosen("custom", Period(begin, stop), name, f"from={start.isoformat()}&to={end.isoformat()}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text[:40]}” is no day. Write it as 2026-11-30.") from None
