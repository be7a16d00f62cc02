"""Pages of the signals that Support asks Engineering for."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sevline.catalog.actions import close_signal
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require, who_may
from sevline.diagnosis import selectors
from sevline.people.views.requests import SignedIn


class CloseForm(forms.Form):
    query = forms.CharField(
        label="Query that shows the signal",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What you ran, and where. Without it the request stays open.",
    )


@require_GET
def signals(request: SignedIn) -> HttpResponse:
    """Every request, the one that cost most first."""
    require(request.user, Right.DIAGNOSIS_VIEW)
    return render(request, "diagnosis/signals.html", {"lines": selectors.asked_signals(request.user)})


@require_http_methods(["GET", "POST"])
def signal(request: SignedIn, number: int) -> HttpResponse:
    """One request with its cases; Engineering closes it."""
    require(request.user, Right.ESCALATION_ANSWER if request.method == "POST" else Right.DIAGNOSIS_VIEW)
    line = next((one for one in selectors.asked_signals(request.user) if one.request.pk == number), None)
    if line is None:
        raise Http404
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close_signal(number, by=request.user, query=form.cleaned_data["query"])
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Closed.")
            return redirect("diagnosis:signals")
    may = holds(request.user, Right.ESCALATION_ANSWER) and line.request.closed_at is None
    context = {"line": line, "form": form, "may_close": may, "who_may": who_may(Right.ESCALATION_ANSWER)}
    return render(request, "diagnosis/signal.html", context, status=422 if form.is_bound else 200)
