"""The page on which a legal hold of a case is set and lifted."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sevline.cases.selectors import case_by_key
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, require
from sevline.governance import actions, selectors
from sevline.people.views.requests import SignedIn
from sevline.vault import actions as vault


class HoldForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=500, help_text="It stays with the case and in the audit trail.")


@require_http_methods(["GET", "POST"])
def hold(request: SignedIn, key: str) -> HttpResponse:
    """Set the hold, or lift the one that stands."""
    case = case_by_key(request.user, key)
    require(request.user, Right.APPROVAL_ANSWER)
    stands = selectors.hold_of(case.key)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = vault.redact(case.key, form.cleaned_data["reason"].strip()).text
        try:
            (actions.lift_hold if stands else actions.set_hold)(case.ref, by=request.user, reason=reason)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "The hold is lifted." if stands else "The case is on hold.")
            return redirect(f"{case.page}/evidence")
    context = {
        "case": case,
        "hold": stands,
        "form": form,
        "may_hold": selectors.may_hold(request.user),
        "who": f"A legal hold is set and lifted by: {selectors.approving_titles(selectors.RETENTION)} (DR-26).",
    }
    return render(request, "web/hold.html", context, status=422 if form.is_bound else 200)
