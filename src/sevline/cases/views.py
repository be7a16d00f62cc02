"""Pages of cases. A refusal is an answer on the form that was sent; nothing that was typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.cases import actions, forms, selectors
from sevline.cases.forms import CaseForm
from sevline.cases.models import UNKNOWN, Case, Message, MessageKind
from sevline.core.case import not_yet
from sevline.core.comms import Clearance, pieces
from sevline.core.lifecycle import Incomplete, Refused
from sevline.core.rights import Forbidden, Right, holds, require
from sevline.core.severity import rate
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.models import Conflict


@dataclass(frozen=True, slots=True)
class Step:
    """One action as a page: its heading, its form, who may, its button, and what is said when it is done."""

    title: str
    form: Callable[..., CaseForm]
    action: Callable[..., Any]
    right: Right
    button: str
    done: str
    voice: str = ""


STEPS: dict[str, Step] = {
    "note": Step(
        "Internal note", forms.NoteForm, actions.add_note, Right.CASE_NOTE, "Save internal note", "Noted.", "internal"
    ),
    "tell": Step(
        "To the customer",
        forms.TellForm,
        actions.tell_customer,
        Right.CASE_REPLY,
        "Record as told",
        "Recorded.",
        "public",
    ),
    "reply": Step(
        "The customer wrote", forms.ReplyForm, actions.customer_replied, Right.CASE_NOTE, "Record", "Recorded."
    ),
    "take": Step("Take the case", forms.TakeForm, actions.take, Right.CASE_EDIT, "Take", "The case is yours."),
    "next-action": Step(
        "Next action", forms.NextActionForm, actions.set_next_action, Right.CASE_EDIT, "Set", "Next action set."
    ),
    "classify": Step("Type and customer", forms.ClassifyForm, actions.classify, Right.CASE_EDIT, "Save", "Saved."),
    "impact": Step("Impact", forms.ImpactForm, actions.set_impact, Right.CASE_EDIT, "Save impact", "Impact saved."),
    "severity": Step(
        "Severity", forms.SeverityForm, actions.change_severity, Right.SEVERITY_RAISE, "Change", "Severity changed."
    ),
    "wait": Step(
        "Wait for the customer",
        forms.WaitForm,
        actions.wait_for_customer,
        Right.CASE_WAIT,
        "Wait",
        "Waiting for the customer.",
    ),
    "hold": Step("Hold for ourselves", forms.HoldForm, actions.hold_internal, Right.CASE_WAIT, "Hold", "On hold."),
    "vendor": Step(
        "Wait for a vendor", forms.HoldForm, actions.hold_vendor, Right.CASE_WAIT, "Hold", "Waiting for the vendor."
    ),
    "resume": Step("Resume", forms.PlainForm, actions.resume, Right.CASE_WAIT, "Resume", "Work goes on."),
    "resolve": Step("Resolve", forms.ResolveForm, actions.resolve, Right.CASE_RESOLVE, "Resolve", "Resolved."),
    "reopen": Step(
        "Open again", forms.ReopenForm, actions.reopen, Right.CASE_REOPEN, "Open again", "The case is open again."
    ),
    "close": Step("Close for good", forms.PlainForm, actions.close, Right.CASE_CLOSE, "Close", "Closed."),
    "handoff": Step(
        "Hand over",
        forms.HandoffForm,
        actions.offer_handoff,
        Right.CASE_HANDOFF,
        "Offer",
        "Offered; you stay owner until then.",
    ),
    "accept": Step(
        "Accept the case",
        forms.UnversionedForm,
        actions.accept_handoff,
        Right.CASE_HANDOFF,
        "Accept",
        "The case is yours.",
    ),
    "withdraw": Step(
        "End the offer",
        forms.UnversionedForm,
        actions.withdraw_handoff,
        Right.CASE_HANDOFF,
        "End the offer",
        "The offer ended.",
    ),
    "share": Step(
        "Show to a team",
        forms.ShareForm,
        actions.share_with_team,
        Right.CASE_HANDOFF,
        "Show",
        "The team sees the case.",
    ),
    "restrict": Step("Who may see it", forms.RestrictForm, actions.restrict, Right.CASE_EDIT, "Save", "Saved."),
}


MOVE_OF_STEP = {
    "take": "take",
    "wait": "wait_for_customer",
    "hold": "hold_internal",
    "vendor": "hold_vendor",
    "resume": "resume",
    "resolve": "resolve",
    "reopen": "reopen",
    "close": "close",
}


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404  # the middleware sends signed-out people to the sign-in before they get here
    return request.user


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    person, at = _person(request), clock.now()
    require(person, Right.CASE_VIEW)
    given = {name: str(value) for name, value in request.GET.items() if name not in {"view", "after"}}
    counts = selectors.counts(person, at=at)
    view, after = request.GET.get("view") or selectors.first_view(counts), request.GET.get("after", "")
    page = selectors.queue(person, view, at=at, filters=given, after=after)
    context = {"page": page, "counts": counts, "query": urlencode(given), "open": selectors.count_of(counts, "open")}
    return render(request, "cases/queue.html#rows" if request.htmx else "cases/queue.html", context)  # type: ignore[attr-defined]  # django-htmx


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    person, text = _person(request), request.GET.get("q", "")
    require(person, Right.CASE_VIEW)
    found = selectors.find(person, text)
    if len(found) == 1:
        return redirect(found[0].page)
    return render(request, "cases/found.html", {"found": found, "text": text})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    require(person, Right.CASE_OPEN)
    if request.method == "POST" and "read" in request.POST:
        return render(request, "cases/new.html", {"form": _filled(person, request.POST, checked=False), "read": True})
    form = forms.NewCaseForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_bound and not form.is_valid():
        form = _filled(person, request.POST, checked=True)
    elif form.is_valid():
        try:
            case = actions.open_case(by=person, **form.given())
        except Refused as refusal:
            return _refused(request, form, refusal, "cases/new.html", {})
        return redirect(case.page)
    return render(request, "cases/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _filled(person: Person, sent: QueryDict, *, checked: bool) -> forms.NewCaseForm:
    """The form with what its text says in the fields that nobody filled in; `checked` shows also what is wrong."""
    empty = {"", UNKNOWN}
    found = selectors.suggestions(person, sent.get("text", ""), account=sent.get("account", ""))
    taken = {name: said for name, said in found.items() if sent.get(name, "").strip() in empty}
    values = {**sent.dict(), **{name: said.value for name, said in taken.items()}}
    form = forms.NewCaseForm(values if checked else None, person=person)
    form.initial.update({name: value for name, value in values.items() if name in form.fields})
    form.say_where_from(taken)
    form.say_unknown(selectors.unknown_tenants(person, sent.get("text", "")))
    return form


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """The page of one action; its form stands in the workspace too and comes here when it is refused."""
    chosen = STEPS.get(verb)
    if chosen is None:
        raise Http404
    return _act(request, key, verb, chosen, "cases/step.html")


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, key: str, note: int) -> HttpResponse:
    """Make an internal note visible to the customer: its text, to be edited, with what the outbound lint says of it."""
    case = selectors.case_by_key(_person(request), key)
    written = get_object_or_404(Message, case=case, kind=MessageKind.INTERNAL, pk=note)
    chosen = replace(
        STEPS["tell"],
        title="Make the note visible to the customer",
        form=partial(forms.TellForm, note=written),
        action=partial(actions.tell_customer, from_note=written.pk),
        button="Make it visible to the customer",
        done="The customer sees it now. The note itself stays internal.",
    )
    return _act(request, key, "tell", chosen, "cases/step.html")


@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """What the outbound lint says of a text so far; nothing is saved."""
    person = _person(request)
    case = selectors.case_by_key(person, key)
    require(person, Right.CASE_REPLY)
    form = forms.TellForm(request.POST, person=person, case=case)
    form.is_valid()
    return render(request, "cases/lint.html", {"case": case, "seen": True, **_linted(form)})


TRIAGE = Step("Triage", forms.TriageForm, actions.triage, Right.CASE_TRIAGE, "Save the rating", "Rated.")


@require_http_methods(["GET", "POST"])
def triage(request: HttpRequest, key: str) -> HttpResponse:
    return _act(request, key, "triage", TRIAGE, "cases/triage.html")


def _act(request: HttpRequest, key: str, verb: str, chosen: Step, template: str) -> HttpResponse:
    person = _person(request)
    case = selectors.case_by_key(person, key)
    require(person, chosen.right)
    form = chosen.form(request.POST if request.method == "POST" else None, person=person, case=case)
    blocked = not_yet(MOVE_OF_STEP[verb], case.status) if verb in MOVE_OF_STEP else ""
    shown = {"case": case, "form": form, "step": chosen, "verb": verb, "blocked": blocked, **_preview(form)}
    if not form.is_valid():
        return render(request, template, shown, status=422 if form.is_bound else 200)
    if "ask" in request.POST and form.outgoing:
        return _ask_for_wording(request, form, template, shown)
    try:
        chosen.action(case.key, by=person, **form.given())
    except Conflict:
        return _conflict(request, case, form)
    except actions.HeldBack as held:
        marked = _shown_lint(held.clearance, form.given()[form.outgoing])
        form.add_error(None, "The text was not recorded. What keeps it back is marked beside it.")
        return render(request, template, {**shown, **marked}, status=422)
    except Refused as refusal:
        linted = _linted(form) if isinstance(form, forms.TellForm) else {}
        return _refused(request, form, refusal, template, {**shown, **linted})
    messages.success(request, chosen.done)
    if late := selectors.late_promise(case, form.cleaned_data.get("next_update_at"), clock.now()):
        messages.warning(request, late)
    return redirect(case.page)


def _ask_for_wording(request: HttpRequest, form: CaseForm, template: str, shown: dict[str, Any]) -> HttpResponse:
    """Ask somebody else to let the text go as it stands; the answer leads back here, with the approved words."""
    given = form.cleaned_data
    try:
        asked = actions.ask_for_wording(
            form.case.key,
            by=form.person,
            text=given[form.outgoing],
            reason=given["override_reason"],
            next_update_at=given.get("next_update_at"),
        )
    except Refused as refusal:
        linted = _linted(form) if isinstance(form, forms.TellForm) else {}
        return _refused(request, form, refusal, template, {**shown, **linted})
    messages.success(request, "Asked. When it is approved, the text waits for you here and is recorded by your button.")
    return redirect("approval", asked[0].pk)


def _linted(form: forms.TellForm) -> dict[str, Any]:
    """What the outbound lint says of the text that the form holds now."""
    given = form.cleaned_data if form.is_bound else form.initial
    text, reason = str(given.get("text") or ""), str(given.get("override_reason") or "")
    promised = given.get("next_update_at")
    # Before the form is sent nobody has had the chance to fill in the time.
    due = promised or (None if form.is_bound else clock.now())
    clearance = selectors.checked(form.person, form.case, text, next_update_at=due, reason=reason)
    return _shown_lint(clearance, text) | {"late_promise": selectors.late_promise(form.case, promised, clock.now())}


def _shown_lint(clearance: Clearance, text: str) -> dict[str, Any]:
    """What `cases/lint.html` needs."""
    return {"clearance": clearance, "pieces": pieces(text, clearance.remarks)}


def _preview(form: CaseForm) -> dict[str, Any]:
    """The rating that the answers so far would give; of a text to the customer, what the outbound lint says."""
    if isinstance(form, forms.TellForm):
        return {} if form.is_bound else _linted(form)
    if not isinstance(form, forms.TriageForm):
        return {}
    if not form.is_bound:
        start = form.starts_with()
        form = forms.TriageForm(
            {name: value or "" for name, value in start.items()}, person=form.person, case=form.case
        )
    form.is_valid()
    return {"rating": rate(form.answers())}


@require_POST
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What the answers so far would give; nothing is saved."""
    person = _person(request)
    case = selectors.case_by_key(person, key)
    require(person, Right.CASE_TRIAGE)
    form = forms.TriageForm(request.POST, person=person, case=case)
    return render(request, "cases/triage.html#rating", {"case": case, **_preview(form)})


