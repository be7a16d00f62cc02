"""The page of what is known of a customer's surroundings."""

import csv
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.core.field_classes import Shown
from sevline.core.rights import Right, holds, require
from sevline.customers import actions, selectors
from sevline.customers.forms import AuthorityForm, FactForm
from sevline.customers.models import Account
from sevline.customers.views.answers import done, told
from sevline.governance import actions as governance
from sevline.governance.export import guarded
from sevline.governance.selectors import running_grant
from sevline.people.models import Person
from sevline.platform import clock

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class SignedIn(HttpRequest):
    user: Person


@require_http_methods(["GET", "POST"])
def profile(request: SignedIn, key: str) -> HttpResponse:
    """The profile of now, or as it was at `?at=`; whoever edits customers adds facts to that of now."""
    require(request.user, Right.CUSTOMERS_VIEW)
    if request.method == "POST":
        require(request.user, Right.CUSTOMERS_EDIT)
    account, form = _account(request, key), FactForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: actions.add_profile_fact(account, by=request.user, **form.cleaned_data)) is not None:
        messages.success(request, "Fact kept.")
        return redirect("customers:profile", account.key)
    then = _moment(request.GET.get("at", ""))
    facts = selectors.profile(request.user, account, at=then or clock.now())
    note_read(request.user, account, [fact.value for fact in facts])
    context = {
        "account": account,
        "facts": facts,
        "hidden": sum(fact.value.hidden for fact in facts),
        "then": then,
        "form": form,
        "may_edit": holds(request.user, Right.CUSTOMERS_EDIT) and then is None,
    }
    return render(request, "customers/profile.html", context, status=422 if form.is_bound else 200)


def note_read(person: Person, account: Account, fields: Iterable[Shown]) -> None:
    """Keep that somebody read under a grant what they could not read without it."""
    opened = sum(field.granted for field in fields)
    grant = running_grant(person, account.key, at=clock.now()) if opened else None
    if grant is not None:
        governance.note_used(grant, by=person, fields=opened)


@require_GET
def export(request: SignedIn, key: str, kind: str) -> HttpResponse:
    """What is known now, as a file; masked for this person as the page is."""
    require(request.user, Right.CUSTOMERS_VIEW)
    account = _account(request, key)
    facts = selectors.profile(request.user, account, at=clock.now())
    rows = selectors.profile_rows(facts)
    actions.note_profile_taken(account, by=request.user, form=kind, rows=len(rows))
    note_read(request.user, account, [fact.value for fact in facts])
    answer = HttpResponse(_written(rows, kind), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{account.key}-profile.{kind}"'
    return answer


def _written(rows: list[dict[str, str]], kind: str) -> str:
    if kind == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(selectors.COLUMNS)
    writer.writerows([guarded(value) for value in row.values()] for row in rows)
    return text.getvalue()


@require_POST
def verify(request: SignedIn, key: str, number: int) -> HttpResponse:
    """The fact still holds, by the source given."""
    require(request.user, Right.CUSTOMERS_VIEW)
    require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    told(
        request,
        lambda: actions.verify_profile_fact(account, number, by=request.user, source=request.POST.get("source", "")),
        "Verified.",
    )
    return redirect("customers:profile", account.key)


@require_POST
def end(request: SignedIn, key: str, number: int) -> HttpResponse:
    """The fact does not hold any more."""
    require(request.user, Right.CUSTOMERS_VIEW)
    require(request.user, Right.CUSTOMERS_EDIT)
    account = _account(request, key)
    told(request, lambda: actions.end_profile_fact(account, number, by=request.user), "Ended.")
    return redirect("customers:profile", account.key)


@require_http_methods(["GET", "POST"])
def authority(request: SignedIn, key: str) -> HttpResponse:
    """In whose name the account's contacts speak; whoever edits customers records and renews it."""
    require(request.user, Right.CUSTOMERS_VIEW)
    if request.method == "POST":
        require(request.user, Right.CUSTOMERS_EDIT)
    account, form = _account(request, key), AuthorityForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: actions.record_authority(account, by=request.user, **form.cleaned_data)) is not None:
        messages.success(request, "Authority kept.")
        return redirect("customers:authority", account.key)
    contacts = selectors.authorities(request.user, account, at=clock.now())
    note_read(request.user, account, [contact.verified_how for contact in contacts])
    context = {
        "account": account,
        "contacts": contacts,
        "form": form,
        "may_edit": holds(request.user, Right.CUSTOMERS_EDIT),
    }
    return render(request, "customers/authority.html", context, status=422 if form.is_bound else 200)


@require_POST
def check_authority(request: SignedIn, key: str, number: int) -> HttpResponse:
    """Whether the contact may have this step taken; the answer is kept."""
    require(request.user, Right.CUSTOMERS_VIEW)
    account = _account(request, key)
    told(
        request,
        lambda: actions.check_authority(account, number, by=request.user, step=request.POST.get("step", "")),
        "The contact may ask for this. The check is kept in the trail.",
    )
    return redirect("customers:authority", account.key)


def _account(request: SignedIn, key: str) -> Account:
    return get_object_or_404(selectors.accounts(request.user), key=key)


def _moment(text: str) -> datetime | None:
    """The moment of `?at=`, in UTC where it names no zone; what cannot be read means now."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
