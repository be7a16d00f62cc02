"""Pages about what is tried outside: targets, probes, requests that are repeated, and recipes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.cases import selectors as cases
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.probing import customer_script
from sevline.core.reproduction.render import FORMS
from sevline.core.reproduction.request import RequestSpec
from sevline.core.rights import Forbidden, Right, holds, require, who_may
from sevline.diagnosis import actions, forms, selectors
from sevline.diagnosis.models import JobState, Probe, SavedRequest
from sevline.people.views.requests import SignedIn

WAITING = (JobState.QUEUED, JobState.RUNNING)
FORM_WORDS = {"curl": "curl", "httpx": "Python with httpx", "postman": "Postman collection", "httpie": "HTTPie"}
TONES = {JobState.DONE: "ok", JobState.REFUSED: "bad", JobState.RUNNING: "accent"}


@require_GET
def outside(request: SignedIn, key: str) -> HttpResponse:
    """Everything on one page: what may be called, what was seen, what can be repeated."""
    return _overview(request, _case(request, key))


def _case(request: SignedIn, key: str) -> Case:
    """404 alike for a number that does not exist and for a case of somebody else."""
    case = cases.case_by_key(request.user, key)
    require(request.user, Right.DIAGNOSIS_VIEW)
    return case


def _overview(request: SignedIn, case: Case, status: int = 200, **bound: Any) -> HttpResponse:
    person, forms_of = request.user, _forms(request, case)
    probes = list(selectors.probes(person, case)[:50])
    may_edit = forms_of["curl_form"] is not None
    context = {
        "case": case,
        "targets": selectors.targets(person, case),
        "probes": [(row, TONES.get(JobState(row.state), "idle")) for row in probes],
        "waits": any(row.state in WAITING for row in probes),
        "requests": selectors.saved_requests(person, case),
        "recordings": selectors.recordings(person, case) if may_edit else (),
        "recipe": selectors.recipe(person, case),
        "may_edit": may_edit,
        "may_attach": _may(request, case, Right.EVIDENCE_ATTACH) and case.account is not None,
        "who_may_allow": who_may(Right.TARGET_ALLOW),
        "back": f"{case.page}/diagnosis",
        **forms_of,
    }
    return render(request, "diagnosis/outside.html", context | bound, status=status)


def _may(request: SignedIn, case: Case, right: Right) -> bool:
    return holds(request.user, right) and case.is_open


def _forms(request: SignedIn, case: Case) -> dict[str, forms.DiagnosisForm | None]:
    """The forms that the person may use now."""
    given: dict[str, Any] = {"person": request.user, "case": case}
    may_call = _may(request, case, Right.TARGET_CALL) and selectors.targets(request.user, case).exists()
    return {
        "allow_form": forms.TargetForm(**given) if _may(request, case, Right.TARGET_ALLOW) else None,
        "probe_form": forms.ProbeForm(**given) if may_call else None,
        "curl_form": forms.CurlForm(**given) if _may(request, case, Right.DIAGNOSIS_EDIT) else None,
    }


def _sent(request: SignedIn, case: Case, name: str, form: forms.DiagnosisForm, action: Any, done: str) -> HttpResponse:
    """One of the forms of the overview: done, or the page again with what was wrong."""
    if form.is_valid():
        try:
            made = action(case.key, by=request.user, **form.given())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            return _overview(request, case, 403 if isinstance(refusal, Forbidden) else 422, **{name: form})
        messages.success(request, done)
        return redirect(_of_request(made) if isinstance(made, SavedRequest) else f"{_page(case)}#{_place(made)}")
    return _overview(request, case, 422, **{name: form})


def _place(made: Any) -> str:
    """Where on the overview it stands: the keyboard goes on from there."""
    return made.key if isinstance(made, Probe) else "targets-title"


def _page(case: Case) -> str:
    return reverse("diagnosis:outside", args=[case.key])


def _of_request(kept: SavedRequest) -> str:
    return reverse("diagnosis:request", args=[kept.case.key, kept.number])


@require_POST
def allow(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.TARGET_ALLOW)
    form = forms.TargetForm(request.POST, person=request.user, case=case)
    return _sent(request, case, "allow_form", form, actions.allow_target, "It may be called for this case.")


@require_POST
def remove(request: SignedIn, key: str, number: int) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.TARGET_ALLOW)
    try:
        actions.remove_target(case.key, number, by=request.user)
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    return redirect(_page(case))


@require_GET
def script(request: SignedIn, key: str, number: int) -> HttpResponse:
    """A script that the customer runs where it fails; it reads only."""
    case = _case(request, key)
    target = selectors.targets(request.user, case).filter(pk=number).first()
    if target is None:
        raise Http404
    context = {"case": case, "target": target, "text": customer_script(target.host, target.port), "back": _page(case)}
    return render(request, "diagnosis/script.html", context)


@require_POST
def probe(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.TARGET_CALL)
    form = forms.ProbeForm(request.POST, person=request.user, case=case)
    return _sent(request, case, "probe_form", form, actions.ask_probe, "The probe waits for its turn.")


@require_POST
def add_profile(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.EVIDENCE_ATTACH)
    try:
        upload = actions.add_profile(case.key, by=request.user)
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"U-{upload.number} holds the profile; the checks compare the files with it.")
    return redirect(_page(case))


@require_POST
def paste(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    require(request.user, Right.DIAGNOSIS_EDIT)
    form = forms.CurlForm(request.POST, person=request.user, case=case)
    return _sent(request, case, "curl_form", form, actions.keep_curl, "The request can be repeated.")


@require_http_methods(["GET", "POST"])
def calls(request: SignedIn, key: str, number: int) -> HttpResponse:
    """The calls of a recording or an access log; one of them becomes a request to repeat."""
    case = _case(request, key)
    require(request.user, Right.DIAGNOSIS_EDIT)
    require(request.user, Right.EVIDENCE_VIEW)
    file = selectors.recordings(request.user, case).filter(pk=number).first()
    if file is None:
        raise Http404
    if request.method == "POST":
        try:
            kept = actions.keep_call(case.key, file.pk, request.POST.get("at", ""), by=request.user)
        except Refused as refusal:
            messages.warning(request, " ".join(refusal.reasons))
        else:
            return redirect(_of_request(kept))
    only_failed = "all" not in request.GET
    shown, total = selectors.calls_of(file, only_failed=only_failed)
    context = {"case": case, "file": file, "calls": shown, "total": total, "only_failed": only_failed}
    return render(request, "diagnosis/calls.html", context | {"back": _page(case)})


@require_http_methods(["GET", "POST"])
def request(request: SignedIn, key: str, number: int) -> HttpResponse:
    """A request in every form, its runs, and what differed between them."""
    case = _case(request, key)
    kept = selectors.saved_requests(request.user, case).filter(number=number).first()
    if kept is None:
        raise Http404
    form = None
    if request.method == "POST":
        require(request.user, Right.TARGET_CALL)
        form = forms.RunsForm(request.POST, person=request.user, case=case, spec=selectors.spec_of(kept))
        if form.is_valid():
            try:
                made = actions.ask_runs(case.key, number, by=request.user, **form.given())
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "The runs wait for their turn.")
                return redirect(f"{_of_request(kept)}#{made.key}")
    return _request_page(request, case, kept, form)


def _request_page(request: SignedIn, case: Case, kept: SavedRequest, form: forms.RunsForm | None) -> HttpResponse:
    person, spec = request.user, selectors.spec_of(kept)
    may_call = holds(person, Right.TARGET_CALL) and case.is_open
    targets = list(selectors.targets(person, case))
    rows = list(selectors.run_sets(person, case, kept))
    status = 422 if form is not None else 200
    if form is None and may_call and targets:
        form = forms.RunsForm(person=person, case=case, spec=spec, start={"statuses": str(kept.status or "")})
    context = {
        "case": case,
        "kept": kept,
        "spec": spec,
        "texts": [(name, words, text, _rows(text)) for name, words, text in _written(spec)],
        "runs": [(row, TONES.get(JobState(row.state), "idle")) for row in rows],
        "matrix": selectors.compared(rows),
        "waits": any(row.state in WAITING for row in rows),
        "form": form,
        "has_targets": bool(targets),
        "until_sure": selectors.runs_of_this_until_sure(rows),
        "who_may_call": who_may(Right.TARGET_CALL),
        "back": _page(case),
    }
    return render(request, "diagnosis/request.html", context, status=status)


def _written(spec: RequestSpec) -> list[tuple[str, str, str]]:
    return [(name, words, FORMS[name](spec)) for name, words in FORM_WORDS.items()]


def _rows(text: str) -> int:
    """Lines of the field that a text is copied from: all of it, of a long one the beginning."""
    return min(max(text.count("\n"), 3), 24)


@require_http_methods(["GET", "POST"])
def recipe(request: SignedIn, key: str) -> HttpResponse:
    """The newest recipe with its warnings, and the form that replaces it."""
    case = _case(request, key)
    require(request.user, Right.DIAGNOSIS_EDIT)
    form = forms.RecipeForm(request.POST if request.method == "POST" else None, person=request.user, case=case)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_recipe(case.key, by=request.user, **form.given())
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "The recipe is checked and kept; the packet carries it.")
                return redirect("diagnosis:recipe", case.key)
    context = {"case": case, "form": form, "recipe": selectors.recipe(request.user, case), "back": _page(case)}
    return render(request, "diagnosis/recipe.html", context, status=status)