@require_POST
def lower(request: HttpRequest, key: str, approval: int) -> HttpResponse:
    person = _person(request)
    case = selectors.case_by_key(person, key)
    actions.lower_severity(case.key, by=person, approval_id=approval)
    messages.success(request, "The severity was lowered as approved.")
    return redirect(case.page)


def _refused(request: HttpRequest, form: Any, refusal: Refused, template: str, shown: dict[str, Any]) -> HttpResponse:
    if isinstance(refusal, Incomplete) and refusal.by_field.keys() <= form.fields.keys():
        for name, reason in refusal.by_field.items():
            form.add_error(name, reason)
    else:
        form.add_error(None, list(refusal.reasons))
    status = 403 if isinstance(refusal, Forbidden) else 422
    return render(request, template, {**shown, "form": form}, status=status)


def _conflict(request: HttpRequest, seen: Case, form: CaseForm) -> HttpResponse:
    case = selectors.case_by_key(form.person, seen.key)
    last = selectors.last_edit(form.person, case)
    form.case = case
    context = {
        "yours": form.typed(),
        "theirs": form.present(),
        "by": last.actor if last else "somebody else",
        "at": last.at if last else None,
        "back": request.path,
    }
    return render(request, "409.html", context, status=409)


@require_GET
def timeline(request: HttpRequest, key: str) -> HttpResponse:
    """The timeline in place of the one that is shown; opened by itself, the page of the case with that filter."""
    person = _person(request)
    case = selectors.case_by_key(person, key)
    if not request.headers.get("HX-Request"):
        asked = {name: request.GET[name] for name in ("kind", "before") if request.GET.get(name)}
        return redirect(f"{case.page}?{urlencode(asked)}" if asked else case.page)
    return render(request, "cases/panels/timeline.html", timeline_panel(person, case, request.GET))


