"""Pages of escalations. A refusal is an answer on the form that was sent; nothing that was typed is lost."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.cases import selectors as cases
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require
from sevline.escalations import actions, panels, selectors
from sevline.escalations.forms import PacketForm, StepForm
from sevline.escalations.models import Escalation
from sevline.escalations.steps import STEPS, Step
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn
from sevline.platform.models import Conflict

TYPES = {"md": ("markdown", "text/markdown; charset=utf-8"), "json": ("json", "application/json")}


def _shown(person: Person, key: str) -> Escalation:
    """404 alike for a number that does not exist and for an escalation of a case that is somebody else's."""
    require(person, Right.PACKET_VIEW)
    found = selectors.by_key(person, key)
    if found is None:
        raise Http404
    return found


@require_GET
def inbox(request: SignedIn) -> HttpResponse:
    require(request.user, Right.PACKET_VIEW)
    context = panels.inbox(request.user, request.GET.get("show", ""), request.GET.get("at", ""))
    return render(request, "escalations/inbox.html", context)


@require_POST
def start(request: SignedIn, key: str) -> HttpResponse:
    case = cases.case_by_key(request.user, key)
    return redirect(actions.draft(case.key, by=request.user).page)


@require_GET
def packet(request: SignedIn, key: str) -> HttpResponse:
    shown = _shown(request.user, key)
    return render(request, "escalations/packet.html", panels.packet_page(request.user, shown, _version(request)))


def _version(request: SignedIn) -> int | None:
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None


@require_POST
def edit(request: SignedIn, key: str) -> HttpResponse:
    """Save what was written; what cannot be kept is refused at its field and keeps nothing else back.

    In place, the gate and the texts are answered; by an ordinary form, the page.
    """
    shown = _shown(request.user, key)
    require(request.user, Right.PACKET_EDIT)
    form = PacketForm(request.POST, escalation=shown, may_accept=holds(request.user, Right.PACKET_OVERRIDE))
    refused = not form.is_valid()
    given = form.given()
    try:
        if refused and not any(value for name, value in given.items() if name != "seen_version"):
            shown.check_seen(given["seen_version"])
        else:
            actions.edit(shown.key, by=request.user, **given)
    except Conflict:
        return _conflict(request, shown, form)
    except Refused as refusal:
        return _unsaved(request, shown, form, list(refusal.reasons), 403 if isinstance(refusal, Forbidden) else 422)
    return _partly_saved(request, key, form) if refused else _saved(request, key)


def _partly_saved(request: SignedIn, key: str, form: PacketForm) -> HttpResponse:
    template = "escalations/saved.html" if request.headers.get("HX-Request") else "escalations/packet.html"
    context = panels.packet_page(request.user, _shown(request.user, key), form=form)
    return render(request, template, context, status=422)


def _saved(request: SignedIn, key: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.success(request, "Saved.")
        return redirect("escalations:packet", key)
    return render(request, "escalations/saved.html", panels.packet_page(request.user, _shown(request.user, key)))


def _unsaved(request: SignedIn, shown: Escalation, form: PacketForm, reasons: list[str], status: int) -> HttpResponse:
    template = "escalations/problems.html" if request.headers.get("HX-Request") else "escalations/packet.html"
    context = {**panels.packet_page(request.user, shown, form=form), "reasons": reasons}
    return _beside_the_form(request, render(request, template, context, status=status))


def _conflict(request: SignedIn, shown: Escalation, form: PacketForm) -> HttpResponse:
    """Both texts; nothing is overwritten."""
    last = selectors.last_edit(shown)
    both = {"yours": form.typed(), "theirs": form.present(), "back": shown.page, **last}
    template = "ui/conflict.html" if request.headers.get("HX-Request") else "409.html"
    return _beside_the_form(request, render(request, template, both, status=409))


def _beside_the_form(request: SignedIn, answer: HttpResponse) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer["HX-Retarget"], answer["HX-Reswap"] = "#packet-problems", "innerHTML"
    return answer


@require_http_methods(["GET", "POST"])
def step(request: SignedIn, key: str, verb: str) -> HttpResponse:
    """One answer: its form stands in a dialog and comes here, where it is shown again if it is refused."""
    shown, chosen = _shown(request.user, key), STEPS.get(verb)
    if chosen is None:
        raise Http404
    require(request.user, chosen.right)
    if chosen.right is Right.ESCALATION_ANSWER and not selectors.may_answer(request.user, shown):
        raise Forbidden(selectors.is_with(shown))
    form = chosen.form(request.POST if request.method == "POST" else None, escalation=shown)
    if not form.is_valid():
        return _step_page(request, shown, chosen, form, 422 if form.is_bound else 200)
    try:
        chosen.action(shown.key, by=request.user, **form.given())
    except (Forbidden, Conflict):
        raise
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return _step_page(request, shown, chosen, form, 422)
    messages.success(request, chosen.done)
    return redirect(shown.page)


def _step_page(request: SignedIn, shown: Escalation, chosen: Step, form: StepForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {"escalation": shown, "step": chosen, "form": form}
    return render(request, "escalations/step.html", context, status=status)


@require_GET
def export(request: SignedIn, key: str, kind: str) -> HttpResponse:
    """The packet as a file: the version asked for, else what the page shows."""
    require(request.user, Right.PACKET_EXPORT)
    shown = _shown(request.user, key)
    context = panels.packet_page(request.user, shown, _version(request))
    name, content_type = TYPES[kind]
    number = context["chosen"].number if context["chosen"] else 0
    actions.note_export(shown, by=request.user, form=kind, version=number)
    version = f"-v{number}" if number else "-draft"
    headers = {"Content-Disposition": f'attachment; filename="{shown.key}{version}.{kind}"'}
    return HttpResponse(context[name], content_type=content_type, headers=headers)
