"""Times as people and programs write them, with the zone known or not."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain

from sevline.core.extraction import zones
from sevline.core.extraction.facts import Fact, FactKind
from sevline.core.extraction.windows import Windows

_ZONE = rf"(?:[ ]?(?P<zone>{zones.WRITTEN})|[ ]\((?P<bracketed>{zones.WRITTEN})\))?"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:[ ]?(?P<half>[AaPp])\.?[Mm]\b\.?)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(name.capitalize() for name in _MONTHS)})[a-z]*"

_ISO = re.compile(rf"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>\d\d)[-/](?P<day>\d\d)(?:[T ]|%20){_CLOCK}{_ZONE}")
# Behind a day with dots the month comes second, wherever that is written.
_DOTTED = re.compile(
    rf"(?<![\w.])(?P<day>\d{{1,2}})\.[ ]?(?P<month>\d{{1,2}})\.[ ]?(?P<year>(?:19|20)\d\d),?[ ]"
    rf"(?:(?:at|um|gegen|ab)[ ])?{_CLOCK}(?:[ ]Uhr\b)?{_ZONE}"
)
_NAMED = re.compile(
    rf"\b(?P<day>\d{{1,2}})[ /-]{_MONTH}[ /-](?P<year>(?:19|20)\d\d)[ :,]{{1,2}}(?:at )?{_CLOCK}{_ZONE}"
)
_AMERICAN = re.compile(
    rf"\b{_MONTH}[ ]{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<year>(?:19|20)\d\d),?[ ](?:at )?{_CLOCK}{_ZONE}"
)
_SLASHED = re.compile(
    rf"\b(?P<first>\d{{1,2}})/(?P<other>\d{{1,2}})/(?P<year>(?:19|20)\d\d),?[ ](?:at )?{_CLOCK}{_ZONE}"
)
_SYSLOG = re.compile(rf"\b{_MONTH}[ ]{{1,2}}(?P<day>\d{{1,2}})[ ]{_CLOCK}{_ZONE}")
_EPOCH = re.compile(r"(?<![\w.-])(?P<epoch>1\d{9}(?:\d{3}|\d{6}|\d{9})?)(?P<decimals>\.\d{1,9})?(?![\w-])")
# Of two clocks with a hyphen between them the second is the end of a span, no offset.
_BARE = re.compile(rf"(?<![\d:.T/-])\b{_CLOCK}(?:(?=-\d\d:)|{_ZONE})(?![\d:])")
_NEAR_EPOCH = re.compile(
    r"time|date|epoch|stamp|\bts\b|\bat\b|iat|exp|nbf|start|end|created|since|until|[\[({,\s:=]$", re.IGNORECASE
)


def timestamps(text: Windows) -> Iterator[Fact]:
    """Every time of day in the text, with its instant as far as the text tells it."""
    taken: list[tuple[int, int]] = []
    dated = chain(
        _each(_ISO, text, _by_number, 0.99),
        _each(_DOTTED, text, _by_number, 0.95),
        _each(_NAMED, text, _by_name, 0.95),
        _each(_AMERICAN, text, _by_name, 0.95),
        _each(_SLASHED, text, _by_slashes, 0.6),
    )
    for fact in chain(dated, _epochs(text), _each(_SYSLOG, text, _dayless, 0.7), _each(_BARE, text, _dayless, 0.5)):
        start, end = fact.source_offset, fact.source_offset + len(fact.value)
        if not any(begin < end and start < finish for begin, finish in taken[-64:]):
            taken.append((start, end))
            yield fact


def _each(
    pattern: re.Pattern[str], text: Windows, read: Callable[[re.Match[str]], datetime | None], confidence: float
) -> Iterator[Fact]:
    for match in text.matches(pattern):
        if not _possible(match):
            continue
        try:
            moment = read(match)
        except ValueError:
            continue
        zone = zones.zone(match["zone"] or match["bracketed"] or "")
        if moment is not None and zone is not None:
            moment = moment.replace(tzinfo=zone).astimezone(UTC)
        known = zone is not None
        yield Fact(FactKind.TIMESTAMP, match.group().strip(), match.start(), confidence, moment, known)


def _possible(match: re.Match[str]) -> bool:
    hour, half = int(match["hour"]), match["half"]
    in_day = 1 <= hour <= 12 if half else hour <= 23
    return in_day and int(match["minute"]) <= 59 and int(match["second"] or 0) <= 60


def _moment(match: re.Match[str], month: int, day: int) -> datetime:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    micro = int((match["fraction"] or "0").ljust(6, "0")[:6])
    second = int(match["second"] or 0)
    moment = datetime(int(match["year"]), month, day, hour, int(match["minute"]), min(second, 59), micro)  # noqa: DTZ001 - the zone is not known here
    return moment + timedelta(seconds=1) if second == 60 else moment


def _by_number(match: re.Match[str]) -> datetime:
    return _moment(match, int(match["month"]), int(match["day"]))


def _by_name(match: re.Match[str]) -> datetime:
    return _moment(match, _MONTHS.index(match["month"][:3].lower()) + 1, int(match["day"]))


def _by_slashes(match: re.Match[str]) -> datetime | None:
    """Month and day are told apart only where one of them is above twelve; otherwise the day is not known."""
    first, other = int(match["first"]), int(match["other"])
    if first > 12 or first == other:
        return _moment(match, other, first)
    return _moment(match, first, other) if other > 12 else None


def _dayless(_match: re.Match[str]) -> None:
    return None


def _epochs(text: Windows) -> Iterator[Fact]:
    """Seconds, milliseconds, microseconds or nanoseconds since 1970, between 2001 and 2033."""
    for match in text.matches(_EPOCH):
        digits = match["epoch"]
        seconds, rest = int(digits[:10]), (digits[10:] + (match["decimals"] or "")[1:]).ljust(6, "0")[:6]
        near = _NEAR_EPOCH.search(text.text, max(0, match.start() - 16), match.start()) is not None
        instant = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=int(rest))
        confidence = 0.9 if near else 0.5
        yield Fact(FactKind.TIMESTAMP, match.group(), match.start(), confidence, instant, zone_known=True)
