"""The workspace of a case: one page a tab, each made of the panels of the rooms it shows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sevline.cases import selectors as cases
from sevline.cases import views as case_panels
from sevline.cases.models import Case
from sevline.core.checklist import wanted
from sevline.core.rights import Right, holds, require
from sevline.customers import selectors as customers
from sevline.diagnosis import selectors as diagnoses
from sevline.diagnosis.panels import diagnosis as diagnosis_panel
from sevline.diagnosis.panels import told as told_panel
from sevline.escalations.panels import escalation as escalation_panel
from sevline.evidence.views.panels import evidence_panel
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn
from sevline.service_levels.selectors import ClockView
from sevline.web import checklist, selectors


@require_GET
def timeline(request: SignedIn, key: str) -> HttpResponse:
    """What happened, and where one writes."""
    case = _case(request, key)
    panels = case_panels.composer_panel(request.user, case)
    told = case_panels.timeline_panel(request.user, case, request.GET)
    return _page(request, case, "timeline", panels | told)


@require_GET
def evidence(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.EVIDENCE_VIEW)
    return _page(request, case, "evidence", told_panel(request.user, case) | evidence_panel(request.user, case))


@require_GET
def diagnosis(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.DIAGNOSIS_VIEW)
    return _page(request, case, "diagnosis", diagnosis_panel(request, case))


@require_GET
def escalation(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.PACKET_VIEW)
    panel = escalation_panel(request, case)
    panel["packet_clocks"] = panel.pop("clocks")  # the head of the page shows the clocks of the case under that name
    return _page(request, case, "escalation", panel)


def _case(request: SignedIn, key: str) -> Case:
    """404 alike for a number that does not exist and for a case of somebody else."""
    found = cases.case_by_key(request.user, key)
    require(request.user, Right.CASE_VIEW)
    return found


def _page(request: SignedIn, case: Case, tab: str, panels: dict[str, Any]) -> HttpResponse:
    frame = _frame(request.user, case)
    return render(request, f"web/case_{tab}.html", {**frame, **panels, "tab": tab, "next_clock": _first(tab, frame)})


def _first(tab: str, frame: dict[str, Any]) -> ClockView | None:
    """On the timeline, the first tab, all clocks stand; on the others a phone shows the one that runs out first."""
    running = [one for one in frame["clocks"] if one.stopped_at is None]
    return (running or frame["clocks"] or [None])[0] if tab != "timeline" else None


def _frame(person: Person, case: Case) -> dict[str, Any]:
    """What stands around every tab: head, clocks, properties, checklist, and what is beside the case."""
    measured = checklist.of_case(case)
    groups = wanted(measured) if measured else ()
    return {
        **case_panels.clocks_panel(person, case),
        **case_panels.properties_panel(person, case),
        "checklist": measured,
        "wanted": groups,
        "settled": [item for item in measured.needed if item not in measured.missing] if measured else [],
        "asked_for": len(measured.missing) if measured else 0,
        "advice": checklist.advice_for(case, measured),
        "rounds": checklist.rounds_of(case),
        "may_ask_customer": holds(person, Right.CASE_REPLY),
        "searches": diagnoses.searches(person, case),
        "people": selectors.people_of(case),
        "customer": customers.listed(person, [case.account])[0] if case.account else None,
        "may_edit": holds(person, Right.CASE_EDIT),
        "may_see_evidence": holds(person, Right.EVIDENCE_VIEW),
    }
