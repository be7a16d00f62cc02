"""Access to what is confidential of a case's customer: asked for, approved, taken on a Sev1, ended and reviewed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sevline.cases.models import Case
from sevline.cases.selectors import case_by_key, possible_receivers
from sevline.core.access import MINUTES, MOST_MINUTES, is_open
from sevline.core.lifecycle import Refused
from sevline.core.rights import Code, Forbidden, Right, require, strongest
from sevline.governance import actions, selectors
from sevline.governance.actions.access import BREAK_GLASS, GRANT
from sevline.governance.models import AccessGrant
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn
from sevline.platform import clock
from sevline.platform.events import Ref
from sevline.vault import actions as vault


class AccessForm(forms.Form):
    """What has to be read, by whom, why, and for how long."""

    what = forms.CharField(label="What has to be read", max_length=200)
    reason = forms.CharField(label="Why", max_length=500, help_text="Whoever approves reads it.")
    minutes = forms.IntegerField(label="For how many minutes", min_value=1, max_value=MOST_MINUTES, initial=MINUTES)


class AskForm(AccessForm):
    person = forms.ModelChoiceField(Person.objects.none(), label="Who reads it", empty_label=None)

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        super().__init__(data, initial={"person": person, "minutes": MINUTES}, auto_id="ask-%s")
        people = {person.pk, *(one.pk for one in possible_receivers(person, case))}
        self.fields["person"].queryset = Person.objects.filter(pk__in=people)  # type: ignore[attr-defined]  # a ModelChoiceField


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant with its state in words; `left` are the whole minutes that it still runs."""

    grant: AccessGrant
    words: str
    tone: str
    left: int = 0
    may_end: bool = False
    may_review: bool = False


@require_http_methods(["GET", "POST"])
def access(request: SignedIn, key: str) -> HttpResponse:
    """Who has access, and the forms to ask for it."""
    case = _case(request, key)
    form = AskForm(request.POST if request.method == "POST" else None, person=request.user, case=case)

    def ask() -> None:
        person = form.cleaned_data["person"]
        actions.ask_access(_ref(case), _account(case), by=request.user, person=person, **_given(case, form))

    done = "Asked. A support manager or Security answers; you hear of it as a notice."
    return _done(request, case, form, ask, done) or _page(request, case, ask=form)


@require_POST
def glass(request: SignedIn, key: str) -> HttpResponse:
    """Take access at once; only on a Sev1."""
    case = _case(request, key)
    form = AccessForm(request.POST, auto_id="glass-%s")

    def take() -> None:
        severity = case.severity
        actions.break_glass(_ref(case), _account(case), by=request.user, severity=severity, **_given(case, form))

    done = "You have access now. Security and the support manager were told."
    return _done(request, case, form, take, done) or _page(request, case, glass=form)


def _given(case: Case, form: AccessForm) -> dict[str, Any]:
    """What both ways to an access take from their form, redacted."""
    given = form.cleaned_data
    return {
        "what": _redacted(case, given["what"]),
        "reason": _redacted(case, given["reason"]),
        "minutes": given["minutes"],
    }


def _done(request: SignedIn, case: Case, form: AccessForm, act: Callable[[], None], told: str) -> HttpResponse | None:
    """Does it where the form holds, and leads back to the page; a refusal is told in the form."""
    if not form.is_valid():
        return None
    try:
        act()
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return None
    messages.success(request, told)
    return redirect("case_access", case.key)


@require_POST
def revoke(request: SignedIn, key: str, grant: int) -> HttpResponse:
    """End an access before its time."""
    case = _case(request, key)
    actions.revoke_access(_grant(case, grant), by=request.user)
    messages.success(request, "The access has ended.")
    return redirect("case_access", case.key)


@require_POST
def review(request: SignedIn, key: str, grant: int) -> HttpResponse:
    """Say what came of looking at a broken glass."""
    case = _case(request, key)
    actions.review_access(
        _grant(case, grant), by=request.user, finding=_redacted(case, request.POST.get("finding", "")[:2000])
    )
    messages.success(request, "Reviewed.")
    return redirect("case_access", case.key)


def _case(request: SignedIn, key: str) -> Case:
    case = case_by_key(request.user, key)
    require(request.user, Right.APPROVAL_ASK)
    return case


def _ref(case: Case) -> Ref:
    return Ref("case", case.key, case.key)  # approvers outside the team read it, so it carries no title


def _account(case: Case) -> Ref:
    if case.account is None:
        raise Refused("Say first whose case it is: access is to one customer's data.")
    return case.account.ref


def _redacted(case: Case, text: str) -> str:
    return vault.redact(case.key, text.strip()).text


def _grant(case: Case, number: int) -> int:
    if not selectors.grants_of(case.key).filter(pk=number).exists():
        raise Http404
    return number


def _page(
    request: SignedIn, case: Case, *, ask: AskForm | None = None, glass: AccessForm | None = None
) -> HttpResponse:
    now, person = clock.now(), request.user
    bound = ask if ask is not None and ask.is_bound else glass
    context = {
        "case": case,
        "grants": [_row(person, grant, now) for grant in selectors.grants_of(case.key)],
        "ask": ask or AskForm(person=person, case=case),
        "glass": glass or AccessForm(auto_id="glass-%s", initial={"minutes": MINUTES}),
        "may_ask": selectors.may_ask(person, GRANT),
        "not_yours": f"Access is asked for, also on behalf of a colleague, by: {selectors.who_may_ask(GRANT)} (DR-16).",
        "may_break": case.severity == 1 and strongest(person.roles, BREAK_GLASS) is Code.DECIDE,
    }
    return render(request, "web/access.html", context, status=422 if bound is not None else 200)


def _row(person: Person, grant: AccessGrant, now: datetime) -> GrantRow:
    runs = is_open(starts_at=grant.starts_at, ends_at=grant.ends_at, ended_at=grant.ended_at, now=now)
    approver = strongest(person.roles, GRANT) in {Code.APPROVE, Code.DECIDE}
    review = bool(grant.review_by and not grant.reviewed_at and grant.person_id != person.pk and approver)
    if runs and grant.ends_at is not None:
        left = -(-int((grant.ends_at - now).total_seconds()) // 60)
        mine = person.pk in {grant.person_id, grant.asked_by_id} or approver
        return GrantRow(grant, "Running", "ok", left, may_end=mine, may_review=review)
    if grant.starts_at is None and grant.approval is not None:
        state = grant.approval.state
        open_ = state == "pending" and grant.approval.expires_at > now
        return GrantRow(grant, "Waits for approval" if open_ else f"Not given: {state}", "warn" if open_ else "idle")
    return GrantRow(grant, "Over", "idle", may_review=review)
