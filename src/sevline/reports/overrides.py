"""How often the quality gate of packets was overridden, by month, with the packets behind each count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sevline.core.kpi import EventRow, Period
from sevline.reports.folded import SENT
from sevline.reports.period import month_of, months_before

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Override:
    """A packet that a lead let go out below its threshold, and why."""

    escalation: str
    title: str
    case: str
    at: datetime
    points: str
    severity: str
    reason: str

    @property
    def page(self) -> str:
        return f"/escalations/{self.escalation}/"


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month in UTC: how many packets were sent in it, and how many of those by an override."""

    name: str
    query: str
    sent: int
    overrides: tuple[Override, ...]


def by_month(
    events: Sequence[EventRow], names: Mapping[str, tuple[str, str]], *, at: datetime, months: int = MONTHS
) -> list[Month]:
    """The last months up to `at`, the newest first; a packet that was sent again counts each time."""
    sent = [event for event in events if event.kind in SENT]
    return [_month(period, sent, names) for period in reversed(months_before(at, months))]


def _month(period: Period, sent: Sequence[EventRow], names: Mapping[str, tuple[str, str]]) -> Month:
    chosen = month_of(period.start)
    found = within(period, sent, names)
    return Month(chosen.name, chosen.query, sum(_is_in(period, event) for event in sent), tuple(found))


def within(period: Period, events: Sequence[EventRow], names: Mapping[str, tuple[str, str]]) -> list[Override]:
    """The overrides of a period, the newest first."""
    found = [event for event in events if event.kind in SENT and _is_in(period, event) and _reason(event)]
    return [_override(event, names) for event in sorted(found, key=lambda event: event.at, reverse=True)]


def _is_in(period: Period, event: EventRow) -> bool:
    return period.start <= event.at < period.end


def _reason(event: EventRow) -> str:
    return str(event.data.get("override_reason", ""))


def _override(event: EventRow, names: Mapping[str, tuple[str, str]]) -> Override:
    case = str(event.data["case"])
    points, severity = str(event.data["points"]), str(event.data["severity"])
    title = names.get(case, ("", ""))[0]
    return Override(event.subject, title, case, event.at, points, severity, _reason(event))
