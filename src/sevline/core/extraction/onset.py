"""Since when, as a ticket says it, in UTC where the text tells the zone; and the other times that contradict it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from sevline.core.extraction import zones
from sevline.core.extraction.facts import Fact, FactKind
from sevline.core.extraction.places import zone_after
from sevline.core.extraction.suggestion import Suggestion

MOST_OTHERS = 5
_SINCE = re.compile(
    r"\b(?:since|started|starting|began|from|first seen|seit|begann|angefangen|ab)\b[^\n.]{0,20}$", re.IGNORECASE
)
#: What makes a time a claim of a person about when it was, and no stamp of a line.
_TOLD = re.compile(
    r"\b(?:since|started|starting|began|begun|from|first|around|about|approximately|roughly|circa|at|been|before|after"
    r"|seit|begann|angefangen|ab|gegen|um|etwa|ungefähr|circa|ca\.?|von|kurz (?:vor|nach))[ ](?:\w+[ ]){0,2}$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?:[ ]?(?P<half>[AaPp])\.?[Mm]\.?)?")
#: An hour alone: “2 pm”, “14 Uhr”.
_BARE_HOUR = re.compile(r"(?<![\d:.])\b(?:\d{1,2}[ ]?[ap]\.?m\b\.?|\d{1,2}[ ]Uhr\b)", re.IGNORECASE)
_HEAD = re.compile(r"[ \t>*]*(?:date|sent|datum|gesendet)[ \t]*:[ \t*]*(?:\w{2,10}[.,]{0,2}[ ])?", re.IGNORECASE)
_TODAY = "the day is not said, taken as today"
_YESTERDAY = re.compile(r"\b(?:yesterday|gestern)\b", re.IGNORECASE)
_DAY_SAID = re.compile(r"^\W{0,3}(?:Uhr[ ])?(?:today|this (?:morning|afternoon)|heute)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Read:
    """A moment as it is shown, the instant where it is known, and how its day was taken."""

    shown: str
    instant: datetime | None = None
    note: str = ""


def sent(text: str, facts: Iterable[Fact]) -> datetime | None:
    """When a pasted mail was sent, as its head says it with a zone."""
    for fact in facts:
        line = text.rfind("\n", 0, fact.source_offset) + 1
        is_moment = fact.kind is FactKind.TIMESTAMP and fact.instant is not None and fact.zone_known
        if is_moment and _HEAD.fullmatch(text[line : fact.source_offset]):
            return fact.instant
    return None


def started(text: str, facts: Iterable[Fact], at: datetime | None) -> Suggestion | None:
    """Since when, as the text says it: a time without a zone stays one. Other times that are told stand beside it."""
    times = [fact for fact in facts if fact.kind is FactKind.TIMESTAMP]
    mail = sent(text, times)
    at = mail or at
    for fact in times:
        if since := _SINCE.search(text[max(0, fact.source_offset - 40) : fact.source_offset]):
            around = text[fact.source_offset - len(since.group()) : fact.source_offset + len(fact.value) + 20]
            read = _read(text, fact, at, yesterday=_YESTERDAY.search(around) is not None)
            quote = f"{since.group().strip()} {fact.value}"
            note = (
                read.note.replace(_TODAY, "the day is not said, taken from the date of the mail") if mail else read.note
            )
            said = f"{quote} ({note})" if note else quote
            return Suggestion(read.shown, said, _others(text, fact, read, times, at))
    return None


def _read(text: str, fact: Fact, at: datetime | None, *, yesterday: bool) -> _Read:
    if fact.zone_known and fact.instant is not None:
        return _Read(f"{fact.instant:%Y-%m-%d %H:%M} UTC", fact.instant)
    end = fact.source_offset + len(fact.value)
    if fact.zone_known:
        return _day_taken(fact.value, zones.zone(zones.split(fact.value)[1].strip("()")), at, yesterday=yesterday)
    placed = zone_after(text, end)
    if placed is not None and not zones.doubt(fact.value):
        zone, name = placed
        if fact.instant is not None:
            moment = fact.instant.replace(tzinfo=zone).astimezone(UTC)
            return _Read(f"{moment:%Y-%m-%d %H:%M} UTC", moment, f"{name} time")
        said = _DAY_SAID.match(text[end : end + 30]) is not None
        taken = _day_taken(fact.value, zone, at, yesterday=yesterday)
        if taken.instant is None:
            return _Read(f"{fact.value} {name} time (day not said)")
        return _Read(taken.shown, taken.instant, f"{name} time" if said else f"{name} time, {taken.note}")
    several = zones.doubt(fact.value)
    return _Read(f"{fact.value} (zone unknown{f': {several}?' if several else ''})")


def _day_taken(value: str, zone: tzinfo | None, at: datetime | None, *, yesterday: bool) -> _Read:
    """A time with its zone and without its day: of today in that zone where that is past, else of yesterday."""
    clock = _HOUR.match(value)
    if at is None or zone is None or clock is None:
        return _Read(f"{value} (day not said)")
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] in "pP" else 0)
    began = at.astimezone(zone).replace(hour=hour, minute=int(clock["minute"]), second=0, microsecond=0)
    is_today = began <= at and not yesterday
    began = (began if is_today else began - timedelta(days=1)).astimezone(UTC)
    note = (
        "yesterday as it says" if yesterday else f"the day is not said, taken as {'today' if is_today else 'yesterday'}"
    )
    return _Read(f"{began:%Y-%m-%d %H:%M} UTC", began, note)


def _others(text: str, chosen: Fact, began: _Read, times: Sequence[Fact], at: datetime | None) -> tuple[str, ...]:
    """The times that people tell beside the chosen one, as they are written; not those that name the same minute."""
    found: dict[str, None] = {}
    for fact in sorted(times, key=lambda one: one.source_offset):
        if fact is chosen or not _is_told(text, fact.source_offset):
            continue
        read = _read(text, fact, at, yesterday=False)
        if read.instant is None or began.instant is None or abs(read.instant - began.instant) >= timedelta(minutes=1):
            found[" ".join(fact.value.split())] = None
    for bare in _bare_hours(text):
        found[bare] = None
    return tuple(found)[:MOST_OTHERS]


def _bare_hours(text: str) -> Iterator[str]:
    for match in _BARE_HOUR.finditer(text):
        if _is_told(text, match.start()):
            yield match.group()


def _is_told(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 30) : start]
    return not _NUMBERED.match(text, line) and _TOLD.search(before) is not None
