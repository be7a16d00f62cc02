"""Pages of a diagnosis. Each form opens in a dialog of the tab, and is a page of its own where there is no script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sevline.cases import selectors as cases
from sevline.cases.models import Case
from sevline.core.failuremodes import MODE_OF, ModeRow
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, require
from sevline.diagnosis import actions, forms, panels, selectors
from sevline.diagnosis.forms import DiagnosisForm
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn


@dataclass(frozen=True, slots=True)
class Step:
    """One action as a form: its heading, its button, and what is said when it is done."""

    title: str
    form: type[DiagnosisForm]
    action: Callable[..., Any]
    button: str
    done: str


STEPS: dict[str, Step] = {
    "hypothesis": Step("New hypothesis", forms.HypothesisForm, actions.propose, "Propose", "On the board."),
    "test": Step("New test", forms.TestForm, actions.start_test, "Start the test", "The test runs."),
    "cause": Step("Cause", forms.CauseForm, actions.record_cause, "Record the cause", "Cause recorded."),
    "reproduction": Step(
        "Reproduction", forms.ReproductionForm, actions.record_reproduction, "Record the runs", "Runs recorded."
    ),
    "workaround": Step("Workaround", forms.WorkaroundForm, actions.record_workaround, "Record", "Workaround recorded."),
    "withdraw-workaround": Step(
        "Withdraw the workaround", forms.ReasonForm, actions.withdraw_workaround, "Withdraw", "Workaround withdrawn."
    ),
    "fix": Step("Validate the fix", forms.FixForm, actions.validate_fix, "Record the runs", "The fix is validated."),
    "changes": Step("What changed", forms.ChangesForm, actions.check_changes, "Record", "Change check recorded."),
    "search": Step("Seen before?", forms.SearchForm, actions.search_known_errors, "Search and keep", "Search kept."),
    "telemetry": Step("Missing signal", forms.GapForm, actions.note_telemetry_gap, "Record", "Recorded."),
}

# Each is about one record of the case, whose number stands in the address.
STEPS_OF: dict[str, Step] = {
    "conclude": Step("What came out", forms.ConcludeForm, actions.conclude_test, "Conclude", "Result recorded."),
    "link": Step("Evidence for or against", forms.LinkForm, actions.link_evidence, "Link", "Evidence linked."),
    "support": Step("Call it supported", forms.SureForm, actions.support, "Supported", "Supported."),
    "refute": Step("Call it refuted", forms.SureForm, actions.refute, "Refuted", "Refuted."),
    "park": Step("Park the hypothesis", forms.SureForm, actions.park, "Park", "Parked."),
    "reconsider": Step("Take it up again", forms.SureForm, actions.reconsider, "Take up again", "Back on the board."),
    "refute-cause": Step("It did not hold", forms.ReasonForm, actions.refute_cause, "Refute", "Cause refuted."),
    "use": Step("Use as evidence", forms.UseForm, actions.use_as_evidence, "Put into the register", "In the register."),
}


@require_GET
def beside(request: SignedIn, key: str, number: int) -> HttpResponse:
    """For a file's page: what shows only where the file is read beside others."""
    case = cases.case_by_key(request.user, key)
    require(request.user, Right.DIAGNOSIS_VIEW)
    if not request.headers.get("HX-Request"):
        return redirect(tab(case))
    return render(request, "diagnosis/beside.html", {"case": case, "cards": panels.beside(request.user, case, number)})


@require_GET
def told(request: SignedIn, key: str) -> HttpResponse:
    """For the evidence tab: in short what the files show, asked again while they are read."""
    case = _case(request, key)
    if not request.headers.get("HX-Request"):
        return redirect(f"{case.page}/evidence")
    return render(request, "diagnosis/panels/told.html", panels.told(request.user, case))


@require_GET
def panel(request: SignedIn, key: str) -> HttpResponse:
    """The tab's content alone, for a page that refreshes it."""
    case = _case(request, key)
    if not request.headers.get("HX-Request"):
        return redirect(tab(case))
    return render(request, "diagnosis/panels/diagnosis.html", panels.diagnosis(request, case))


