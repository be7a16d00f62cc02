"""Pages about how well a product area can be supported."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sevline.catalog import actions, selectors
from sevline.catalog.forms import SupportabilityForm
from sevline.core.rights import Right, holds, require
from sevline.core.supportability import score
from sevline.people.models import Person


class SignedIn(HttpRequest):
    user: Person


@require_GET
def areas(request: SignedIn) -> HttpResponse:
    """Every product area with its newest score, the lowest first; what nobody scored comes last."""
    require(request.user, Right.DIAGNOSIS_VIEW)
    newest = {row.area_id: row for row in reversed(selectors.scores(request.user))}
    lines = [(area, newest.get(area.pk)) for area in selectors.product_areas(request.user)]
    lines.sort(key=lambda line: line[1].score if line[1] else 101)
    return render(request, "catalog/areas.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def area(request: SignedIn, key: str) -> HttpResponse:
    """The checklist of one area; whoever edits the catalogue fills it in."""
    require(request.user, Right.CATALOG_EDIT if request.method == "POST" else Right.DIAGNOSIS_VIEW)
    shown = get_object_or_404(selectors.product_areas(request.user), key=key)
    last = selectors.scores(request.user).filter(area=shown).first()
    form = SupportabilityForm(
        request.POST if request.method == "POST" else None, initial={"met": last.met if last else []}
    )
    if form.is_valid():
        kept = actions.score_supportability(shown, by=request.user, met=form.cleaned_data["met"])
        messages.success(request, f"{kept.score} of 100.")
        return redirect("supportability_of", shown.key)
    context = {
        "area": shown,
        "form": form,
        "last": last,
        "told": score(last.met) if last else None,
        "may_edit": holds(request.user, Right.CATALOG_EDIT),
    }
    return render(request, "catalog/area.html", context, status=422 if form.is_bound else 200)
