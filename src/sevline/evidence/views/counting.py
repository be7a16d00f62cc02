"""What the logs of a case say of its extent, and whether a fix holds: asked, kept, asked again, sent to evidence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sevline.cases.models import Case
from sevline.cases.selectors import case_by_key
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require
from sevline.evidence import actions
from sevline.evidence.forms import ImpactForm, JudgeForm, SuccessForm
from sevline.evidence.models import Item
from sevline.evidence.selectors import counted
from sevline.people.views.requests import SignedIn

FROM_ADDRESS = ("level", "services", "text", "since", "until")


@require_http_methods(["GET", "POST"])
def impact(request: SignedIn, key: str) -> HttpResponse:
    """The answers so far, and a form that asks the logs."""
    case = _seen(request, key, writes=request.method == "POST")
    form = ImpactForm(request.POST) if request.method == "POST" else ImpactForm(initial=_given(request))
    if form.is_valid():
        try:
            actions.count_impact(case.key, form.query(), by=request.user)
            return redirect("evidence:impact", case.key)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    found = counted.answers(request.user, case)
    waits = any(row.far is not None and not row.far.lost for row in found)
    context = _context(request, case, form) | {"answers": found, "waits": waits}
    return render(request, "evidence/impact.html", context, status=422 if form.is_bound else 200)


@require_POST
def impact_again(request: SignedIn, key: str, number: int) -> HttpResponse:
    """The same query over the logs that the case has now."""
    case = _seen(request, key, writes=True)
    return _done(
        request, case, "evidence:impact", lambda: actions.count_impact_again(case.key, number, by=request.user)
    )


@require_POST
def stop_impact(request: SignedIn, key: str, number: int) -> HttpResponse:
    case = _seen(request, key, writes=True)
    return _done(request, case, "evidence:impact", lambda: actions.stop_impact(case.key, number, by=request.user))


@require_POST
def cite_impact(request: SignedIn, key: str, number: int) -> HttpResponse:
    case = _seen(request, key, writes=True)
    return _done(request, case, "evidence:impact", lambda: actions.cite_impact(case.key, number, by=request.user))


@require_http_methods(["GET", "POST"])
def fixes(request: SignedIn, key: str) -> HttpResponse:
    """What will count as success, written down; and before and after compared."""
    case = _seen(request, key, writes=request.method == "POST")
    form = SuccessForm(request.POST) if request.method == "POST" else SuccessForm(initial=_given(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.define_success(
                case.key, given["metric"], by=request.user, bad=form.bad(), below=given["below"] / 100,
                minutes=given["minutes"],
            )  # fmt: skip
            return redirect("evidence:fixes", case.key)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    found = counted.checks(request.user, case)
    judged = [(rows, JudgeForm(auto_id=f"judge-{rows.check.number}-%s")) for rows in found]
    context = _context(request, case, form) | {"checks": judged}
    return render(request, "evidence/fixes.html", context, status=422 if form.is_bound else 200)


@require_POST
def judge(request: SignedIn, key: str, number: int) -> HttpResponse:
    """Before and after the moment in the form compared."""
    case = _seen(request, key, writes=True)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("evidence:fixes", case.key)
    at = form.cleaned_data["fixed_at"]
    return _done(
        request, case, "evidence:fixes", lambda: actions.judge_fix(case.key, number, by=request.user, fixed_at=at)
    )


@require_POST
def judge_again(request: SignedIn, key: str, run_id: int) -> HttpResponse:
    """The same comparison over the logs that the case has now."""
    case = _seen(request, key, writes=True)
    return _done(request, case, "evidence:fixes", lambda: actions.judge_fix_again(case.key, run_id, by=request.user))


@require_POST
def stop_comparison(request: SignedIn, key: str, run_id: int) -> HttpResponse:
    case = _seen(request, key, writes=True)
    return _done(request, case, "evidence:fixes", lambda: actions.stop_comparison(case.key, run_id, by=request.user))


@require_POST
def cite_fix(request: SignedIn, key: str, run_id: int) -> HttpResponse:
    case = _seen(request, key, writes=True)
    return _done(request, case, "evidence:fixes", lambda: actions.cite_fix(case.key, run_id, by=request.user))


def _seen(request: SignedIn, key: str, *, writes: bool) -> Case:
    case = case_by_key(request.user, key)
    require(request.user, Right.EVIDENCE_ATTACH if writes else Right.EVIDENCE_VIEW)
    return case


def _given(request: HttpRequest) -> dict[str, Any]:
    """What another page fills in."""
    return {name: request.GET[name][:300] for name in FROM_ADDRESS if name in request.GET}


def _context(request: SignedIn, case: Case, form: ImpactForm | SuccessForm) -> dict[str, Any]:
    return {"case": case, "form": form, "may_count": holds(request.user, Right.EVIDENCE_ATTACH) and case.is_open}


def _done(request: SignedIn, case: Case, page: str, act: Callable[[], object]) -> HttpResponse:
    """Does it and goes back to the page; a refusal is told there."""
    try:
        done = act()
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        if isinstance(done, Item):
            messages.success(request, f"{done.key} is in the register. Use it for a hypothesis or in the packet.")
    return redirect(page, case.key)
