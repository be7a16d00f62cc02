"""The result of mining as text for a terminal, laid out for its width: what stands out first, then the patterns."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import wrap

from sevline.core.amount import amount
from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.recounted import command_of
from sevline.core.mining.report import (
    LogReport,
    comparison_sentence,
    moment_text,
    onset_text,
    redaction_sentence,
    source_sentences,
    visible,
)
from sevline.core.mining.slots import Slot, as_read
from sevline.core.mining.surfacing.card import Card, CardKind

SHOWN = 40
"""Patterns that the text shows."""

CARDS = 8
"""Cards and new patterns that the text shows."""

SILENCES = 3
_SKEWS = 3
SLOTS = 6
FEW = 5
"""A variable with no more plain words than this is shown with them, so that a reader can tell them apart."""

NARROWEST, WIDEST = 60, 160
_LINES = 3
_BARS = " ▁▂▃▄▅▆▇█"
_NAMED = frozenset({"word", "text", "quoted"})


def as_text(report: LogReport, width: int = 100) -> str:
    """`width`: columns of the terminal."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = [*_head(report, width), ""]
    lines += _outstanding(report, width)
    lines += _patterns(report, width)
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _head(report: LogReport, width: int) -> Iterator[str]:
    """What was read, its time, its loud records and its rate."""
    for name, facts in report.sources.items():
        first, *rest = source_sentences(name, facts)
        yield from wrap(visible(first), width, subsequent_indent="  ")
        for sentence in rest:
            yield from wrap(visible(sentence), width, initial_indent="  ", subsequent_indent="  ")
    records = sum(pattern.count for pattern in report.patterns)
    if records:
        yield from wrap(_totals(report, records), width, subsequent_indent="  ")
    yield from _rate(report, width)
    yield from wrap(redaction_sentence(report.redactions), width, subsequent_indent="  ")


def _totals(report: LogReport, records: int) -> str:
    loud = {
        level: sum(pattern.levels.get(level, 0) for pattern in report.patterns) for level in ("FATAL", "ERROR", "WARN")
    }
    told = [amount(len(report.patterns), "pattern"), *(f"{count:,} {level}" for level, count in loud.items() if count)]
    if report.first is not None and report.last is not None:
        told.append(f"{moment_text(report.first)} to {moment_text(report.last)} UTC")
    return f"{amount(records, 'record')}: {', '.join(told)}."


