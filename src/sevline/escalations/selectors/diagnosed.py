"""What diagnosis gives a packet: hypotheses, tests, cause, reproduction, workaround, gaps, changes and searches."""

from typing import Any

from sevline.cases.models import Case
from sevline.core import packet as core
from sevline.diagnosis.models import (
    Cause,
    ChangeCheck,
    Hypothesis,
    KnownErrorSearch,
    Recipe,
    Reproduction,
    TelemetryGap,
    Test,
    Workaround,
)

WORKAROUND = {
    "none_found": core.WorkaroundState.NONE_FOUND,
    "proposed": core.WorkaroundState.PARTIAL,
    "validated": core.WorkaroundState.VALIDATED,
    "accepted": core.WorkaroundState.ACCEPTED,
}
SIDE = {"supports": "for", "refutes": "against"}


def reproduction_of(case: Case) -> Reproduction | None:
    return Reproduction.objects.filter(case=case).prefetch_related("items").first()


def keys(row: Reproduction | Cause | Workaround | None) -> tuple[str, ...]:
    """The evidence ids that a record names."""
    return tuple(item.key for item in row.items.all()) if row is not None else ()


def reproduced(row: Reproduction | None, recipe: Recipe | None = None) -> core.Reproduction:
    text = recipe.text if recipe is not None else ""
    if row is None:
        return core.Reproduction(recipe=text)
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
        evidence=keys(row),
        recipe=text,
    )


def recipe_of(case: Case) -> Recipe | None:
    """The newest container recipe of the case."""
    return Recipe.objects.filter(case=case).first()


def diagnosed(case: Case, written: dict[str, Any]) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """P10 to P13, and the evidence ids of P11 and P12."""
    board = list(Hypothesis.objects.filter(case=case).prefetch_related("links__item"))
    cause = Cause.objects.filter(case=case, refuted_at__isnull=True).prefetch_related("items").first()
    workaround = Workaround.objects.filter(case=case).prefetch_related("items").first()
    values = {
        "hypotheses": tuple(core.HypothesisItem(row.statement, row.state, _linked(row)) for row in board),
        "tests": _tests(case, {row.pk: row for row in board}),
        "ruled_out": tuple(row.statement for row in board if row.state == "refuted")
        + ((cause.ruled_out,) if cause and cause.ruled_out else ()),
        **_suspected(cause, written),
        **_workaround(workaround),
        **_telemetry(case),
    }
    return values, {"p11": keys(cause), "p12": keys(workaround)}


def _suspected(cause: Cause | None, written: dict[str, Any]) -> dict[str, Any]:
    """P11: as written on the packet, else as the cause says; what is written there is never called confirmed."""
    component, because, sure = (cause.component, cause.statement, cause.confidence) if cause else ("", "", "")
    return {
        "suspected_component": written.get("suspected_component") or component,
        "suspected_because": written.get("suspected_because") or because,
        "confidence": written.get("confidence") or sure,
        "cause_confirmed": sure == "confirmed" and not written.get("confidence"),
    }


def _linked(row: Hypothesis, side: str = "") -> tuple[str, ...]:
    return tuple(link.item.key for link in row.links.all() if side in {"", link.side})


def _tests(case: Case, board: dict[int, Hypothesis]) -> tuple[core.TestItem, ...]:
    """What was tried. The evidence of a test is what speaks on its side for the hypothesis it decided about."""
    found = []
    for row in Test.objects.filter(case=case).order_by("number"):
        about, side = board.get(row.hypothesis_id or 0), SIDE.get(row.conclusion)
        ids = _linked(about, side) if about and side else ()
        found.append(core.TestItem(row.purpose, row.expected, row.actual, row.conclusion, ids))
    return tuple(found)


def _workaround(row: Workaround | None) -> dict[str, Any]:
    if row is None or row.state not in WORKAROUND:
        return {}
    users = _customers(row.customers_using)
    return {
        "workaround": WORKAROUND[row.state],
        "workaround_steps": row.steps,
        "workaround_used_by": users,
        "workaround_tried": tuple(filter(None, (row.tried,))),
    }


def _customers(count: int) -> str:
    if not count:
        return "no customer yet"
    return "1 customer" if count == 1 else f"{count:,} customers"


def _telemetry(case: Case) -> dict[str, Any]:
    gaps = list(TelemetryGap.objects.filter(case=case))
    return {
        "telemetry_gaps": tuple(f"G-{gap.pk}: {gap.text}" for gap in gaps if not gap.is_none),
        "no_telemetry_missing": any(gap.is_none for gap in gaps),
    }


def related(case: Case) -> dict[str, Any]:
    """P9 and P14."""
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
