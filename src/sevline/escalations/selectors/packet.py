"""What a packet is made from: everything that the case already holds, so that nobody types it again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sevline.cases.events import ImpactSet
from sevline.cases.models import Case
from sevline.cases.selectors import severity_basis
from sevline.core import packet as core
from sevline.core.redaction.pseudonym import fitting
from sevline.diagnosis.models import Reproduction
from sevline.escalations.models import Escalation
from sevline.escalations.selectors import occurrences
from sevline.escalations.selectors.attached import unquoted_bytes
from sevline.escalations.selectors.diagnosed import diagnosed, keys, recipe_of, related, reproduced, reproduction_of
from sevline.escalations.selectors.exhibits import exhibits, message_id, numbers_of_messages
from sevline.evidence.models import Artifact, Upload, UploadState
from sevline.platform.models import Event

IMPACT = {
    "accounts": "tenants",
    "users": "users",
    "regions": "regions",
    "feature": "feature",
    "since": "started",
    "still_happening": "still_happening",
    "business_effect": "business_effect",
}
SECURITY_RULE = "SEV-R1"
TITLE_MAX = 90
ERROR_MAX = 300
REASON_MAX = 200  # of a severity that a person decided; the block for readers in a hurry stays short


def packet(escalation: Escalation) -> tuple[core.PacketFacts, core.Score]:
    """The packet's facts as they are now, and their score."""
    facts = facts_of(escalation)
    return facts, core.score(facts)


def facts_of(escalation: Escalation) -> core.PacketFacts:
    """The packet's facts from the case and from what was written on the packet itself."""
    case, written = escalation.case, escalation.fields
    reproduction = reproduction_of(case)
    found, found_in = _found(case, written)
    from_diagnosis, sources = diagnosed(case, written)
    sources |= found_in | {"p5": keys(reproduction)} | {key: tuple(ids) for key, ids in _sources(written).items()}
    facts = core.PacketFacts(
        **_about(case, written, reproduction),
        **_asked(written),
        **found,
        **from_diagnosis,
        **related(case),
        reproduction=reproduced(reproduction, recipe_of(case)),
        sources={key: ids for key, ids in sources.items() if ids},
    )
    return replace(facts, evidence=exhibits(case, _relied_on(facts)))


def _sources(written: Mapping[str, Any]) -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = written.get("sources", {})
    return found


def _relied_on(facts: core.PacketFacts) -> Iterable[str]:
    yield from facts.reproduction.evidence
    yield from (key for item in facts.hypotheses for key in item.evidence)
    yield from (key for item in facts.tests for key in item.evidence)
    for ids in facts.sources.values():
        yield from ids


def is_security_matter(case: Case) -> bool:
    return case.restricted or case.severity_rule == SECURITY_RULE


def _about(case: Case, written: Mapping[str, Any], reproduction: Reproduction | None) -> dict[str, Any]:
    environment = case.environment
    component = written.get("component") or case.product_area.name
    symptom = written.get("symptom") or case.title
    return {
        "case_ref": case.key,
        "severity": case.severity or 4,
        "severity_rule": case.severity_rule,
        "severity_basis": severity_basis(case, REASON_MAX),
        "severity_inputs": {key: str(value) for key, value in case.severity_answers.items()},
        "severity_unknowns": tuple(case.severity_unknowns) if case.severity_rule else None,
        "component": component,
        "symptom": symptom,
        "condition": written.get("condition") or _condition(case, reproduction, f"{component}: {symptom} "),
        **_impact(case),
        **_seen(written, reproduction),
        "tenant_id": written.get("tenant") or (environment.tenant if environment else ""),
        "environment": f"{environment.kind} {environment.name} {environment.version}".strip() if environment else "",
        "owner": case.owner.name,
        "contacts": (case.owner.name, f"{case.team.name} team"),
        "next_update": case.next_update_at,
        "security_suspected": is_security_matter(case),
        **_left_out(written),
        "attachment_bytes": unquoted_bytes(case),
        "raw_logs_pasted": any(core.is_pasted_log(text) for text in _typed(case, written)),
    }


