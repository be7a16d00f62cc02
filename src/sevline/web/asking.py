"""One request to the customer for everything that is missing, and what a person says about one item."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sevline.cases.actions import HeldBack
from sevline.cases.models import Case
from sevline.cases.selectors import case_by_key
from sevline.core.checklist import Checklist, ItemState, asks_of
from sevline.core.lifecycle import Refused
from sevline.core.requesting import PLEAS, narrowed, plea_of
from sevline.core.rights import Forbidden, Right, require
from sevline.diagnosis import selectors as diagnoses
from sevline.evidence import actions as evidence
from sevline.evidence import selectors
from sevline.evidence.selectors.promising import promise_of
from sevline.people.views.requests import SignedIn
from sevline.platform import clock
from sevline.ui.moments import UtcField
from sevline.web import checklist

HOURS_GIVEN = 24


class AskForm(forms.Form):
    """What is asked for, and by when (UTC)."""

    items = forms.MultipleChoiceField(
        label="What to ask for",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    due = UtcField(
        label="By when we need it (UTC)",
        help_text="The message says it. It moves no clock.",
    )
    next_update_at = UtcField(
        label="Next update to the customer by (UTC)",
        required=False,
        help_text=(
            "The one promise: the message says it, and the clock of the case runs to it. A time behind that clock is "
            "refused."
        ),
    )
    meanwhile = forms.CharField(
        label="What they can do meanwhile",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The message says it. It begins with the workaround of the case; write it for the customer.",
    )
    override_reason = forms.CharField(
        label="Why it goes out as it is",
        max_length=300,
        required=False,
        help_text="Only where the check objects to something that may go out with a reason. It stays in the record.",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = choices


class ItemForm(forms.Form):
    state = forms.ChoiceField(
        label="What is true of it",
        choices=[
            (ItemState.PROVIDED.value, "It is here"),
            (ItemState.NOT_APPLICABLE.value, "It does not apply"),
            (ItemState.CANNOT_GET.value, "It cannot be had"),
            (ItemState.DEFERRED.value, "It follows later"),
            (ItemState.MISSING.value, "It is missing after all"),
        ],
    )
    reason = forms.CharField(
        label="Why", max_length=300, required=False, help_text="Needed where it does not apply or cannot be had."
    )
    no_signal = forms.BooleanField(label="Nothing records it: this is a gap in our telemetry", required=False)


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, key: str) -> HttpResponse:
    """Choose what is asked for; the answer shows the message with its link, which is told this once."""
    case = case_by_key(request.user, key)
    require(request.user, Right.CASE_REPLY)
    measured = checklist.of_case(case)
    form = _form(request, case, measured)
    context = {
        "case": case,
        "form": form,
        "checklist": measured,
        "requests": selectors.requests(request.user, case),
        "links": selectors.links(request.user, case),
        "rounds": checklist.rounds_of(case),
        "days": settings.OPTIONS.upload_link_days,
    }
    if form.is_valid():
        given = form.cleaned_data
        due: datetime = given["due"]
        there = {item.key for item in measured.items if item.done} if measured else set()
        try:
            asked = evidence.ask_customer(
                case.key,
                by=request.user,
                items=given["items"],
                there=there,
                due=due.astimezone(UTC),
                next_update_at=given["next_update_at"],
                meanwhile=given["meanwhile"],
                override_reason=given["override_reason"],
            )
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            context["takes_reason"] = isinstance(refusal, HeldBack) and bool(refusal.clearance.takes_reason)
        else:
            return render(request, "web/asked.html", context | {"asked": asked})
    return render(request, "web/ask.html", context, status=422 if form.is_bound else 200)


def _form(request: SignedIn, case: Case, measured: Checklist | None) -> AskForm:
    """Everything that is needed and not there is chosen; what may follow later or is optional can be."""
    keys = _askable(case, measured)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        # What is there already stays a valid answer, so that asking for it again is refused with its own sentence.
        keys += [key for key in sent.getlist("items") if key in PLEAS.item and key not in keys]
    chosen = [item.key for item in measured.missing] if measured else []
    now = clock.now()
    first = {
        "items": chosen,
        "due": now + timedelta(hours=HOURS_GIVEN),
        "next_update_at": promise_of(case, now),
        "meanwhile": diagnoses.workaround_in_use(request.user, case),
    }
    narrow = narrowed(knows_tenant=case.environment_id is not None)
    choices = [(key, plea_of(key, narrow).asks) for key in keys]
    return AskForm(sent, choices=choices, initial=first)


def _askable(case: Case, measured: Checklist | None) -> list[str]:
    if measured is None:
        return [ask.key for ask in asks_of(case.issue_type)]
    return [item.key for item in measured.items if not item.done]


@require_http_methods(["GET", "POST"])
def item(request: SignedIn, key: str, item: str) -> HttpResponse:
    """Say that an item is there, does not apply, cannot be had or comes later."""
    case = case_by_key(request.user, key)
    require(request.user, Right.CASE_EDIT)
    asks = {ask.key: ask.asks for ask in asks_of(case.issue_type)}
    if item not in asks:
        raise Http404
    form = ItemForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            evidence.answer_item(
                case.key,
                item,
                by=request.user,
                state=ItemState(given["state"]),
                reason=given["reason"],
                no_signal=given["no_signal"],
            )
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "The checklist is brought up to date.")
            return redirect(f"{case.page}/evidence")
    context = {"case": case, "form": form, "asks": asks[item]}
    return render(request, "web/item.html", context, status=422 if form.is_bound else 200)
