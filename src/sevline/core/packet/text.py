"""The packet's texts P1 to P14, drafted from what the case holds; every claim shows its evidence ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sevline.core.packet.facts import (
    CHANGE_AREAS,
    IMPACT_PARTS,
    UNKNOWN,
    PacketFacts,
    Reproduced,
    TestItem,
    WorkaroundState,
    title,
)

FIELD_KEYS = tuple(f"p{number}" for number in range(1, 15))


@dataclass(frozen=True, slots=True)
class PacketFields:
    """The fourteen texts by key, p1 to p14; an empty one was not said anywhere in the case."""

    texts: Mapping[str, str]

    @property
    def prefilled(self) -> float:
        """The share of fields with a text, 0 to 1."""
        return sum(bool(text) for text in self.texts.values()) / len(FIELD_KEYS)


def utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def cited(text: str, evidence: Iterable[str]) -> str:
    ids = ", ".join(evidence)
    return f"{text} [{ids}]" if text and ids else text


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _ask(facts: PacketFacts) -> str:
    if facts.ask is None and not facts.ask_text:
        return ""
    kind = f"{facts.ask.value.capitalize()}: " if facts.ask else ""
    when = f" Needed by {utc(facts.needed_by)}" if facts.needed_by else ""
    why = f": {facts.needed_because}" if when and facts.needed_because else ""
    said = facts.ask_text.strip()
    stop = "." if when and said and said[-1] not in ".!?…" else ""
    return f"{kind}{said}{stop}{when}{why}"


def _severity(facts: PacketFacts) -> str:
    if not facts.severity_rule:
        return ""
    inputs = "; ".join(_answer(key, value) for key, value in facts.severity_inputs.items())
    unknowns = ", ".join(facts.severity_unknowns or ()) or "none"
    basis = facts.severity_basis or f"by rule {facts.severity_rule}"
    return _lines(f"Sev{facts.severity} {basis}", inputs, f"Unknown: {unknowns}", _since_rated(facts))


def _answer(key: str, value: str) -> str:
    """An answer of the rating as people say it: “0.4 % of accounts”."""
    of = key.removesuffix("_percent")
    return f"{value} % of {of}" if of != key and value != UNKNOWN else f"{key}: {value}".replace("_", " ")


def _since_rated(facts: PacketFacts) -> str:
    """What changed after the rating, so that P3 does not deny what P12 says."""
    rated = facts.severity_inputs.get("workaround", "")
    now = facts.workaround
    if not rated or now is WorkaroundState.NOT_LOOKED_FOR or now.value in rated:  # “accepted_and_validated” is both
        return ""
    if now is WorkaroundState.NONE_FOUND:
        return "" if rated in {"none", UNKNOWN} else "Since the rating: no workaround was found (P12)"
    return f"Since the rating: workaround {now.value} (P12)"


def _impact(facts: PacketFacts) -> str:
    names = {"still_happening": "Still happening", "business_effect": "Business effect"}
    return "\n".join(
        f"{names.get(part, part.capitalize())}: {facts.impact[part]}"
        + (" (nobody has said so yet)" if part in facts.impact_unasked else "")
        for part in IMPACT_PARTS
        if facts.impact.get(part)
    )


def _expected(facts: PacketFacts) -> str:
    return _lines(
        f"Expected: {facts.expected}" if facts.expected else "", f"Actual: {facts.actual}" if facts.actual else ""
    )


def _reproduction(facts: PacketFacts) -> str:
    repro = facts.reproduction
    if repro.state is Reproduced.NOT_REPRODUCED:
        return _lines("Not reproduced. Tried:", *(f"- {tried}" for tried in repro.tried), *_recipe(repro.recipe))
    steps = [f"{number}. {step}" for number, step in enumerate(repro.steps, start=1)]
    counted = repro.succeeded is not None and repro.runs is not None
    rate = f"{repro.succeeded} of {repro.runs} runs" if counted else ""
    place = " ".join(part for part in (repro.environment, repro.build) if part)
    tail = ", ".join(part for part in (rate, place, "minimal" if steps and repro.minimal else "") if part)
    return _lines(cited(_lines(*steps, tail), repro.evidence), *_recipe(repro.recipe))


def _recipe(text: str) -> tuple[str, ...]:
    """The container recipe as an indented block, which is code to Markdown and plain elsewhere."""
    return ("Container recipe:", *(f"    {line}" for line in text.splitlines() if line.strip())) if text else ()


def _times_and_ids(facts: PacketFacts) -> str:
    return _lines(
        _line(facts, "time", "Seen", map(utc, facts.occurred_at)),
        _line(facts, "request_id", "Request ids", facts.request_ids),
        _line(facts, "trace_id", "Trace ids", facts.trace_ids),
        _tenant(facts),
        f"Environment: {facts.environment}" if facts.environment else "",
        _line(facts, "error", "Error", filter(None, (facts.error_text,))),
    )


def _line(facts: PacketFacts, kind: str, title: str, values: Iterable[str]) -> str:
    """One line of P7 with the evidence of that line alone."""
    said = ", ".join(values)
    return cited(f"{title}: {said}" if said else "", facts.sources.get(f"p7.{kind}", ()))


def _tenant(facts: PacketFacts) -> str:
    """The tenant of the case's environment; one that somebody else named stands beside it with its source."""
    if not facts.other_tenants:
        return f"Tenant: {facts.tenant_id}" if facts.tenant_id else ""
    named = ", ".join(f"{tenant} [{source}]" for tenant, source in facts.other_tenants.items())
    own = f"{facts.tenant_id} (the environment of the case)" if facts.tenant_id else "not said by the case"
    return f"Tenant: {own}; also named: {named}. Not confirmed which one is meant"