def _left_out(written: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Why fields do not apply: accepted in just these words, or not."""
    reasons, accepted = written.get("not_applicable", {}), written.get("accepted", {})
    agreed = {name: why for name, why in reasons.items() if accepted.get(name) == why}
    waiting = {name: why for name, why in reasons.items() if name not in agreed}
    return {"not_applicable": agreed, "not_accepted": waiting}


def _typed(case: Case, written: Mapping[str, Any]) -> Iterator[str]:
    yield from (text for text in written.values() if isinstance(text, str))
    yield from case.impact.values()


def _impact(case: Case) -> dict[str, Any]:
    """P4: what the card says; where it says “unknown”, what the case itself knows of its customer."""
    said, known = {part: case.impact.get(field, "") for part, field in IMPACT.items()}, {}
    if case.account is not None:
        known = {"accounts": f"{case.account.name}; of others nothing is known", "regions": case.account.region.upper()}
    filled = {part: text for part, text in known.items() if text and said[part] in {"", core.UNKNOWN}}
    return {"impact": said | filled, "impact_unasked": _unasked(case) - filled.keys()}


def _unasked(case: Case) -> frozenset[str]:
    """The impact parts that say “unknown” since the case was opened: saving the impact card says it on purpose."""
    if Event.objects.filter(case_key=case.key, kind=ImpactSet.kind).exists():
        return frozenset()
    return frozenset(part for part, field in IMPACT.items() if case.impact.get(field) == core.UNKNOWN)


def _seen(written: Mapping[str, Any], reproduction: Reproduction | None) -> dict[str, str]:
    """What should happen and what does: as written on the packet, else as the reproduction says."""
    expected, actual = (reproduction.expected, reproduction.actual) if reproduction else ("", "")
    return {"expected": written.get("expected") or expected, "actual": written.get("actual") or actual}


def _condition(case: Case, reproduction: Reproduction | None, before: str) -> str:
    """Under what condition it happens: what the reproduction needs, else where it was seen; what fits the title."""
    environment = case.environment
    seen_in = " ".join(filter(None, ("in", environment.name, environment.version))) if environment else ""
    for words in (reproduction.preconditions if reproduction else "", seen_in):
        if words and len(before) + len(words) <= TITLE_MAX:
            return words
    return ""


def _asked(written: Mapping[str, Any]) -> dict[str, Any]:
    ask = written.get("ask", "")
    return {
        "ask": core.Ask(ask) if ask in set(core.Ask) else None,
        "ask_text": written.get("ask_text", ""),
        "needed_by": datetime.fromisoformat(written["needed_by"]) if written.get("needed_by") else None,
        "needed_because": written.get("needed_because", ""),
    }


def _found(case: Case, written: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """P7 from what was found, as its writer chose, and the evidence ids of P4 and P7."""
    seen = occurrences.of_case(case)
    error = written.get("error_text") or _error(seen)
    values = {
        **occurrences.chosen(seen, written),
        "error_text": error,
        "redaction_clean": _is_clean(case),
    }
    key = case.messages.filter(kind="ticket").values_list("pk", flat=True).first()
    ticket = numbers_of_messages(case).get(key) if key else None
    return values, {
        "p4": (message_id(ticket),) if ticket and any(case.impact.values()) else (),
        **({} if _sources(written).get("p7") else occurrences.sources_of(seen, written, error)),
    }


def _readable(case: Case) -> QuerySet[Artifact]:
    return Artifact.objects.filter(upload__case=case, upload__state=UploadState.AVAILABLE)


def _error(seen: occurrences.Seen) -> str:
    """The exact text of the error: of what the cause rests on, else of what failed of the case's own type, else as
    people said it or an error of the own tenant says it. What else the logs hold may be of another fault."""
    own = (fitting(text, ERROR_MAX) for text, _ in seen.errors)
    said = seen.going("error")
    return next(iter((*own, *said) if seen.is_proven else (*said, *own)), "")


def _is_clean(case: Case) -> bool:
    """Whether no file of the case is still waiting for its redaction.

    One that did not arrive as a whole does not count: nobody sees it, and its sender may be gone.
    """
    unread = (UploadState.QUARANTINED, UploadState.REDACTING)
    return not Upload.objects.filter(case=case, state__in=unread).exists()
