"""The result of mining as one JSON object, in pieces: no more than one pattern is held as text."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.recounted import command_of
from sevline.core.mining.report import LogReport, source_sentences
from sevline.core.mining.state import SourceFacts
from sevline.core.mining.surfacing.card import Card, Part
from sevline.core.mining.surfacing.counts import moment_of
from sevline.core.mining.surfacing.silences import Silence


def json_pieces(report: LogReport, patterns: Iterable[LogPattern], redactions: Mapping[str, int]) -> Iterator[str]:
    """`report`: its sources and cards as they may be shown. `patterns` and `redactions`: the same, and how many places
    were masked when all patterns have been gone through."""
    yield "{" + _member("sources", [{"name": name, **_facts(facts)} for name, facts in report.sources.items()])
    yield ',\n "patterns": ['
    for number, pattern in enumerate(patterns):
        yield f"{',' if number else ''}\n  {_dumped(_pattern(pattern))}"
    yield "\n ]"
    yield "," + _member("redactions", dict(sorted(redactions.items())))
    yield "," + _member("compare", _iso(report.compared))
    yield "," + _member("new", [pattern.id for pattern in report.fresh])
    yield "," + _member("notes", list(report.surfaced.notes))
    yield "," + _member("silences", [_silence(one) for one in report.surfaced.silences])
    yield "," + _member("stands_out", [_card(card, report.command) for card in report.surfaced.cards])
    yield "\n}\n"


def _member(name: str, value: object) -> str:
    return f'\n "{name}": {_dumped(value)}'


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _facts(facts: SourceFacts) -> dict[str, object]:
    return {
        "bytes": facts.bytes,
        "lines": facts.lines,
        "records": facts.records,
        "formats": facts.formats,
        "share_parsed": round(facts.share_parsed, 4),
        "notes": source_sentences("this source", facts)[1:] if facts.records or facts.bytes else sorted(facts.notes),
    }


def _pattern(pattern: LogPattern) -> dict[str, object]:
    return {
        "id": pattern.id,
        "statement": pattern.statement,
        "outcome": pattern.outcome or None,
        "template": pattern.template,
        "count": pattern.count,
        "share": round(pattern.share, 6),
        "level": pattern.level,
        "levels": pattern.levels,
        "services": pattern.services,
        "first": _iso(pattern.first),
        "last": _iso(pattern.last),
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


def _silence(silence: Silence) -> dict[str, object]:
    return {
        "from": _iso(moment_of(silence.begin)),
        "to": _iso(moment_of(silence.end)),
        "sources": list(silence.sources),
        "usual_a_minute": round(silence.usual, 2),
        "n": silence.n,
        "test": silence.test,
        "p": silence.p,
        "sentence": silence.sentence,
        "note": silence.note,
    }


def _part(part: Part) -> dict[str, object]:
    begin, end = part.window
    return {"what": part.what, "pattern": part.pattern, "count": part.count, "from": _iso(begin), "to": _iso(end)}


def _card(card: Card, command: str) -> dict[str, object]:
    onset = card.onset
    return {
        "kind": card.kind.value,
        "pattern": card.pattern.id,
        "template": card.pattern.template,
        "headline": card.headline,
        "count": card.count,
        "before": card.before,
        "after": card.after,
        "ratio": None if card.ratio is None else round(card.ratio, 3),
        "interval": None if card.interval is None else [round(bound, 3) for bound in card.interval],
        "n": card.n,
        "test": card.test,
        "p": card.p,
        "onset": None
        if onset is None
        else {"at": _iso(onset.at), "earliest": _iso(onset.earliest), "latest": _iso(onset.latest)},
        "changes": [near.sentence for near in card.changes],
        "parts": [_part(part) for part in card.parts],
        "query": card.query,
        "command": command_of(command, card.query),
        "note": card.note,
    }
