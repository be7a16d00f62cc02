"""What a packet is made from: everything that the case already holds, so that nobody types it again."""

from datetime import datetime
from typing import Any

from sevline.cases.models import Case, CaseFact
from sevline.core import packet as core
from sevline.diagnosis.models import (
    Cause,
    ChangeCheck,
    Hypothesis,
    KnownErrorSearch,
    Reproduction,
    TelemetryGap,
    Test,
    Workaround,
)
from sevline.escalations.models import Escalation
from sevline.evidence.models import Item, Upload, UploadState

IMPACT = {
    "accounts": "tenants",
    "users": "users",
    "regions": "regions",
    "feature": "feature",
    "since": "started",
    "still_happening": "still_happening",
    "business_effect": "business_effect",
}
WORKAROUND = {
    "none_found": core.WorkaroundState.NONE_FOUND,
    "proposed": core.WorkaroundState.PARTIAL,
    "validated": core.WorkaroundState.VALIDATED,
    "accepted": core.WorkaroundState.ACCEPTED,
}
MOST_IDS = 10


def packet(escalation: Escalation) -> tuple[core.PacketFacts, core.Score]:
    """The packet's facts as they are now, and their score."""
    facts = facts_of(escalation)
    return facts, core.score(facts)


def facts_of(escalation: Escalation) -> core.PacketFacts:
    """The packet's facts from the case and from what was written on the packet itself."""
    case = escalation.case
    return core.PacketFacts(
        **_about(case, escalation),
        **_asked(escalation.fields),
        **_observed(case, escalation.fields),
        **_diagnosed(case, escalation.fields),
        **_related(case),
    )


def _about(case: Case, escalation: Escalation) -> dict[str, Any]:
    environment = case.environment
    written = escalation.fields
    return {
        "case_ref": case.key,
        "severity": case.severity or 4,
        "severity_rule": case.severity_rule,
        "severity_inputs": {key: str(value) for key, value in case.severity_answers.items()},
        "severity_unknowns": tuple(case.severity_unknowns) if case.severity_rule else None,
        "component": written.get("component") or case.product_area.name,
        "symptom": written.get("symptom", ""),
        "condition": written.get("condition", ""),
        "impact": {part: case.impact.get(field, "") for part, field in IMPACT.items()},
        "tenant_id": environment.tenant if environment else "",
        "environment": " ".join(filter(None, (environment.kind, environment.name, environment.version)))
        if environment
        else "",
        "owner": case.owner.name,
        "contacts": (case.owner.name, f"{case.team.name} team"),
        "next_update": case.next_update_at,
        "security_suspected": case.restricted or case.severity_rule == "SEV-R1",
        "not_applicable": written.get("not_applicable", {}),
    }


def _asked(written: dict[str, Any]) -> dict[str, Any]:
    ask = written.get("ask", "")
    return {
        "ask": core.Ask(ask) if ask in set(core.Ask) else None,
        "ask_text": written.get("ask_text", ""),
        "needed_by": datetime.fromisoformat(written["needed_by"]) if written.get("needed_by") else None,
        "needed_because": written.get("needed_because", ""),
    }


def _observed(case: Case, written: dict[str, Any]) -> dict[str, Any]:
    found = list(CaseFact.objects.filter(case=case))
    times = sorted({fact.instant for fact in found if fact.kind == "timestamp" and fact.zone_known and fact.instant})
    reproduction = Reproduction.objects.filter(case=case).prefetch_related("items").first()
    errors = [fact.value for fact in found if fact.kind == "error"]
    items = Item.objects.filter(case=case, withdrawn_at__isnull=True).exclude(excerpt="").order_by("number")
    return {
        "expected": written.get("expected") or (reproduction.expected if reproduction else ""),
        "actual": written.get("actual") or (reproduction.actual if reproduction else ""),
        "reproduction": _reproduction(reproduction),
        "occurred_at": tuple(times[:MOST_IDS]),
        "request_ids": _values(found, "request_id"),
        "trace_ids": _values(found, "trace_id"),
        "error_text": written.get("error_text") or (errors[0] if errors else ""),
        "evidence": tuple(_evidence(item) for item in items),
        "redaction_clean": _is_clean(case),
    }