def timeline_panel(person: Person, case: Case, asked: Mapping[str, str]) -> dict[str, Any]:
    """What `cases/panels/timeline.html` needs; `kind` and `before` of the address say which part of it."""
    group = asked.get("kind", "")
    chosen = group if group in selectors.KINDS else ""
    return {
        "case": case,
        "timeline": selectors.timeline(person, case, group=chosen, before=asked.get("before", "")),
        "kinds": selectors.KINDS,
        "chosen": chosen,
        "may_publish": case.status not in ("closed", "merged") and holds(person, Right.CASE_REPLY),
    }


@require_GET
def clocks(request: HttpRequest, key: str) -> HttpResponse:
    person = _person(request)
    case = selectors.case_by_key(person, key)
    if not request.headers.get("HX-Request"):
        return redirect(case.page)
    # The state stands in the head of the page: another tab that was left open hears of it with the clocks.
    return render(request, "cases/panels/clocks.html", {**clocks_panel(person, case), "by_itself": True})


def clocks_panel(person: Person, case: Case) -> dict[str, Any]:
    """What `cases/panels/clocks.html` needs."""
    return {"case": case, "clocks": selectors.clocks(person, case, at=clock.now())}


def properties_panel(person: Person, case: Case) -> dict[str, Any]:
    """What `cases/panels/properties.html`, `offer.html` and `background.html` need."""
    shown = selectors.properties(person, case, at=clock.now())
    return {
        "case": case,
        "properties": shown,
        "may_end_offer": selectors.may_end_offer(person, case, shown.handoff),
        "found": selectors.found(person, case),
    }


def composer_panel(person: Person, case: Case) -> dict[str, Any]:
    """What `cases/panels/composer.html` needs: both voices, internal first."""
    return {
        "case": case,
        "note_form": forms.NoteForm(person=person, case=case),
        "tell_form": forms.TellForm(person=person, case=case),
        "gap": selectors.needs_explanation(case),
    }
