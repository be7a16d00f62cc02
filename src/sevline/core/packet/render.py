"""The packet as Markdown and as JSON, in the order in which an engineer reads it."""

from collections.abc import Iterable

import msgspec

from sevline.core.packet.facts import PacketFacts
from sevline.core.packet.scoring import Score
from sevline.core.packet.text import PacketFields, draft, utc

BODY = (
    ("p2", "Ask"),
    ("p3", "Severity"),
    ("p4", "Impact"),
    ("p5", "Expected and actual"),
    ("p6", "Reproduction"),
    ("p7", "Times and ids"),
    ("p8", "Evidence"),
    ("p10", "Hypotheses and tests"),
    ("p9", "Change check"),
    ("p11", "Suspected component"),
    ("p12", "Workaround"),
    ("p13", "Missing telemetry"),
    ("p14", "Related"),
)
_ESCAPED = {ord(mark): f"\\{mark}" for mark in "\\`*_<>|#"}


def escape(text: str) -> str:
    """Text that Markdown shows as it is, whatever marks it holds."""
    return text.translate(_ESCAPED)


def _evidence_table(facts: PacketFacts) -> Iterable[str]:
    yield "| Id | Claim | Source | Query | Window |"
    yield "| --- | --- | --- | --- | --- |"
    for item in facts.evidence:
        cells = (item.id, item.claim, item.source, item.query, item.window)
        yield f"| {' | '.join(escape(' '.join(cell.split())) or '–' for cell in cells)} |"
    for item in facts.evidence:
        if item.excerpt:
            yield ""
            yield f"{escape(item.id)}:"
            yield ""
            yield from (f"    {line}" for line in item.excerpt.splitlines())


def markdown(facts: PacketFacts, score: Score, fields: PacketFields | None = None) -> str:
    """The packet for a tracker or a chat; `fields` replaces the drafted texts by edited ones."""
    texts = (fields or draft(facts)).texts
    lines = [f"# {escape(' '.join(texts['p1'].split())) or 'Escalation'}", ""]
    for key, heading in BODY:
        lines += [f"## {heading}", ""]
        if key == "p8" and facts.evidence:
            lines += _evidence_table(facts)
        else:
            lines += [f"{escape(line)}  " for line in texts[key].splitlines()] or ["Not said."]
        lines.append("")
    update = utc(facts.next_update) if facts.next_update else "not said"
    lines += [
        "## Contacts and next update",
        "",
        escape(f"Owner: {facts.owner or 'not said'}. {'; '.join(facts.contacts)}".strip()),
        "",
        f"Next update: {update}",
        "",
        f"Score {score.points_told} · {score.version}",
    ]
    return "\n".join(lines) + "\n"


def as_json(facts: PacketFacts, score: Score, fields: PacketFields | None = None) -> str:
    """Keys p1 to p14, gates, score, version, and the evidence with its excerpts."""
    texts = (fields or draft(facts)).texts
    document = {
        **texts,
        "case": facts.case_ref,
        "severity": facts.severity,
        "evidence": facts.evidence,
        "owner": facts.owner,
        "contacts": facts.contacts,
        "next_update": facts.next_update,
        "gates": {gate.id: {"passed": gate.passed, "sentence": gate.sentence} for gate in score.gates},
        "score": round(float(score.points), 2),
        "credits": {credit.id.lower(): float(credit.credit) for credit in score.credits if not credit.not_applicable},
        "not_applicable": dict(facts.not_applicable),
        "version": score.version,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
