"""What mining found, for a person: the facts of the sources in sentences. `textual`, `page` and `jsonform` lay it
out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sevline.core.amount import amount, sentence_of
from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.shares import Shares
from sevline.core.mining.state import SourceFacts
from sevline.core.mining.surfacing.adapter import counts_of
from sevline.core.mining.surfacing.card import Surfaced
from sevline.core.mining.surfacing.cards import surface
from sevline.core.mining.surfacing.counts import PatternCounts
from sevline.core.mining.surfacing.nearby import KnownChange
from sevline.core.mining.surfacing.onset import Onset
from sevline.core.readers.logs.record import FORMATS

LEAST_RECORDS = 10
"""Records below which a pattern is neither new nor changed nor a burst (see `surfacing`)."""

MOST_BURSTING = 600
"""Patterns that are looked at for bursts, those with the fullest cells first."""


@dataclass(frozen=True, slots=True)
class LogReport:
    """`redactions`: kind of value -> masked places. `surfaced`: what stands out; `compared`: since when, if asked.

    `fresh`: patterns with no record before that moment. `command`: what reads the same logs again.
    """

    sources: Mapping[str, SourceFacts]
    patterns: Sequence[LogPattern]
    redactions: Mapping[str, int]
    surfaced: Surfaced
    compared: datetime | None = None
    fresh: Sequence[LogPattern] = ()
    command: str = "sevline logs FILE"

    @property
    def first(self) -> datetime | None:
        return min((pattern.first for pattern in self.patterns if pattern.first is not None), default=None)

    @property
    def last(self) -> datetime | None:
        return max((pattern.last for pattern in self.patterns if pattern.last is not None), default=None)


def reported(
    sources: Mapping[str, SourceFacts],
    patterns: Sequence[LogPattern],
    *,
    compared: datetime | None = None,
    changes: Sequence[KnownChange] = (),
    shares: Mapping[str, Shares] | None = None,
) -> LogReport:
    """`compared`: what is new or changed since then is told. `changes`: those near each onset are listed. `shares`:
    whom the records of each pattern name, where that was counted."""
    named = shares or {}

    def counted(one: LogPattern) -> PatternCounts:
        return counts_of(one, named.get(one.id))

    looked = _bursting(patterns) if compared is None else [one for one in patterns if one.count >= LEAST_RECORDS]
    wanted = {id(one) for one in looked}
    looked += [one for one in patterns if one.count < LEAST_RECORDS and one.level and id(one) not in wanted]
    surfaced = surface(
        map(counted, looked), moment=compared, changes=changes, everything=[counts_of(one) for one in patterns]
    )
    fresh = () if compared is None else first_seen_after(patterns, compared)
    return LogReport(sources, patterns, {}, surfaced, compared, fresh)


def _bursting(patterns: Sequence[LogPattern]) -> list[LogPattern]:
    """Only the fullest cells can be bursts, and a table of all minutes of all patterns would be large."""
    able = [one for one in patterns if one.count >= LEAST_RECORDS and one.histogram]
    return sorted(able, key=_fullness, reverse=True)[:MOST_BURSTING]


def _fullness(pattern: LogPattern) -> float:
    cells = pattern.histogram
    span = max(cells) - min(cells) + pattern.histogram_step
    return max(cells.values()) / (pattern.count / span + 1)


def first_seen_after(patterns: Iterable[LogPattern], moment: datetime) -> tuple[LogPattern, ...]:
    """Patterns with no record before the moment; those without any time are left out."""
    return tuple(pattern for pattern in patterns if pattern.first is not None and pattern.first >= moment)


def moment_text(at: datetime | None) -> str:
    return "-" if at is None else at.strftime("%Y-%m-%d %H:%M:%S")


def onset_text(onset: Onset) -> str:
    """When it began, to the minute where it is not known to the second, with its 95 % interval."""
    moments = (onset.at, onset.earliest, onset.latest)
    form = "%Y-%m-%d %H:%M" if all(at.second == 0 for at in moments) else "%Y-%m-%d %H:%M:%S"
    at, first, last = (moment.strftime(form) for moment in moments)
    return f"{at} UTC" if first == last else f"{at} UTC (95 %: {first} to {last})"


_NOTICED = (
    ("joined", "1 line was joined to the record before it.", "{:,} lines were joined to the record before them."),
    ("cut", "1 line was longer than 64 kB and was cut.", "{:,} lines were longer than 64 kB and were cut."),
    (
        "joined_cut",
        "1 record had more continuation lines than are kept.",
        "{:,} records had more continuation lines than are kept.",
    ),
    ("nul", "NUL bytes were dropped from 1 place.", "NUL bytes were dropped from {:,} places."),
    (
        "undecoded",
        "1 line holds bytes that are not UTF-8, which are shown as �.",
        "{:,} lines hold bytes that are not UTF-8, which are shown as �.",
    ),
    ("untimed", "1 record has no time.", "{:,} records have no time."),
    ("zone_unknown", "1 time names no zone and was read as UTC.", "{:,} times name no zone and were read as UTC."),
    ("year_inferred", "1 time names no year; it was inferred.", "{:,} times name no year; it was inferred."),
    (
        "backwards",
        "The clock goes back by more than 2 s in 1 place.",
        "The clock goes back by more than 2 s in {:,} places.",
    ),
)
"""Counts of `SourceFacts`, and what is said where they are not 0."""


def source_sentences(name: str, facts: SourceFacts) -> list[str]:
    """What a reader must know about one source before believing its figures."""
    if not facts.records and not facts.bytes and facts.notes:
        return [note if note.startswith(name) else f"{name}: {note}" for note in sorted(facts.notes)]
    others = sorted(facts.notes)
    if not facts.records and facts.nul:
        why = "as a crash or a copy of a sparse file leaves them"
        return [f"{name}: {facts.bytes:,} bytes, all of them NUL, {why}; there is nothing to read.", *others]
    if not facts.records:
        return [f"{name}: empty, there is nothing to read.", *others]
    forms = ", ".join(FORMATS[form].title for form in sorted(facts.formats, key=lambda key: -facts.formats[key]))
    size = f"{amount(facts.records, 'record')} in {amount(facts.lines, 'line')}"
    lines = [f"{name}: {size}, {facts.share_parsed:.0%} read as {forms}."]
    return [*lines, *_noticed(facts), *others]


def _noticed(facts: SourceFacts) -> list[str]:
    counted = ((getattr(facts, name), one, many) for name, one, many in _NOTICED)
    told = [sentence_of(count, one, many) for count, one, many in counted if count]
    if 2 * facts.backwards > facts.records - facts.untimed:
        told[-1] = "The newest records stand first."
    return told


def size_sentence(before: int, after: int) -> str:
    """What to know of a file by its bytes when reading began and now; "" where they are as many."""
    if after > before:
        change = f"grew while it was read, from {before:,} to {after:,} bytes"
        return f"The file {change}; what was written last may be missing."
    if after < before:
        return (
            f"The file became shorter while it was read, from {before:,} to {after:,} bytes, as when a log is rotated; "
            "a part of it may be missing."
        )
    return ""


def folding_sentence(cap: int) -> str:
    return (
        f"It holds more than {cap:,} different messages: to count them all, words that few logs use were left out, so "
        "that one pattern may stand for several statements."
    )


def redaction_sentence(redactions: Mapping[str, int]) -> str:
    if not redactions:
        return "Nothing was found to redact in what is shown."
    listed = ", ".join(f"{kind} {count:,}" for kind, count in sorted(redactions.items()))
    return f"Redacted before it is shown: {listed}."


def comparison_sentence(report: LogReport) -> str:
    count = len(report.fresh)
    what = "pattern is" if count == 1 else "patterns are"
    return f"{count:,} {what} first seen at or after {moment_text(report.compared)} UTC."


def visible(text: str) -> str:
    """Control characters as spaces, so that no log can steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
