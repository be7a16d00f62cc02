"""How times, amounts, names and states are written. Every page says them the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

MISSING = "not stated"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")

STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "FAIL": ("fail", "fails"),
        "WARN": ("warn", "look at this"),
        "PASS": ("pass", "passes"),
        "INFO": ("info", "note"),
        "NOT_EVALUATED": ("unknown", "not evaluated"),
    }
)
CLOCKS: Mapping[str, str] = MappingProxyType(
    {"running": "clock", "soon": "warn", "paused": "pause", "breached": "over", "met": "check", "ended": "ring"}
)
TONES: Mapping[str, str] = MappingProxyType(
    {"success": "ok", "warning": "warn", "error": "bad", "info": "accent", "debug": "idle"}
)


def utc(at: datetime | None) -> str:
    """`18 Nov 2026 11:42 UTC`; an instant without a zone is refused with ValueError."""
    if at is None:
        return MISSING
    moment = _aware(at)
    return f"{moment.day} {moment:%b %Y %H:%M} UTC"


def utc_time(at: datetime | None) -> str:
    """`11:42 UTC`, for places where the day is plain from the page."""
    return MISSING if at is None else f"{_aware(at):%H:%M} UTC"


def met_in(seconds: int, *, outside_hours: bool, lasted: int = 0) -> str:
    """How a clock was met: in how many seconds of its calendar, or, where those are none, by the clock on the wall."""
    taken = seconds or lasted
    said = f"met in {duration(taken)}" if taken else "met at once"
    return f"{said}, outside business hours" if outside_hours else said


def utc_span(first: datetime | None, last: datetime | None) -> str:
    """`18 Nov 2026 11:42 to 11:58 UTC`, with the second day where it is another."""
    if first is None or last is None:
        return utc(first or last)
    same_day = _aware(first).date() == _aware(last).date()
    return f"{utc(first).removesuffix(' UTC')} to {utc_time(last) if same_day else utc(last)}"


def spoken(text: str) -> str:
    """A moment in the machine form as `18 Nov 2026 11:42 UTC`; every other text as it is."""
    return utc(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else text


def local(at: datetime | None, zone: str) -> str:
    """`29 Mar 2026 03:30 CEST`: the clock of somebody in a zone such as Europe/Berlin, to stand beside UTC.

    Empty where there is nothing to add: without a moment or a zone, and in UTC itself.
    """
    if at is None or zone in {"", "UTC"}:
        return ""
    there = _aware(at).astimezone(ZoneInfo(zone))
    name = f"{there:%Z}"
    return f"{there.day} {there:%b %Y %H:%M} {f'UTC{name}' if name[:1] in '+-' else name}"


def iso(at: datetime | None) -> str:
    """The machine form, for `<time datetime>`; whole seconds, zone Z."""
    return "" if at is None else _aware(at).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def duration(span: timedelta | float | None) -> str:
    """Two units at most: `1 h 18 min`, `2 days 4 h`, `40 s`. Numbers are seconds; the sign is dropped."""
    if span is None:
        return MISSING
    seconds = int(abs(span.total_seconds() if isinstance(span, timedelta) else span))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    if days:
        return _pair(f"{days} {'day' if days == 1 else 'days'}", hours, "h")
    if hours:
        return _pair(f"{hours} h", minutes, "min")
    return f"{minutes} min" if minutes else f"{seconds} s"


def relative(at: datetime | None, now: datetime) -> str:
    """`34 min ago`, `in 2 h`, or `now` within a minute."""
    if at is None:
        return MISSING
    gap = _aware(at) - _aware(now)
    if abs(gap) < timedelta(minutes=1):
        return "now"
    return f"in {duration(gap)}" if gap > timedelta() else f"{duration(gap)} ago"


def thousands(number: float | None) -> str:
    """Digits in groups of three: `27,812`."""
    return MISSING if number is None else f"{number:,}"


def size(octets: float | None) -> str:
    """Decimal units, one digit: `2.4 MB`."""
    if octets is None:
        return MISSING
    amount = float(octets)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def initials(name: str) -> str:
    """Two letters for an avatar: first and last word of a name."""
    words = str(name).split()
    letters = [word[0] for word in (words[:1] + words[1:][-1:]) if word]
    return "".join(letters).upper() or "?"


def state_words(state: str) -> str:
    """The words beside the mark of a check: `fails`, `not evaluated`."""
    return STATES[str(state)][1]


def state_icon(state: str) -> str:
    """The mark of a check, as a name in `sevline.ui.icons.SHAPES`."""
    return STATES[str(state)][0]


def clock_icon(state: str) -> str:
    """The mark of a clock: running, soon, paused, breached, met or ended."""
    return CLOCKS[str(state)]


def clock_tone(state: str) -> str:
    """The tone of the bar below a clock."""
    return {"soon": "warn", "breached": "bad", "met": "ok", "paused": "idle", "ended": "idle"}.get(str(state), "accent")


def severity_icon(level: int | str) -> str:
    """The silhouette of a severity, 1 to 4."""
    return f"sev-{int(level)}"


def message_tone(level_tag: str) -> str:
    """The tone of one of Django's messages."""
    return TONES.get(level_tag, "idle")


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return at.astimezone(UTC)


def _pair(first: str, amount: int, unit: str) -> str:
    return f"{first} {amount} {unit}" if amount else first
