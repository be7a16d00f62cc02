"""The figures of a card once more, from its query: which pattern, from when to when, and what else it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.counts import PatternCounts, minute_of

FORM = "pattern=… since=… moment=… until=…"


@dataclass(frozen=True, slots=True)
class Counted:
    """Records of one pattern before the moment of a query and from it on; without times, all are after it."""

    pattern: PatternCounts
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Recount:
    """`counted`: the pattern of the query first, then those of its statement. `naming`: of the dimension that was asked
    for, each value and how many records name it, the most first."""

    query: str
    counted: tuple[Counted, ...]
    naming: tuple[tuple[str, int], ...] = ()


def recount(query: str, patterns: Iterable[PatternCounts]) -> Recount:
    """Raises Refused for what is no such query, and for a pattern that the log does not hold."""
    parts = dict(part.split("=", 1) for part in query.split() if "=" in part)
    known = {pattern.id: pattern for pattern in patterns}
    window = _window(parts)
    wanted = parts.get("pattern", "")
    ids = [wanted, *(each for each in parts.get("of", "").split(",") if each and each != wanted)]
    missing = next((each for each in ids if each not in known), None)
    if missing is not None:
        raise Refused(f"There is no pattern “{missing}” in these logs. A query has the form {FORM}.")
    named = _shares(known[wanted]).get(parts.get("naming", ""), {})
    return Recount(
        query, tuple(_counted(known[each], window) for each in ids), tuple(sorted(named.items(), key=_by_count))
    )


def _shares(pattern: PatternCounts) -> Mapping[str, Mapping[str, int]]:
    return {"service": pattern.services, **pattern.shares}


def _by_count(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _window(parts: Mapping[str, str]) -> tuple[int, int, int] | None:
    names = ("since", "moment", "until")
    if not any(name in parts for name in names):
        return None
    try:
        since, moment, until = (_minute(parts[name]) for name in names)
    except (KeyError, ValueError):
        raise Refused(f"A query has the form {FORM} with times in ISO 8601.") from None
    return since, moment, until


def _minute(written: str) -> int:
    """A time without a zone is of UTC, as all times of cards are."""
    at = datetime.fromisoformat(written)
    return minute_of(at if at.tzinfo is not None else at.replace(tzinfo=UTC))


def _counted(pattern: PatternCounts, window: tuple[int, int, int] | None) -> Counted:
    if window is None:
        return Counted(pattern, 0, pattern.total)
    since, moment, until = window
    before = sum(count for at, count in pattern.minutes.items() if since <= at < moment)
    return Counted(pattern, before, sum(count for at, count in pattern.minutes.items() if moment <= at < until))
