"""The catalogue of changes: listed, entered, imported, withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sevline.catalog import actions, selectors
from sevline.catalog.forms import ChangeForm, ImportForm
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.core.readers.changelist import LARGEST
from sevline.core.rights import Forbidden, Right, holds, require, who_may
from sevline.people.views.requests import SignedIn

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def changes(request: SignedIn) -> HttpResponse:
    """The list, and a form that enters one."""
    require(request.user, Right.CATALOG_EDIT if holds(request.user, Right.CATALOG_EDIT) else Right.CASE_VIEW)
    offered = {name: request.GET[name][:200] for name in ChangeForm.base_fields if name in request.GET}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=offered)
    if request.method == "POST":
        require(request.user, Right.CATALOG_EDIT)
        if form.is_valid():
            try:
                _record(request, form)
            except Forbidden:
                raise
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
            else:
                messages.success(request, "The change is in the list.")
                return redirect("changes")
    return _page(request, form, ImportForm())


def _record(request: SignedIn, form: ChangeForm) -> None:
    given = form.cleaned_data
    kind = ChangeKind(given["kind"])
    actions.record_change(
        by=request.user, kind=kind, title=given["title"], at=given["at"], components=form.names()
    )  # fmt: skip


@require_POST
def import_list(request: SignedIn) -> HttpResponse:
    """Take in a file; rows that could not be read are named."""
    require(request.user, Right.CATALOG_EDIT)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            data = form.cleaned_data["file"].read(LARGEST + 1)
            told = actions.import_changes(data, by=request.user, component=form.cleaned_data["component"])
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, imported_sentence(told))
            return redirect("changes")
    return _page(request, ChangeForm(), form)


def imported_sentence(told: actions.Imported) -> str:
    rows = len(told.problems)
    parts = [f"{told.added:,} {'change is' if told.added == 1 else 'changes are'} new"]
    if told.known:
        parts.append(f"{told.known:,} {'was' if told.known == 1 else 'were'} in the list already")
    if rows:
        parts.append(f"{rows:,} {'row' if rows == 1 else 'rows'} could not be read, such as: {told.problems[0]}")
    return "; ".join(parts) + ("" if told.problems else ".")


@require_POST
def withdraw(request: SignedIn, change_id: int) -> HttpResponse:
    require(request.user, Right.CATALOG_EDIT)
    try:
        actions.withdraw_change(change_id, by=request.user)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "The change is taken out of every list.")
    return redirect("changes")


def _page(request: SignedIn, form: ChangeForm, import_form: ImportForm) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(ChangeKind) else ""
    page = Paginator(selectors.changes(request.user, kind=kind), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "kinds": [(known.value, known.value.capitalize()) for known in ChangeKind],
        "kind": kind,
        "form": form,
        "import_form": import_form,
        "may_edit": holds(request.user, Right.CATALOG_EDIT),
        "who_may_edit": who_may(Right.CATALOG_EDIT),
    }
    refused = form.errors if form.is_bound else import_form.errors if import_form.is_bound else {}
    return render(request, "catalog/changes.html", context, status=422 if refused else 200)