def _evidence(facts: PacketFacts) -> str:
    return "\n".join(
        f"{item.id}: {item.claim} ({', '.join(part for part in (item.source, item.query, item.window) if part)})"
        for item in facts.evidence
    )


def _changes(facts: PacketFacts) -> str:
    return "\n".join(
        f"{area.capitalize()}, 24 hours before: {facts.changes[area]}"
        for area in CHANGE_AREAS
        if facts.changes.get(area)
    )


def _tests(facts: PacketFacts) -> str:
    return _lines(
        *(
            cited(f"Hypothesis: {item.statement} ({item.state or 'no state'})", item.evidence)
            for item in facts.hypotheses
        ),
        *(cited(_test(item), item.evidence) for item in facts.tests),
        f"Ruled out: {'; '.join(facts.ruled_out)}" if facts.ruled_out else "",
    )


def _test(item: TestItem) -> str:
    told = f"Test: {item.purpose}; expected {item.expected or 'not said'}"
    if item.is_running:
        return f"{told}; inconclusive: still running, nothing concluded yet"
    return f"{told}, actual {item.actual or 'not said'}; {item.conclusion or 'inconclusive'}"


def _component(facts: PacketFacts) -> str:
    if not facts.suspected_component:
        return ""
    label = "confirmed" if facts.cause_confirmed else facts.confidence or "suspected"
    reason = f": {facts.suspected_because}" if facts.suspected_because else ""
    return f"{facts.suspected_component} ({label}){reason}"


def _workaround(facts: PacketFacts) -> str:
    if facts.workaround is WorkaroundState.NOT_LOOKED_FOR:
        return ""
    if facts.workaround is WorkaroundState.NONE_FOUND:
        return f"None found. Tried: {'; '.join(facts.workaround_tried) or 'not said'}"
    users = f", used by {facts.workaround_used_by}" if facts.workaround_used_by else ""
    return f"{facts.workaround.value.capitalize()}: {facts.workaround_steps or 'steps not said'}{users}"


def _telemetry(facts: PacketFacts) -> str:
    return ", ".join(facts.telemetry_gaps) or ("None missing" if facts.no_telemetry_missing else "")


def _related(facts: PacketFacts) -> str:
    return _lines(
        f"Known errors searched: {', '.join(facts.search_terms)}" if facts.search_terms else "",
        f"Duplicates: {', '.join(facts.duplicates)}" if facts.duplicates else "",
        f"Similar cases: {', '.join(facts.similar_cases)}" if facts.similar_cases else "",
    )


DRAFTED = (
    title,
    _ask,
    _severity,
    _impact,
    _expected,
    _reproduction,
    _times_and_ids,
    _evidence,
    _changes,
    _tests,
    _component,
    _workaround,
    _telemetry,
    _related,
)


def draft(facts: PacketFacts) -> PacketFields:
    """P1 to P14 as texts. A field marked not applicable says so with its reason; where nobody has accepted the reason,
    it stands below what the field says."""
    reasons = {key.lower(): reason for key, reason in facts.not_applicable.items() if reason.strip()}
    waiting = {key.lower(): reason for key, reason in facts.not_accepted.items() if reason.strip()}
    return PacketFields(
        {
            key: f"Not applicable: {reasons[key]}"
            if key in reasons
            else _lines(cited(write(facts), facts.sources.get(key, ())), _not_accepted(waiting.get(key, "")))
            for key, write in zip(FIELD_KEYS, DRAFTED, strict=True)
        }
    )


def _not_accepted(reason: str) -> str:
    return f"Said not to apply, accepted by nobody yet: {reason}" if reason else ""


def executive_length(facts: PacketFacts) -> int:
    """Characters of P1 to P4 and the next update, which is what a manager reads."""
    texts = draft(facts).texts
    update = utc(facts.next_update) if facts.next_update else ""
    return sum(len(texts[key]) for key in FIELD_KEYS[:4]) + len(update)
