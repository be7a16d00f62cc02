"""Words and tones of cases and their clocks; `{% load cases %}`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template

from sevline.cases.models import Case, IssueType
from sevline.core.calendar import CALENDARS
from sevline.core.rights import Holder, Right, holds
from sevline.service_levels.selectors import ClockView
from sevline.ui.wording import duration, met_in

register = template.Library()
SOON = timedelta(hours=1)
MINUTE, HOUR = 60, 3_600  # seconds
DAY_HOURS = 24
UNRATED = "Nobody has rated it, and an unknown severity counts as the worst."

_STATES = {
    "new": ("New", "accent"),
    "open": ("Open", ""),
    "pending_customer": ("On customer", "idle"),
    "on_hold_internal": ("On hold", "idle"),
    "on_hold_vendor": ("On vendor", "idle"),
    "resolved": ("Resolved", "ok"),
    "closed": ("Closed", "idle"),
    "merged": ("Merged", "idle"),
}
# The page of a move, its button, and its key on the keyboard.
_PAGES = {
    "take": ("take", "Take", "a"),
    "wait_for_customer": ("wait", "Wait for customer", "w"),
    "hold_internal": ("hold", "Hold", ""),
    "hold_vendor": ("vendor", "Wait for vendor", ""),
    "resume": ("resume", "Resume", ""),
    "resolve": ("resolve", "Resolve", "s"),
    "reopen": ("reopen", "Open again", ""),
    "close": ("close", "Close", ""),
}
_RIGHTS = dict.fromkeys(("wait_for_customer", "hold_internal", "hold_vendor", "resume"), Right.CASE_WAIT) | {
    "take": Right.CASE_EDIT,
    "resolve": Right.CASE_RESOLVE,
    "reopen": Right.CASE_REOPEN,
    "close": Right.CASE_CLOSE,
}


@dataclass(frozen=True, slots=True)
class NextClock:
    state: str
    text: str
    reason: str = ""
    ticks: bool = False


@register.simple_tag
def next_clock(case: Case, now: datetime) -> NextClock:
    """The clock of a row in the queue: what runs out first, or why nothing runs."""
    if not case.is_open:
        return NextClock("met", "done")
    if case.next_due_at is None:
        waits = case.status == "pending_customer"
        return NextClock("paused", "waits for the customer") if waits else NextClock("paused", "no clock")
    left = case.next_due_at - now
    reason = UNRATED if case.severity is None else ""
    if left <= timedelta():
        return NextClock("breached", f"over by {duration(left)}", reason, ticks=True)
    return NextClock("soon" if left <= SOON else "running", duration(left), reason, ticks=True)


@register.simple_tag
def move_step(verb: str, person: Holder) -> tuple[str, str, str] | None:
    """The page, the button and the key of a move; nothing for whom the move is not."""
    page = _PAGES.get(verb)
    return page if page and holds(person, _RIGHTS[verb]) else None


@register.filter
def state_text(case: Case) -> str:
    if case.is_open and case.stage == "escalated" and case.status == "open":
        return "With Engineering"
    return _STATES[case.status][0]


@register.filter
def state_tone(case: Case) -> str:
    return _STATES[case.status][1]


@register.filter
def type_text(case: Case) -> str:
    return str(IssueType(case.issue_type).label) if case.issue_type in IssueType.values else "not stated"


@register.filter
def words(key: str) -> str:
    """`seats_percent` as “seats percent”."""
    return key.replace("_", " ")


@register.filter
def clock_name(clock: ClockView) -> str:
    allowed = service_time(clock.target_seconds, clock.calendar)
    return f"{clock.title}, {allowed}{' if this is a Sev1' if clock.is_unrated else ''}"


def service_time(seconds: int, calendar: str) -> str:
    """`2 business days`, `90 min`, `12 business hours`: a stretch of a calendar, whose days are shorter than others."""
    known = CALENDARS.get(calendar)
    if known is None or known.day_hours >= DAY_HOURS or seconds < HOUR:
        return duration(seconds)
    days, rest = divmod(seconds, int(known.day_hours * HOUR))
    if days and not rest:
        return f"{days} business day{'s' if days > 1 else ''}"
    hours, minutes = divmod(seconds // MINUTE, MINUTE)
    return f"{hours} business hour{'s' if hours > 1 else ''}" + (f" {minutes} min" if minutes else "")


@register.filter
def clock_text(clock: ClockView) -> str:
    """What the tile says: met in, ended, over by, paused, or what is left."""
    left = clock.left_seconds or 0
    if clock.state in {"paused", "ended"}:
        return clock.state
    if clock.state == "met":
        return met_in(clock.elapsed_seconds, outside_hours=clock.is_met_outside_hours, lasted=clock.lasted_seconds)
    if clock.state == "breached":
        return f"over by {duration(left if clock.ticks else clock.remaining_seconds or 0)}"
    return duration(left)


@register.filter
def clock_reason(clock: ClockView) -> str:
    """Why it runs, pauses or stopped, and when it is due."""
    if clock.stopped_at:
        return f"{clock.stopped_at:%d %b %H:%M} UTC. {clock.reason}{_paused(clock)}"
    due = f"due {clock.due_at:%d %b %H:%M} UTC{_service_hours(clock)}. " if clock.due_at else ""
    return f"{due}{clock.reason}{_paused(clock)}{f' {UNRATED}' if clock.is_unrated else ''}"


def _paused(clock: ClockView) -> str:
    """How long it paused in all, once it runs again."""
    if not clock.paused_seconds or clock.state == "paused":
        return ""
    return f" Paused {duration(clock.paused_seconds)} in all."


def _service_hours(clock: ClockView) -> str:
    """What is left in hours of the service, where that is another figure than the time by the clock."""
    remaining, left = clock.remaining_seconds, clock.left_seconds
    if remaining is None or left is None or remaining <= 0 or left - remaining < MINUTE:
        return ""
    return f", {service_time(remaining, clock.calendar)} left"
