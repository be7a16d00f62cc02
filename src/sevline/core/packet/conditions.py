"""When a packet's field earns its full or half points. The table of the packet names these functions."""

from collections.abc import Callable

from sevline.core.packet.facts import (
    CHANGE_AREAS,
    IMPACT_PARTS,
    TITLE_MAX,
    PacketFacts,
    Reproduced,
    WorkaroundState,
    title,
)

Condition = Callable[[PacketFacts], bool]
RUNS_MIN = 3
EXCERPT_LINES_MAX = 60


def _said(*texts: str) -> int:
    return sum(bool(text.strip()) for text in texts)


def _title_faults(facts: PacketFacts) -> int:
    return 3 - _said(facts.component, facts.symptom, facts.condition) + (len(title(facts)) > TITLE_MAX)


def title_complete(facts: PacketFacts) -> bool:
    return _title_faults(facts) == 0


def title_lacks_one(facts: PacketFacts) -> bool:
    return _title_faults(facts) == 1


def ask_with_when_and_why(facts: PacketFacts) -> bool:
    return ask_stated(facts) and facts.needed_by is not None and bool(facts.needed_because.strip())


def ask_stated(facts: PacketFacts) -> bool:
    return facts.ask is not None and bool(facts.ask_text.strip())


def severity_with_inputs(facts: PacketFacts) -> bool:
    return bool(facts.severity_rule and facts.severity_inputs) and facts.severity_unknowns is not None


def severity_stated(facts: PacketFacts) -> bool:
    return 1 <= facts.severity <= 4


def _impact_said(facts: PacketFacts) -> int:
    """How many parts have a value, or an “unknown” that somebody set on purpose."""
    return _said(*(facts.impact.get(part, "") for part in IMPACT_PARTS if part not in facts.impact_unasked))


def impact_complete(facts: PacketFacts) -> bool:
    return _impact_said(facts) == len(IMPACT_PARTS)


def impact_mostly(facts: PacketFacts) -> bool:
    return _impact_said(facts) >= 4


def expected_and_actual(facts: PacketFacts) -> bool:
    return _said(facts.expected, facts.actual) == 2


def expected_or_actual(facts: PacketFacts) -> bool:
    return _said(facts.expected, facts.actual) == 1


def reproduction_complete(facts: PacketFacts) -> bool:
    repro = facts.reproduction
    if repro.state is Reproduced.NOT_REPRODUCED:
        return bool(repro.tried)
    counted = repro.succeeded is not None and repro.runs is not None and repro.runs >= RUNS_MIN
    return bool(repro.steps) and counted and bool(repro.environment.strip() and repro.build.strip()) and repro.minimal


def reproduction_has_steps(facts: PacketFacts) -> bool:
    return bool(facts.reproduction.steps)


def _kinds_of_ids(facts: PacketFacts) -> int:
    return (len(facts.occurred_at) >= 2) + bool(facts.request_ids or facts.trace_ids) + bool(facts.tenant_id)


def times_and_ids(facts: PacketFacts) -> bool:
    return _kinds_of_ids(facts) == 3


def some_times_or_ids(facts: PacketFacts) -> bool:
    return _kinds_of_ids(facts) >= 1


def evidence_complete(facts: PacketFacts) -> bool:
    return bool(facts.evidence) and all(
        _said(item.claim, item.source, item.query, item.window, item.excerpt) == 5
        and item.redacted
        and len(item.excerpt.splitlines()) <= EXCERPT_LINES_MAX
        for item in facts.evidence
    )


def evidence_has_excerpts(facts: PacketFacts) -> bool:
    return any(item.excerpt.strip() and item.redacted for item in facts.evidence)


def changes_checked(facts: PacketFacts) -> bool:
    return _said(*(facts.changes.get(area, "") for area in CHANGE_AREAS)) == len(CHANGE_AREAS)


def changes_partly_checked(facts: PacketFacts) -> bool:
    return _said(*(facts.changes.get(area, "") for area in CHANGE_AREAS)) >= 1


def _hypotheses_said(facts: PacketFacts) -> bool:
    return sum(_said(item.statement, item.state) == 2 for item in facts.hypotheses) >= 2


def _tests_said(facts: PacketFacts) -> bool:
    done = [item for item in facts.tests if not item.is_running]
    return bool(done) and all(_said(item.expected, item.actual) == 2 for item in done)


def tests_and_hypotheses(facts: PacketFacts) -> bool:
    return _hypotheses_said(facts) and _tests_said(facts) and bool(facts.ruled_out)


def tests_or_hypotheses(facts: PacketFacts) -> bool:
    return _hypotheses_said(facts) or _tests_said(facts) or bool(facts.ruled_out)


def component_with_reason(facts: PacketFacts) -> bool:
    return _said(facts.suspected_component, facts.suspected_because, facts.confidence) == 3


def component_named(facts: PacketFacts) -> bool:
    return bool(facts.suspected_component.strip())


def workaround_described(facts: PacketFacts) -> bool:
    if facts.workaround is WorkaroundState.NONE_FOUND:
        return bool(facts.workaround_tried)
    return facts.workaround is not WorkaroundState.NOT_LOOKED_FOR and (
        _said(facts.workaround_steps, facts.workaround_used_by) == 2
    )


def workaround_mentioned(facts: PacketFacts) -> bool:
    return facts.workaround is not WorkaroundState.NOT_LOOKED_FOR


def telemetry_answered(facts: PacketFacts) -> bool:
    return bool(facts.telemetry_gaps) or facts.no_telemetry_missing


def related_searched(facts: PacketFacts) -> bool:
    return bool(facts.search_terms)


def related_linked(facts: PacketFacts) -> bool:
    return bool(facts.duplicates or facts.similar_cases)


CONDITIONS: dict[str, Condition] = {
    condition.__name__: condition
    for condition in (
        title_complete,
        title_lacks_one,
        ask_with_when_and_why,
        ask_stated,
        severity_with_inputs,
        severity_stated,
        impact_complete,
        impact_mostly,
        expected_and_actual,
        expected_or_actual,
        reproduction_complete,
        reproduction_has_steps,
        times_and_ids,
        some_times_or_ids,
        evidence_complete,
        evidence_has_excerpts,
        changes_checked,
        changes_partly_checked,
        tests_and_hypotheses,
        tests_or_hypotheses,
        component_with_reason,
        component_named,
        workaround_described,
        workaround_mentioned,
        telemetry_answered,
        related_searched,
        related_linked,
    )
}
