"""Asking to see what a token stands for, and seeing it once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from sevline.cases.selectors import case_by_key
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, require
from sevline.evidence import actions, selectors
from sevline.evidence.actions.reveal import DECISION
from sevline.evidence.forms import RevealForm
from sevline.governance import selectors as governance
from sevline.people.views.requests import SignedIn


@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, key: str) -> HttpResponse:
    """Ask somebody else to approve one look behind one token."""
    case = case_by_key(request.user, key)
    require(request.user, Right.APPROVAL_ASK)
    sent = request.method == "POST"
    form = RevealForm(request.POST if sent else None, initial={"token": request.GET.get("token", ""), "minutes": 60})
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.ask_to_reveal(
                case.key, given["token"], by=request.user, reason=given["reason"], minutes=given["minutes"]
            )
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(
                request, "Your request is with a manager and Security. You hear of the answer as a notice."
            )
            return redirect("evidence:shown", made.pk)
    may = {"may_ask": governance.may_ask(request.user, DECISION), "who_may_ask": governance.who_may_ask(DECISION)}
    context = {"case": case, "form": form} | may
    return render(request, "evidence/reveal.html", context, status=422 if form.is_bound else 200)


@never_cache
@sensitive_variables("value")
@require_http_methods(["GET", "POST"])
def show(request: SignedIn, reveal_id: int) -> HttpResponse:
    """The state of the request; pressing the button shows the value, in this answer and never again."""
    wanted = selectors.reveal(request.user, reveal_id)
    if wanted is None:
        raise Http404
    require(request.user, Right.APPROVAL_ASK)
    context = {"wanted": wanted, "case": wanted.case, "lacks": selectors.lacks(wanted), "reasons": ()}
    context["pending"] = selectors.is_pending(wanted)
    if request.method == "GET":
        return render(request, "evidence/shown.html", context)
    try:
        value = actions.reveal(wanted.pk, by=request.user)
    except Forbidden:
        raise
    except Refused as refusal:
        return render(request, "evidence/shown.html", context | {"reasons": refusal.reasons}, status=422)
    return render(request, "evidence/shown.html", context | {"value": value})
