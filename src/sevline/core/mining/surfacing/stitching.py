"""One request followed across files and services by its ids: its way in hops, the first failure, gaps, clock skew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sevline.core.lasting import about
from sevline.core.readers.logs.events import LogEvent
from sevline.core.readers.logs.fields import IDS, Field

SKEW = timedelta(seconds=2)
"""Clocks may differ by so much: what is nearer is ordered by who called whom, not by time."""

_TOLERATED = SKEW.total_seconds()
_AN_HOUR = 3600
GAP = timedelta(seconds=5)
_LOUD = frozenset({"ERROR", "FATAL"})


@dataclass(frozen=True, slots=True)
class Hop:
    """One service on the way. `first` and `last` are by its own clock; `depth`: calls between it and the entry.

    `skew`: how far its clock seems to be behind the caller's.
    """

    service: str
    depth: int
    first: datetime | None
    last: datetime | None
    events: tuple[LogEvent, ...]
    failed: bool
    skew: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Way:
    """`hops`: causes before effects. `failing`: the hop where the failure stands deepest and earliest, or None.

    `ordered_by`: what the order rests on. `warnings`: sentences on gaps, skew and missing times.
    """

    id: str
    hops: tuple[Hop, ...]
    failing: Hop | None
    ordered_by: str
    warnings: tuple[str, ...]


def follow(events: Iterable[LogEvent], wanted: str) -> Way | None:
    """The way of one id through records of any number of files; None where no record names it."""
    named = [event for event in events if any(event.fields.get(name) == wanted for name in IDS)]
    if not named:
        return None
    by_service: dict[str, list[LogEvent]] = {}
    for event in named:
        by_service.setdefault(event.service or event.source, []).append(event)
    caller = _callers(by_service)
    depth = {service: _depth(service, caller) for service in by_service}
    hops = _ordered([_hop(service, depth[service], found) for service, found in by_service.items()], caller)
    ordered_by = "who called whom, by the span ids" if caller else f"time alone; clocks may differ by {_seconds(SKEW)}"
    failed = [hop for hop in hops if hop.failed]
    # Without a caller all are as deep, and the earliest failure is taken.
    failing = max(failed, key=lambda hop: (hop.depth, -_stamp(_first_failure(hop))), default=None)
    unsure = () if caller or failing is None else tuple(_as_early(failing, failed))
    return Way(wanted, hops, failing, ordered_by, (*unsure, *_warnings(hops)))


def _as_early(failing: Hop, failed: Iterable[Hop]) -> Iterable[str]:
    """Hops that may have failed before the one that is taken for it: their clocks may differ by as much."""
    first = _stamp(_first_failure(failing))
    near = sorted(
        hop.service for hop in failed if hop is not failing and _stamp(_first_failure(hop)) - first <= _TOLERATED
    )
    if near:
        yield (
            f"{', '.join(near)} failed within {_seconds(SKEW)} of {failing.service}, which is as much as clocks may "
            "differ: no span says which of them was first."
        )


def _callers(by_service: dict[str, list[LogEvent]]) -> dict[str, str]:
    """Service -> the service whose span is the parent of one of its own."""
    owner = {
        span: service
        for service, found in by_service.items()
        for event in found
        if (span := event.fields.get(Field.SPAN))
    }
    return {
        service: owner[parent]
        for service, found in by_service.items()
        for event in found
        if (parent := event.fields.get(Field.PARENT)) in owner and owner[parent] != service
    }


def _depth(service: str, caller: dict[str, str]) -> int:
    seen = {service}
    depth = 0
    while (above := caller.get(service)) is not None and above not in seen:
        seen.add(above)
        service, depth = above, depth + 1
    return depth


def _hop(service: str, depth: int, found: list[LogEvent]) -> Hop:
    times = sorted(event.at for event in found if event.at is not None)
    ordered = tuple(sorted(found, key=lambda event: (_stamp(event), event.line_no)))
    failed = any(event.level in _LOUD for event in found)
    return Hop(service, depth, times[0] if times else None, times[-1] if times else None, ordered, failed)


def _ordered(hops: list[Hop], caller: dict[str, str]) -> tuple[Hop, ...]:
    """A hop after its caller, siblings by time; each hop's skew is how much earlier than its caller it claims to be."""
    by_name = {hop.service: hop for hop in hops}
    below: dict[str | None, list[Hop]] = {}
    for hop in hops:
        above = caller.get(hop.service) if hop.depth else None
        below.setdefault(above, []).append(hop)
    placed: list[Hop] = []

    def place(hop: Hop) -> None:
        above = by_name.get(caller.get(hop.service, "")) if hop.depth else None
        placed.append(_skewed(hop, above))
        for child in sorted(below.get(hop.service, ()), key=_begin):
            place(child)

    for root in sorted(below.get(None, ()), key=_begin):
        place(root)
    rest = [hop for hop in hops if hop.service not in {each.service for each in placed}]
    return tuple(placed + sorted(rest, key=_begin))


def _skewed(hop: Hop, above: Hop | None) -> Hop:
    if above is None or hop.first is None or above.first is None or hop.first >= above.first:
        return hop
    return Hop(hop.service, hop.depth, hop.first, hop.last, hop.events, hop.failed, above.first - hop.first)


def _begin(hop: Hop) -> tuple[datetime, str]:
    return hop.first or datetime.max.replace(tzinfo=UTC), hop.service


def _first_failure(hop: Hop) -> LogEvent | None:
    return next((event for event in hop.events if event.level in _LOUD), None)


def _stamp(event: LogEvent | None) -> float:
    return event.at.timestamp() if event is not None and event.at is not None else float("inf")


def _warnings(hops: tuple[Hop, ...]) -> Iterable[str]:
    for hop in hops:
        if hop.skew > SKEW:
            yield (
                f"{hop.service} says it began {_seconds(hop.skew)} before its caller: its clock is off by more than "
                f"the {_seconds(SKEW)} that are tolerated, or records are missing."
            )
        elif hop.skew:
            yield f"The clock of {hop.service} is at least {_seconds(hop.skew)} behind its caller's; tolerated."
        if hop.first is None:
            yield f"The records of {hop.service} have no time; its place is where its calls put it."
    timed = sorted(
        (event.at, event.service or event.source) for hop in hops for event in hop.events if event.at is not None
    )
    for (earlier, _), (later, service) in pairwise(timed):
        if later - earlier > GAP:
            yield f"Nothing was logged for {_seconds(later - earlier)} before {service} goes on."


def _seconds(span: timedelta) -> str:
    seconds = span.total_seconds()
    if seconds >= _AN_HOUR:
        return about(seconds)
    return f"{seconds:.3g} s" if seconds < 120 else f"{seconds / 60:,.0f} min"