def _rate(report: LogReport, width: int) -> Iterator[str]:
    """Records over time as one line of bars, and under it those at ERROR and above where there are some."""
    first, last = report.first, report.last
    if first is None or last is None or (last - first).total_seconds() < 120:
        return
    begin, end = int(first.timestamp() // 60), int(last.timestamp() // 60) + 1
    bars = min(width - 10, end - begin)
    for title, wanted in (("records", report.patterns), ("errors", _errors(report.patterns))):
        found = _binned(wanted, begin, end, bars)
        if top := max(found):
            drawn = "".join(_BARS[-(-count * 8 // top)] for count in found)
            yield f"{title:<8} {drawn}"


def _errors(patterns: Iterable[LogPattern]) -> list[LogPattern]:
    return [pattern for pattern in patterns if pattern.level in {"ERROR", "FATAL"}]


def _binned(patterns: Iterable[LogPattern], begin: int, end: int, bars: int) -> list[int]:
    """Records in each of so many equal parts of [begin, end), in minutes."""
    found = [0] * bars
    for pattern in patterns:
        for minute, count in pattern.histogram.items():
            found[min(bars - 1, max(0, (minute - begin) * bars // (end - begin)))] += count
    return found


def _outstanding(report: LogReport, width: int) -> Iterator[str]:
    found = _cards(report)
    silences = report.surfaced.silences
    if not found and not silences and report.compared is None:
        return
    since = f", since {moment_text(report.compared)} UTC" if report.compared else ""
    yield f"WHAT STANDS OUT{since}"
    told = [] if report.compared is None else [comparison_sentence(report)]
    for note in (*told, *report.surfaced.notes):
        yield from wrap(visible(note), width, initial_indent="  ", subsequent_indent="  ")
    for silence in silences[:SILENCES]:
        yield from wrap(
            visible(silence.sentence), width, initial_indent=f"  {'SILENCE':<11}", subsequent_indent=" " * 13
        )
        yield from wrap(silence.note, width, initial_indent=" " * 13, subsequent_indent=" " * 13)
    if len(silences) > SILENCES:
        yield f"  {amount(len(silences) - SILENCES, 'more silence')}; --format json has them all."
    for card in found[:CARDS]:
        yield from _card(card, width)
        yield f"{'':13}{command_of(visible(report.command), card.query)}"
    yield from _fresh(report, CARDS - len(found[:CARDS]), width)
    if len(found) > CARDS:
        yield f"  {len(found) - CARDS:,} more; --format json has them all."
    yield ""


def _cards(report: LogReport) -> list[Card]:
    """Without the rare patterns that are listed anyway; of whom a pattern touches a few, the rest of those last."""
    listed = {pattern.id for pattern in report.patterns[:SHOWN]}
    cards = [card for card in report.surfaced.cards if card.kind is not CardKind.RARE or card.pattern.id not in listed]
    skews = [card for card in cards if card.kind is CardKind.SKEW][_SKEWS:]
    later = set(map(id, skews))
    return [card for card in cards if id(card) not in later] + skews


def _fresh(report: LogReport, most: int, width: int) -> Iterator[str]:
    """New patterns that no card is about."""
    told = {card.pattern.id for card in report.surfaced.cards if card.kind is not CardKind.RARE}
    for pattern in [pattern for pattern in report.fresh if pattern.id not in told][:most]:
        records = amount(pattern.count, "record")
        yield f"  {'FIRST SEEN':<10} {pattern.level or '-':<5}  {records}, too few to compare"
        yield from _wrapped(as_read(pattern.text), width, 13)


def _beside(head: str, onset: str, width: int) -> Iterator[str]:
    """The head with the onset behind it; where that is too wide, its interval on a line of its own."""
    line = f"{head}  {onset}".rstrip() if onset else head
    if len(line) <= width:
        yield line
        return
    moment, _, interval = onset.partition(" (")
    yield f"{head}  {moment}"
    yield f"{'':13}({interval}"


def _card(card: Card, width: int) -> Iterator[str]:
    head = f"  {card.kind.upper():<10} {card.pattern.level or '-':<5}"
    yield from _beside(head, f"from {onset_text(card.onset)}" if card.onset else "", width)
    yield from _wrapped(as_read(card.pattern.template), width, 13)
    yield from wrap(visible(card.headline), width, initial_indent=" " * 13, subsequent_indent=" " * 13)
    if card.p is not None:
        rests = f"{card.test}; n {card.n:,}{_between(card)}"
        yield from wrap(visible(rests), width, initial_indent=" " * 13, subsequent_indent=" " * 15)
    for near in card.changes[:2]:
        yield from wrap(visible(near.sentence), width, initial_indent=" " * 13, subsequent_indent=" " * 15)


def _between(card: Card) -> str:
    if card.ratio is None or card.interval is None:
        return ""
    low, high = card.interval
    return f"; ratio {_figure(card.ratio)} (95 %: {_figure(low)} to {_figure(high)})"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _patterns(report: LogReport, width: int) -> Iterator[str]:
    if not report.patterns:
        return
    when = _Times(report)
    yield "PATTERNS, the loudest first"
    yield f"{'count':>11} {'share':>6}  {'level':<5}  {when.title}"
    for pattern in report.patterns[:SHOWN]:
        yield f"{pattern.count:>11,} {pattern.share:>6.1%}  {pattern.level or '-':<5}  {when.of(pattern)}"
        place = f"  ({pattern.place})" if pattern.place else ""
        yield from _wrapped(as_read(pattern.text) + place, width, 13)
        for slot in _telling(pattern.slots):
            yield f"{'':>15}{_cut(_slot_text(slot), width - 15)}"
        if pattern.examples:
            number, text = pattern.examples[0]
            yield f"{'':>13}{_cut(f'line {number}: {visible(text.partition(chr(10))[0])}', width - 13)}"
    if len(report.patterns) > SHOWN:
        yield f"{amount(len(report.patterns) - SHOWN, 'more pattern')}; --format json has them all."


def _telling(slots: Iterable[Slot]) -> list[Slot]:
    """Those with few plain words, from which a reader can tell what differs."""
    return [slot for slot in slots if slot.kind in _NAMED and 1 < slot.distinct <= FEW][:SLOTS]


def _slot_text(slot: Slot) -> str:
    listed = ", ".join(f"{visible(value)[:30]} {share:.0%}" for value, share in slot.top)
    return f"{slot.key or f'<*> {slot.number + 1}'}: {listed}, of {slot.sampled} sampled"


def _cut(text: str, room: int) -> str:
    """At most so many signs, cut between two words where there is a gap, and marked."""
    if len(text) <= room:
        return text
    kept = text[: room - 2]
    gap = kept.rfind(" ", room // 2)
    return f"{(kept if gap < 0 else kept[:gap]).rstrip()} …"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    """At most three lines; what is left out is marked."""
    room = width - indent
    lines = wrap(visible(text), room, break_on_hyphens=False) or [""]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: room - 2]} …"]
    return [" " * indent + line for line in lines]


class _Times:
    """First and last time of a pattern: without the day where the whole log is of one."""

    def __init__(self, report: LogReport) -> None:
        first, last = report.first, report.last
        self.day = first is not None and last is not None and first.date() == last.date()
        self.title = f"first and last, UTC, {first:%Y-%m-%d}" if self.day else "first and last, UTC"

    def of(self, pattern: LogPattern) -> str:
        first, last = self._text(pattern.first), self._text(pattern.last)
        return first if first == last else f"{first} to {last}"

    def _text(self, at: datetime | None) -> str:
        return f"{at:%H:%M:%S}" if self.day and at is not None else moment_text(at)
