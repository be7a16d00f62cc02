"""The result of mining as text and as JSON; `page` has it as HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sevline.core.mining.changes import PatternChange
from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.state import SourceFacts
from sevline.core.readers.logs.record import FORMATS

SHOWN = 40
"""Patterns that the text shows."""


SLOTS = 4
FEW = 5
"""A variable with no more plain words than this is shown with them, so that a reader can tell them apart."""


@dataclass(frozen=True, slots=True)
class LogReport:
    """`redactions`: kind of value -> masked places. `compared`: the moment that `changes` and `fresh` are about."""

    sources: Mapping[str, SourceFacts]
    patterns: Sequence[LogPattern]
    redactions: Mapping[str, int]
    compared: datetime | None = None
    changes: Sequence[PatternChange] = ()
    fresh: Sequence[LogPattern] = ()


def moment(at: datetime | None) -> str:
    return "-" if at is None else at.strftime("%Y-%m-%d %H:%M:%S")


def source_sentences(name: str, facts: SourceFacts) -> list[str]:
    """What a reader must know about one source before believing its figures."""
    if not facts.records:
        return [f"{name}: empty, there is nothing to read.", *sorted(facts.notes)]
    forms = ", ".join(FORMATS[form].title for form in sorted(facts.formats, key=lambda key: -facts.formats[key]))
    lines = [f"{name}: {facts.records:,} records in {facts.lines:,} lines, {facts.share_parsed:.0%} read as {forms}."]
    counted = (
        (facts.joined, "{:,} lines were joined to the record before them."),
        (facts.cut, "{:,} lines were longer than 64 kB and were cut."),
        (facts.joined_cut, "{:,} records had more continuation lines than are kept."),
        (facts.nul, "NUL bytes were dropped from {:,} places."),
        (facts.untimed, "{:,} records have no time."),
        (facts.zone_unknown, "{:,} times name no zone and were read as UTC."),
        (facts.year_inferred, "{:,} times name no year; it was inferred."),
    )
    return [*lines, *(text.format(count) for count, text in counted if count), *sorted(facts.notes)]


def as_text(report: LogReport, width: int = 120) -> str:
    lines: list[str] = []
    for name, facts in report.sources.items():
        first, *rest = source_sentences(name, facts)
        lines += [first, *(f"  {sentence}" for sentence in rest)]
    lines += ["", redaction_sentence(report.redactions), ""]
    lines += _change_lines(report, width)
    if report.patterns:
        lines.append(f"{'count':>9} {'share':>6}  {'first (UTC)':<19}  {'last (UTC)':<19}  {'level':<5}  pattern")
    for pattern in report.patterns[:SHOWN]:
        lines += _pattern_lines(pattern, width)
    if len(report.patterns) > SHOWN:
        lines.append(f"{len(report.patterns) - SHOWN:,} more patterns; --format json has them all.")
    return "\n".join(lines).rstrip() + "\n"


def redaction_sentence(redactions: Mapping[str, int]) -> str:
    if not redactions:
        return "Nothing was found to redact in what is shown."
    listed = ", ".join(f"{kind} {count:,}" for kind, count in sorted(redactions.items()))
    return f"Redacted before it is shown: {listed}."


def comparison_sentence(report: LogReport) -> str:
    told = f"{len(report.fresh)} patterns are first seen at or after {moment(report.compared)} UTC"
    return f"{told}; {len(report.changes)} changed at least twofold on enough records."


def as_json(report: LogReport) -> dict[str, object]:
    return {
        "sources": [{"name": name, **_facts(facts)} for name, facts in report.sources.items()],
        "redactions": dict(sorted(report.redactions.items())),
        "patterns": [_pattern(pattern) for pattern in report.patterns],
        "compare": None if report.compared is None else report.compared.isoformat(),
        "new": [pattern.id for pattern in report.fresh],
        "changes": [_change(change) for change in report.changes],
    }


def _change_lines(report: LogReport, width: int) -> list[str]:
    if report.compared is None:
        return []
    lines = [comparison_sentence(report)]
    for change in report.changes:
        lines.append(f"  {change.change:<5} {visible(change.pattern.template)[: width - 8]}")
        lines.append(f"        {change.sentence}")
    return [*lines, ""]


def _pattern_lines(pattern: LogPattern, width: int) -> list[str]:
    head = f"{pattern.count:>9,} {pattern.share:>6.1%}  {moment(pattern.first):<19}  {moment(pattern.last):<19}"
    template = visible(pattern.template)[: max(40, width)]
    lines = [f"{head}  {pattern.level or '-':<5}  {template}"]
    if pattern.place:
        lines[0] = f"{lines[0]}  ({visible(pattern.place)})"
    for slot in pattern.slots[:SLOTS]:
        if slot.kind in {"word", "text", "quoted"} and 1 < slot.distinct <= FEW:
            listed = ", ".join(f"{visible(value)[:30]} {share:.0%}" for value, share in slot.top)
            lines.append(f"{'':>18}{slot.key or f'<*> {slot.number + 1}'}: {listed}"[: max(40, width)])
    if pattern.examples:
        number, text = pattern.examples[0]
        lines.append(f"{'':>18}line {number}: {visible(text.partition(chr(10))[0])[: max(40, width - 30)]}")
    return lines


def visible(text: str) -> str:
    """Control characters as spaces, so that no log can steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _facts(facts: SourceFacts) -> dict[str, object]:
    return {
        "bytes": facts.bytes,
        "lines": facts.lines,
        "records": facts.records,
        "formats": facts.formats,
        "share_parsed": round(facts.share_parsed, 4),
        "notes": source_sentences("this source", facts)[1:],
    }


def _pattern(pattern: LogPattern) -> dict[str, object]:
    return {
        "id": pattern.id,
        "template": pattern.template,
        "count": pattern.count,
        "share": round(pattern.share, 6),
        "level": pattern.level,
        "levels": pattern.levels,
        "services": pattern.services,
        "first": None if pattern.first is None else pattern.first.isoformat(),
        "last": None if pattern.last is None else pattern.last.isoformat(),
        "histogram_minutes": pattern.histogram_step,
        "histogram": {str(minute * 60): count for minute, count in pattern.histogram.items()},
        "place": pattern.place or None,
        "slots": [
            {
                "number": slot.number,
                "key": slot.key or None,
                "kind": slot.kind,
                "distinct_in_sample": slot.distinct,
                "sampled": slot.sampled,
                "top": [{"value": value, "share": share} for value, share in slot.top],
            }
            for slot in pattern.slots
        ],
        "examples": [
            {"source": source, "line": number, "text": text}
            for source, (number, text) in zip(pattern.sources, pattern.examples, strict=True)
        ],
    }


def _change(change: PatternChange) -> dict[str, object]:
    return {
        "pattern": change.pattern.id,
        "change": change.change.value,
        "before": change.before,
        "after": change.after,
        "minutes_before": round(change.minutes_before, 2),
        "minutes_after": round(change.minutes_after, 2),
        "ratio": None if change.ratio is None else round(change.ratio, 3),
        "sentence": change.sentence,
    }
