"""Pages of the guided runbooks of a case."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.cases import selectors as cases
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require, who_may
from sevline.core.runbook import Outcome, Runbook, Step, runbooks
from sevline.diagnosis import actions, panels, selectors
from sevline.diagnosis.actions.runbooks import unattached
from sevline.diagnosis.forms import RunbookStepForm
from sevline.diagnosis.models import RunbookStep
from sevline.people.views.requests import SignedIn

LOOKS = {
    Outcome.OPEN: ("ring", "idle", "open"),
    Outcome.FAULT: ("fail", "bad", "not as expected"),
    Outcome.CLEAR: ("pass", "ok", "as expected"),
    Outcome.SKIPPED: ("pause", "idle", "skipped"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A step with its newest record, as the page shows it."""

    step: Step
    record: RunbookStep | None
    icon: str
    tone: str
    says: str


@require_GET
def shelf(request: SignedIn, key: str) -> HttpResponse:
    """All runbooks, those that fit the case first."""
    case = _case(request, key)
    fits = panels.proposed(request.user, case)
    fitting = {one.walk.book.key for one in fits}
    others = [book for book in runbooks().values() if book.key not in fitting]
    return render(
        request, "diagnosis/runbooks.html", {"case": case, "fits": fits, "others": others, "back": _tab(case)}
    )


@require_GET
def runbook(request: SignedIn, key: str, name: str) -> HttpResponse:
    """The steps as they stand, with the form of the one that would tell most."""
    case = _case(request, key)
    return _page(request, case, _book(name))


@require_http_methods(["GET", "POST"])
def step(request: SignedIn, key: str, name: str, step: str) -> HttpResponse:
    """The form of one step; its answer leads back to the runbook."""
    case, book = _case(request, key), _book(name)
    require(request.user, Right.DIAGNOSIS_EDIT)
    if book.row(step) is None:
        raise Http404
    form = RunbookStepForm(request.POST if request.method == "POST" else None, person=request.user, case=case)
    if not form.is_valid():
        return _page(request, case, book, step, form, 422 if form.is_bound else 200)
    try:
        actions.answer_step(case.key, name, step, by=request.user, **form.given())
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return _page(request, case, book, step, form, 403 if isinstance(refusal, Forbidden) else 422)
    messages.success(request, "Step recorded.")
    return redirect("diagnosis:runbook", case.key, name)


@require_POST
def attach(request: SignedIn, key: str, name: str) -> HttpResponse:
    """Keep what checks prove as tests and evidence of the case."""
    case, book = _case(request, key), _book(name)
    try:
        kept = actions.attach_proven(case.key, book.key, by=request.user)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"{len(kept)} results attached." if len(kept) != 1 else "One result attached.")
    return redirect("diagnosis:runbook", case.key, book.key)


def _case(request: SignedIn, key: str) -> Case:
    """404 alike for a number that does not exist and for a case of somebody else."""
    case = cases.case_by_key(request.user, key)
    require(request.user, Right.DIAGNOSIS_VIEW)
    return case


def _book(name: str) -> Runbook:
    book = runbooks().get(name)
    if book is None:
        raise Http404
    return book


def _page(
    request: SignedIn,
    case: Case,
    book: Runbook,
    chosen: str = "",
    form: RunbookStepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    records = list(selectors.runbook_steps(request.user, case))
    walk = selectors.walked(request.user, case, book, records=records)
    focus = next((one for one in walk.steps if one.row.key == chosen), walk.proposed)
    may = holds(request.user, Right.DIAGNOSIS_EDIT) and case.is_open
    if form is None and may and focus is not None:
        form = RunbookStepForm(person=request.user, case=case)
    newest = {row.step: row for row in records if row.runbook == book.key}
    context = {
        "case": case,
        "walk": walk,
        "focus": focus,
        "form": form,
        "lines": [Line(one, newest.get(one.row.key), *LOOKS[one.outcome]) for one in walk.steps],
        "unattached": len(unattached(request.user, case, book)) if may else 0,
        "may_diagnose": may,
        "who_may_diagnose": who_may(Right.DIAGNOSIS_EDIT),
        "back": _tab(case),
    }
    return render(request, "diagnosis/runbook.html", context, status=status)


def _tab(case: Case) -> str:
    return f"{case.page}/diagnosis"
