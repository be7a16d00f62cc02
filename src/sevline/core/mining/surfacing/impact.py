"""Whom a failure touched: tenants, users, regions and features among the records that a query selects.

The query's text is kept with its answer, and the same query over newer records shows what has drifted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sevline.core.amount import amount, sentence_of
from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.events import LogEvent
from sevline.core.readers.logs.fields import Field
from sevline.core.readers.logs.levels import LEVELS

DIMENSIONS = (Field.TENANT, Field.USER, Field.REGION, Field.FEATURE)


@dataclass(frozen=True, slots=True)
class ImpactQuery:
    """Records in [since, until) at `level` or louder, of the `services`, whose message holds `text`.

    An empty part selects everything. `text` is looked for regardless of case.
    """

    since: datetime | None = None
    until: datetime | None = None
    level: str = ""
    services: tuple[str, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        if self.level and self.level not in LEVELS:
            raise Refused(f"There is no level “{self.level}”. Known are: {', '.join(LEVELS)}.")
        if self.since and self.until and self.since >= self.until:
            raise Refused("The window ends before it begins. Give a later end.")

    def as_stored(self) -> dict[str, object]:
        """Values that JSON can hold; `stored_query` makes the query of them again."""
        return {
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "level": self.level,
            "services": list(self.services),
            "text": self.text,
        }

    def __str__(self) -> str:
        parts = [
            f"from {self.since.isoformat()}" if self.since else "",
            f"until {self.until.isoformat()}" if self.until else "",
            f"level {self.level} or louder" if self.level else "",
            f"services {', '.join(self.services)}" if self.services else "",
            f"text “{self.text}”" if self.text else "",
        ]
        return "; ".join(part for part in parts if part) or "all records"

    def selects(self, event: LogEvent) -> bool:
        return self.in_window(event) and self._fits(event)

    def in_window(self, event: LogEvent) -> bool:
        """A record without a time is in no window, and in the whole of a log."""
        if self.since is None and self.until is None:
            return True
        if event.at is None:
            return False
        return (self.since is None or event.at >= self.since) and (self.until is None or event.at < self.until)

    def _fits(self, event: LogEvent) -> bool:
        if self.level and (event.level is None or LEVELS.index(event.level) < LEVELS.index(self.level)):
            return False
        if self.services and event.service not in self.services:
            return False
        return self.text.lower() in event.message.lower()


def stored_query(kept: Mapping[str, Any]) -> ImpactQuery:
    since, until = (datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("since", "until"))
    return ImpactQuery(since, until, kept["level"], tuple(kept["services"]), kept["text"])


@dataclass(frozen=True, slots=True)
class Scope:
    """`affected`: values that selected records name -> records; `active`: values that any record there names."""

    affected: Mapping[str, int]
    active: int

    @property
    def share(self) -> float | None:
        return len(self.affected) / self.active if self.active else None


@dataclass(frozen=True, slots=True)
class Impact:
    """`source`, `query` and `asked_at` are kept with the answer. `unnamed`: selected records that name no tenant."""

    source: str
    query: str
    asked_at: datetime
    records: int
    first: datetime | None
    last: datetime | None
    scopes: Mapping[Field, Scope] = field(default_factory=dict)
    unnamed: int = 0

    @property
    def sentence(self) -> str:
        tenants = self.scopes[Field.TENANT]
        share = "" if tenants.share is None else f", {tenants.share:.0%} of the {tenants.active:,} active"
        missing = sentence_of(
            self.unnamed, " 1 of the records names no tenant.", " {:,} of the records name no tenant."
        )
        named = f"{amount(len(tenants.affected), 'tenant')}{share}"
        return f"{named}, in {amount(self.records, 'record')}.{missing if self.unnamed else ''}"


def impact(events: Iterable[LogEvent], query: ImpactQuery, *, source: str, asked_at: datetime) -> Impact:
    """One pass over the records; the sets are exact, so memory grows with the number of distinct tenants and users."""
    count = _Count()
    for event in events:
        if query.in_window(event):
            count.add(event, selected=query.selects(event))
    scopes = {name: Scope(count.affected[name], len(count.active[name])) for name in DIMENSIONS}
    return Impact(source, str(query), asked_at, count.records, count.first, count.last, scopes, count.unnamed)


class _Count:
    """What was seen so far."""

    def __init__(self) -> None:
        self.active: dict[Field, set[str]] = {name: set() for name in DIMENSIONS}
        self.affected: dict[Field, dict[str, int]] = {name: {} for name in DIMENSIONS}
        self.records = self.unnamed = 0
        self.first: datetime | None = None
        self.last: datetime | None = None

    def add(self, event: LogEvent, *, selected: bool) -> None:
        named = {name: event.fields[name] for name in DIMENSIONS if name in event.fields}
        for name, value in named.items():
            self.active[name].add(value)
            if selected:
                self.affected[name][value] = self.affected[name].get(value, 0) + 1
        if selected:
            self.records += 1
            self.unnamed += Field.TENANT not in named
            self._seen_at(event.at)

    def _seen_at(self, at: datetime | None) -> None:
        if at is not None:
            self.first = at if self.first is None or at < self.first else self.first
            self.last = at if self.last is None or at > self.last else self.last


def drift(then: Impact, now: Impact) -> tuple[str, ...]:
    """What the same query answers otherwise now, in sentences; empty when nothing has changed."""
    told = []
    for name in DIMENSIONS:
        before, after = then.scopes[name].affected, now.scopes[name].affected
        came, went = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
        if came:
            told.append(f"{len(came)} more in {name}: {_listed(came)}.")
        if went:
            told.append(f"{len(went)} fewer in {name}: {_listed(went)}.")
    if then.records != now.records:
        told.append(f"{amount(now.records, 'record')} instead of {then.records:,}.")
    if then.query != now.query:
        told.append("The query itself is another one.")
    return tuple(told)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