def _values(found: list[CaseFact], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.value for fact in found if fact.kind == kind))[:MOST_IDS]


def _is_clean(case: Case) -> bool:
    """Whether no file of the case is still waiting for its redaction."""
    unread = (UploadState.RECEIVING, UploadState.QUARANTINED, UploadState.REDACTING)
    return not Upload.objects.filter(case=case, state__in=unread).exists()


def _reproduction(row: Reproduction | None) -> core.Reproduction:
    if row is None:
        return core.Reproduction()
    steps = tuple(row.steps.splitlines())
    missed = row.state == "not_reproduced"
    return core.Reproduction(
        state=core.Reproduced(row.state),
        steps=() if missed else steps,
        succeeded=row.failed,
        runs=row.runs,
        environment=row.environment,
        build=row.build,
        minimal=row.is_minimal,
        tried=steps if missed else (),
        evidence=tuple(item.key for item in row.items.all()),
    )


def _evidence(item: Item) -> core.EvidenceItem:
    first, last = item.window_first, item.window_last
    window = f"{first:%Y-%m-%d %H:%M:%S} to {last:%H:%M:%S} UTC" if first and last else ""
    return core.EvidenceItem(
        id=item.key,
        claim=item.claim,
        source=item.source,
        query=item.query or item.locator,
        window=window or (f"{first:%Y-%m-%d %H:%M:%S} UTC" if first else ""),
        excerpt=item.excerpt,
        redacted=True,
    )


def _diagnosed(case: Case, written: dict[str, Any]) -> dict[str, Any]:
    board = list(Hypothesis.objects.filter(case=case).prefetch_related("links__item"))
    cause = Cause.objects.filter(case=case, refuted_at__isnull=True).first()
    return {
        "hypotheses": tuple(_hypothesis(row) for row in board),
        "tests": tuple(
            core.TestItem(row.purpose, row.expected, row.actual, "" if row.conclusion == "running" else row.conclusion)
            for row in Test.objects.filter(case=case).order_by("number")
        ),
        "ruled_out": tuple(row.statement for row in board if row.state == "refuted")
        + ((cause.ruled_out,) if cause and cause.ruled_out else ()),
        "suspected_component": written.get("suspected_component") or (cause.component if cause else ""),
        "suspected_because": written.get("suspected_because") or (cause.statement if cause else ""),
        "confidence": cause.confidence if cause else "",
        "cause_confirmed": bool(cause and cause.confidence == "confirmed"),
        **_workaround(Workaround.objects.filter(case=case).first()),
        **_telemetry(case),
    }


def _hypothesis(row: Hypothesis) -> core.HypothesisItem:
    return core.HypothesisItem(row.statement, row.state, tuple(link.item.key for link in row.links.all()))


def _workaround(row: Workaround | None) -> dict[str, Any]:
    if row is None or row.state not in WORKAROUND:
        return {}
    users = f"{row.customers_using} customers" if row.customers_using else ""
    return {
        "workaround": WORKAROUND[row.state],
        "workaround_steps": row.steps,
        "workaround_used_by": users,
        "workaround_tried": tuple(filter(None, (row.tried,))),
    }


def _telemetry(case: Case) -> dict[str, Any]:
    gaps = list(TelemetryGap.objects.filter(case=case))
    return {
        "telemetry_gaps": tuple(f"G-{gap.pk}: {gap.text}" for gap in gaps if not gap.is_none),
        "no_telemetry_missing": any(gap.is_none for gap in gaps),
    }


def _related(case: Case) -> dict[str, Any]:
    check = ChangeCheck.objects.filter(case=case).first()
    searches = list(KnownErrorSearch.objects.filter(case=case))
    changes = (
        {"deploys": check.deploys, "flags": check.flags, "config": check.config, "customer": check.customer_side}
        if check
        else {}
    )
    similar = [f"{match['case']} {match['title']}" for search in searches for match in search.matches]
    return {
        "changes": changes,
        "search_terms": tuple(search.terms for search in searches),
        "similar_cases": tuple(dict.fromkeys(similar))[:5],
    }