@require_http_methods(["GET", "POST"])
def step(request: SignedIn, key: str, verb: str) -> HttpResponse:
    case = _case(request, key)
    chosen = _known(STEPS, verb)
    return _act(request, case, chosen, (), _start(request, case, verb, 0))


@require_http_methods(["GET", "POST"])
def step_of(request: SignedIn, key: str, verb: str, number: int) -> HttpResponse:
    case = _case(request, key)
    chosen = _known(STEPS_OF, verb)
    return _act(request, case, chosen, (number,), _start(request, case, verb, number))


def _case(request: SignedIn, key: str) -> Case:
    """404 alike for a number that does not exist and for a case of somebody else."""
    case = cases.case_by_key(request.user, key)
    require(request.user, Right.DIAGNOSIS_VIEW)
    return case


def _known(steps: dict[str, Step], verb: str) -> Step:
    if verb not in steps:
        raise Http404
    return steps[verb]


def _start(request: SignedIn, case: Case, verb: str, number: int) -> dict[str, Any]:
    """What a form starts with: the finding, log pattern or hypothesis that it was opened from."""
    about = request.GET.get("hypothesis", "")
    start: dict[str, Any] = {"hypothesis": about} if about.isdecimal() else {}
    if (pattern := _number(request, "pattern")) and (told := selectors.of_pattern(request.user, case, pattern)):
        return start | told
    if mode := MODE_OF.get(request.GET.get("mode", "")):
        return start | _of_mode(mode, verb)
    finding = number if verb == "use" else _number(request, "finding")
    found = selectors.findings(request.user, case).filter(pk=finding).first() if finding else None
    if found is None:
        return start
    items = [found.item.key] if found.item is not None and found.item.withdrawn_at is None else []
    return {"claim": found.title, "statement": found.title, "items": items}


def _of_mode(mode: ModeRow, verb: str) -> dict[str, Any]:
    """What a hypothesis, or a test, of a failure mode starts with."""
    if verb == "test":
        return {"purpose": f"Is it this: {mode.title}?", "steps": mode.test, "expected": mode.predicts}
    return {
        "statement": f"{mode.title}: {mode.happens}"[:300],
        "predicts": mode.predicts,
        "refuted_if": mode.refuted_by,
        "layer": mode.layer.value,
    }


def _number(request: SignedIn, name: str) -> int:
    """A whole number out of the address; 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _act(request: SignedIn, case: Case, chosen: Step, about: tuple[int, ...], start: dict[str, Any]) -> HttpResponse:
    require(request.user, Right.DIAGNOSIS_EDIT)
    form = chosen.form(request.POST or None, person=request.user, case=case, start=start)
    if request.method == "POST" and not form.is_bound:
        form = chosen.form({}, person=request.user, case=case, start=start)
    if not form.is_valid():
        return _form(request, case, chosen, form, 422 if form.is_bound else 200)
    try:
        chosen.action(case.key, *about, by=request.user, **form.given())
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return _form(request, case, chosen, form, 403 if isinstance(refusal, Forbidden) else 422)
    messages.success(request, chosen.done)
    return _done(request, case.key)


def _form(request: SignedIn, case: Case, chosen: Step, form: DiagnosisForm, status: int) -> HttpResponse:
    """The form in its dialog, or as a page."""
    template = "diagnosis/step_form.html" if request.headers.get("HX-Request") else "diagnosis/step.html"
    context = {"case": case, "step": chosen, "form": form, "url": request.get_full_path(), "back": tab(case)}
    return render(request, template, context, status=status)


def _done(request: SignedIn, key: str) -> HttpResponse:
    """The tab as it is now, in the place of the one that holds the dialog."""
    person: Person = request.user
    case = cases.case_by_key(person, key)
    if not request.headers.get("HX-Request"):
        return redirect(tab(case))
    answer = render(request, "diagnosis/done.html", panels.diagnosis(request, case))
    answer["HX-Retarget"], answer["HX-Reswap"] = "#diagnosis", "outerHTML"
    return answer


def tab(case: Case) -> str:
    """The address of the workspace's tab."""
    return f"{case.page}/diagnosis"
