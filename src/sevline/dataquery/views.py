"""The pages of data queries: the list of a case, a reviewed query, one of somebody's own, and an answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.cases import selectors as cases
from sevline.cases.forms import CaseForm
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, require
from sevline.dataquery import actions, forms, selectors
from sevline.dataquery.sources import library
from sevline.governance import selectors as governance
from sevline.people.views.requests import SignedIn


@require_GET
def queries(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    context = {
        "case": case,
        "queries": selectors.queries_for(case),
        "sources": library().source,
        "may_ask": governance.may_ask(request.user, actions.GRANT),
        "who_may_ask": governance.who_may_ask(actions.GRANT),
        "grants": [(grant, selectors.may_run(grant)) for grant in selectors.grants(request.user, case)],
        "runs": selectors.runs(request.user, case),
    }
    return render(request, "dataquery/queries.html", context)


@require_http_methods(["GET", "POST"])
def reviewed(request: SignedIn, key: str, query: str) -> HttpResponse:
    """A reviewed query: its text as it will run, and its parameters."""
    case = _case(request, key)
    if query not in {row.id for row in library().query}:
        raise Http404
    row, admitted = library().prebuilt(query)
    form = forms.ReviewedForm(request.POST if request.method == "POST" else None, person=request.user, case=case,
                              query=row)  # fmt: skip
    context = {"query": row, "sql": admitted.sql, "source": library().find(row.source)}
    return _sent(
        request, case, form, "dataquery/reviewed.html", context,
        lambda given: _page(case, actions.run_prebuilt(case.key, query, given, by=request.user).number),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, key: str) -> HttpResponse:
    case = _case(request, key)
    form = forms.AskForm(request.POST if request.method == "POST" else None, person=request.user, case=case)

    def asked(given: dict[str, Any]) -> str:
        actions.ask_ad_hoc(case.key, by=request.user, **given)
        messages.success(request, "Asked. You are told when somebody has answered.")
        return reverse("dataquery:queries", args=[case.key])

    context = {
        "sources": [(row, library().catalogue(row.key)) for row in library().source],
        "may_ask": governance.may_ask(request.user, actions.GRANT),
        "who_may_ask": governance.who_may_ask(actions.GRANT),
    }
    return _sent(request, case, form, "dataquery/ask.html", context, asked)


@require_POST
def granted(request: SignedIn, key: str, number: int) -> HttpResponse:
    """Run what was granted; a refusal is said on its own page."""
    case = _case(request, key)
    return redirect(_page(case, actions.run_granted(case.key, number, by=request.user).number))


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, key: str, number: int) -> HttpResponse:
    """What a run answered, and the form that keeps it as evidence."""
    case = _case(request, key)
    run = selectors.runs(request.user, case).filter(number=number).first()
    if run is None:
        raise Http404
    rows = [list(zip(run.columns, row, strict=True)) for row in run.rows]
    form = forms.KeepForm(request.POST if request.method == "POST" else None, person=request.user, case=case)

    def kept(given: dict[str, Any]) -> str:
        item = actions.keep_as_evidence(case.key, number, by=request.user, **given)
        messages.success(request, f"Kept as {item.key}.")
        return _page(case, number)

    return _sent(request, case, form, "dataquery/answer.html", {"run": run, "rows": rows}, kept)


def _case(request: SignedIn, key: str) -> Case:
    """404 alike for a number that does not exist and for a case of somebody else."""
    case = cases.case_by_key(request.user, key)
    require(request.user, Right.DATA_QUERY)
    return case


def _page(case: Case, number: int) -> str:
    return reverse("dataquery:answer", args=[case.key, number])


def _sent(
    request: SignedIn, case: Case, form: CaseForm, template: str, context: dict[str, Any],
    act: Callable[[dict[str, Any]], str],
) -> HttpResponse:  # fmt: skip
    """The page with its form, or, when what was sent could be done, the page that follows."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(act(form.given()))
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
                status = 403 if isinstance(refusal, Forbidden) else 422
    return render(request, template, {"case": case, "form": form, **context}, status=status)
