"""The pages of customers and of their environments."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require
from sevline.customers import actions, selectors
from sevline.customers.forms import AccountForm, EnvironmentForm, NewAccountForm
from sevline.customers.models import Account, Environment
from sevline.customers.views.answers import done
from sevline.customers.views.profile import SignedIn, note_read

SWITCHES: Mapping[str, tuple[Callable[..., Any], str]] = {
    "archive": (actions.archive, "Archived."),
    "restore": (actions.restore, "Back in use."),
}


def _require_sight(request: SignedIn) -> None:
    """Whoever may edit customers sees them too, as an administrator does."""
    if not holds(request.user, Right.CUSTOMERS_EDIT):
        require(request.user, Right.CUSTOMERS_VIEW)


@require_GET
def customers(request: SignedIn) -> HttpResponse:
    _require_sight(request)
    words, archived = request.GET.get("q", "").strip(), request.GET.get("archived") == "1"
    page = selectors.directory(request.user, words=words, archived=archived, page=request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": selectors.listed(request.user, page),
        "words": words,
        "archived": archived,
        "may_edit": holds(request.user, Right.CUSTOMERS_EDIT),
    }
    return render(request, "customers/customers.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, Right.CUSTOMERS_EDIT)
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    account = done(form, lambda: actions.add_account(by=request.user, **form.cleaned_data))
    if account is not None:
        messages.success(request, f"{account.name} is added. Now add the environment that its cases are about.")
        return redirect("customers:customer", account.key)
    return render(request, "customers/add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def customer(request: SignedIn, key: str) -> HttpResponse:
    """One customer with its environments; whoever edits customers edits it here."""
    _require_sight(request)
    if request.method == "POST":
        require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    form = AccountForm(request.POST if request.method == "POST" else None, initial=AccountForm.starts_with(account))
    saved = done(form, lambda: actions.edit_account(key, by=request.user, **form.cleaned_data))
    _see(form, _account(request, key).standing)
    if saved is not None:
        messages.success(request, f"{saved.name} is saved.")
        return redirect("customers:customer", key)
    seen = selectors.seen(request.user, _account(request, key))
    note_read(request.user, account, [seen.seats])
    context = {
        "account": seen.row,
        "seats": seen.seats.value,
        "environments": selectors.environments_of(request.user, account),
        "form": form,
        "may_edit": holds(request.user, Right.CUSTOMERS_EDIT),
        "sees_profile": holds(request.user, Right.CUSTOMERS_VIEW),
    }
    return render(request, "customers/customer.html", context, status=422 if form.is_bound else 200)


@require_POST
def switch(request: SignedIn, key: str, verb: str) -> HttpResponse:
    """Archive a customer, or bring it back."""
    require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    _switched(request, verb, account)
    return redirect("customers:customer", account.key)


@require_http_methods(["GET", "POST"])
def add_environment(request: SignedIn, key: str) -> HttpResponse:
    require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    form = EnvironmentForm(request.POST if request.method == "POST" else None, initial={"region": account.region})
    added = done(form, lambda: actions.add_environment(account, by=request.user, **form.given()))
    if added is not None:
        messages.success(request, f"{added} is added.")
        return redirect("customers:customer", account.key)
    context = {"account": account, "form": form}
    return render(request, "customers/environment.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def environment(request: SignedIn, key: str, number: int) -> HttpResponse:
    require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    held = _environment(request, account, number)
    start = EnvironmentForm.starts_with(held)
    form = EnvironmentForm(request.POST if request.method == "POST" else None, initial=start)
    saved = done(form, lambda: actions.edit_environment(number, by=request.user, **form.cleaned_data))
    _see(form, _environment(request, account, number).standing)
    if saved is not None:
        messages.success(request, f"{saved} is saved.")
        return redirect("customers:customer", account.key)
    context = {"account": account, "environment": held, "form": form}
    return render(request, "customers/environment.html", context, status=422 if form.is_bound else 200)


@require_POST
def switch_environment(request: SignedIn, key: str, number: int, verb: str) -> HttpResponse:
    """Archive an environment, or bring it back."""
    require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    _switched(request, verb, _environment(request, account, number))
    return redirect("customers:customer", account.key)


def _switched(request: SignedIn, verb: str, held: Account | Environment) -> None:
    if verb not in SWITCHES:
        raise Http404
    action, said = SWITCHES[verb]
    try:
        action(held, by=request.user)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, said)


def _see(form: Form, standing: str) -> None:
    """After a refusal, which told what the record says now, saving again is an answer to that."""
    if form.is_bound and form.non_field_errors():
        form.data = {**{name: form.data.get(name, "") for name in form.fields}, "seen": standing}


def _account(request: SignedIn, key: str) -> Account:
    return get_object_or_404(Account.objects.visible_to(request.user), key=key)


def _environment(request: SignedIn, account: Account, number: int) -> Environment:
    return get_object_or_404(selectors.environments_of(request.user, account), pk=number)
