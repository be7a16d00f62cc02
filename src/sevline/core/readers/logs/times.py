"""Times as logs write them. Epoch seconds in UTC; a time without a zone is read as UTC and says so."""

import re
from calendar import timegm
from datetime import datetime, timedelta
from typing import NamedTuple


class Stamp(NamedTuple):
    """`at`: epoch seconds. `zone_known`: the text named its zone. `year_known`: the text named its year."""

    at: float
    zone_known: bool
    year_known: bool = True


ISO = rb"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?"
_MONTHS = {name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_FRACTION = re.compile(rb"[.,](\d{1,9})")
_ZONE = re.compile(rb"([+-])(\d\d):?(\d\d)")
_CACHED = 20_000
_seconds: dict[bytes, int | None] = {}
_rests: dict[bytes, tuple[float, bool]] = {}


def iso(text: bytes) -> Stamp | None:
    """`2026-03-01 10:00:00,123`, `2026-03-01T10:00:00.123Z`, `2026/03/01 10:00:00 +0200`."""
    base = _seconds.get(text[:19])
    rest = _rests.get(text[19:])
    if base is not None and rest is not None:
        return Stamp(base + rest[0], rest[1])
    base = _iso_second(text[:19])
    return None if base is None else _with_rest(base, text[19:])


def clf(text: bytes) -> Stamp | None:
    """`10/Oct/2026:13:55:36 -0700`, with a fraction as HAProxy writes it."""
    base = _clf_second(text[:20])
    return None if base is None else _with_rest(base, text[20:])


def yearless(month: bytes, day: bytes, clock: bytes, reference: datetime | None) -> Stamp | None:
    """`Mar  1 10:00:00`: the latest such moment not more than a day after `reference`; unknown without one."""
    number = _MONTHS.get(month[:3].title()) or (int(month) if month.isdigit() else None)
    if number is None or reference is None:
        return None
    fraction = _FRACTION.match(clock, 8)
    for year in (reference.year + 1, reference.year, reference.year - 1):
        base = _epoch(year, number, int(day), clock)
        if base is not None and base <= reference.timestamp() + timedelta(days=1).total_seconds():
            return Stamp(base + (_fraction(fraction[1]) if fraction else 0), False, False)
    return None


def dated(year: bytes, month: bytes, day: bytes, clock: bytes) -> Stamp | None:
    """A time in parts, `2026`, `Mar`, `4`, `10:00:00.123`; no zone is named."""
    number = _MONTHS.get(month)
    base = _epoch(int(year), number, int(day), clock) if number else None
    fraction = _FRACTION.match(clock, 8)
    return None if base is None else Stamp(base + (_fraction(fraction[1]) if fraction else 0), False)


def number(value: float) -> Stamp | None:
    """Epoch seconds, milli-, micro- or nanoseconds, told apart by their size; None outside 2001 to 2286."""
    for unit in (1, 1e3, 1e6, 1e9):
        if 1e9 <= value / unit < 1e10:
            return Stamp(value / unit, True)
    return None


def anything(value: object) -> Stamp | None:
    """A JSON or logfmt value: a number or one of the written forms."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return number(float(value)) if abs(value) < 1e20 else None
    if not isinstance(value, str) or len(value) > 64:
        return None
    text = value.strip().encode("utf-8", "replace")
    if text.replace(b".", b"", 1).isdigit() and len(text) < 30:
        return number(float(text))
    return iso(text) or clf(text) or _in_a_table(text)


_KIBANA = re.compile(rb"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d\d:\d\d:\d\d(?:\.\d{1,9})?)$")
_POINTED = re.compile(rb"(\d{1,2})\.(\d{1,2})\.(\d{4}),? (\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)$")
_ON_THE_DIAL = re.compile(rb"(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d\d:\d\d(?:\.\d{1,9})?) ([AP])M$")


def _in_a_table(text: bytes) -> Stamp | None:
    """As tables for people write it: `Mar 1, 2026 @ 10:00:00.123` of Kibana, `01.03.2026 10:00:00` with the day first,
    and `3/1/2026, 10:00:00 AM` with the month first, which only goes with such a clock."""
    if found := _KIBANA.match(text):
        return dated(found[3], found[1], found[2], found[4])
    if found := _POINTED.match(text):
        return _numbered(found[3], found[2], found[1], found[4])
    if found := _ON_THE_DIAL.match(text):
        hour = int(found[4]) % 12 + (12 if found[6] == b"P" else 0)
        return _numbered(found[3], found[1], found[2], b"%02d:%b" % (hour, found[5]))
    return None


def _numbered(year: bytes, month: bytes, day: bytes, clock: bytes) -> Stamp | None:
    base = _epoch(int(year), int(month), int(day), clock)
    fraction = _FRACTION.match(clock, 8)
    return None if base is None else Stamp(base + (_fraction(fraction[1]) if fraction else 0), False)


def _with_rest(base: int, rest: bytes) -> Stamp:
    """The fraction and the zone after a whole second; what they add is remembered, for few of them differ."""
    known = _rests.get(rest)
    if known is None:
        if len(_rests) >= _CACHED:
            _rests.clear()
        known = _rests[rest] = _read_rest(rest)
    return Stamp(base + known[0], known[1])


def _read_rest(rest: bytes) -> tuple[float, bool]:
    fraction = _FRACTION.match(rest)
    more = _fraction(fraction[1]) if fraction else 0.0
    zone = rest[fraction.end() :].strip() if fraction else rest.strip()
    if zone[:1] == b"Z" or zone[:3] == b"UTC":
        return more, True
    offset = _ZONE.match(zone)
    if offset is None:
        return more, False
    seconds = int(offset[2]) * 3600 + int(offset[3]) * 60
    return (more - seconds if offset[1] == b"+" else more + seconds), True


def _fraction(digits: bytes) -> float:
    return int(digits) / float(10 ** len(digits))


def _iso_second(text: bytes) -> int | None:
    if text in _seconds:
        return _seconds[text]
    separators = text[4:5] + text[7:8]
    base = None
    if separators in {b"--", b"//"} and text[:4].isdigit() and text[5:7].isdigit() and text[8:10].isdigit():
        base = _epoch(int(text[:4]), int(text[5:7]), int(text[8:10]), text[11:])
    return _remember(text, base)


def _clf_second(text: bytes) -> int | None:
    if text in _seconds:
        return _seconds[text]
    month = _MONTHS.get(text[3:6])
    base = None
    if month and text[:2].isdigit() and text[7:11].isdigit():
        base = _epoch(int(text[7:11]), month, int(text[:2]), text[12:])
    return _remember(text, base)


def _remember(text: bytes, base: int | None) -> int | None:
    if len(_seconds) >= _CACHED:
        _seconds.clear()
    _seconds[text] = base
    return base


def _epoch(year: int, month: int, day: int, clock: bytes) -> int | None:
    hour, minute, second = clock[:2], clock[3:5], clock[6:8]
    if not (hour.isdigit() and minute.isdigit() and second.isdigit() and clock[2:3] == clock[5:6] == b":"):
        return None
    if int(hour) > 23 or int(minute) > 59 or int(second) > 60 or not 1970 <= year <= 9998:
        return None
    try:
        datetime(year, month, day)  # noqa: DTZ001 - only asked whether the day exists
    except ValueError:
        return None
    return timegm((year, month, day, int(hour), int(minute), int(second)))
