"""The people page: everybody, one person, an invitation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, require
from sevline.people import actions, selectors
from sevline.people.forms import InviteForm, StandingForm
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn


@require_GET
def people(request: SignedIn) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = selectors.everybody(request.user, words=words)
    asked = {"people": found, "words": words, "may_invite": selectors.may_invite(request.user)}
    return render(request, "people/people.html", asked)


@require_http_methods(["GET", "POST"])
def person(request: SignedIn, person_id: int) -> HttpResponse:
    shown = get_object_or_404(selectors.everybody(request.user), pk=person_id)
    if request.method == "GET":
        return _person_page(request, person_id, _standing_form(shown))
    require(request.user, Right.PEOPLE_MANAGE)
    form = StandingForm(request.POST)
    if form.is_valid():
        try:
            actions.assign(shown.pk, by=request.user, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Roles and teams of {shown.name} are saved.")
            return redirect("person", shown.pk)
    return _person_page(request, person_id, form, status=422)


def _standing_form(shown: Person) -> StandingForm:
    teams = [team.key for team in shown.teams.all()]
    return StandingForm(initial={"roles": shown.role_keys, "teams": teams, "seen": actions.standing_of(shown)})


def _person_page(request: SignedIn, person_id: int, form: StandingForm, *, status: int = 200) -> HttpResponse:
    shown = get_object_or_404(selectors.everybody(request.user), pk=person_id)
    asked = {
        "shown": shown,
        "form": form,
        "factors": selectors.second_factors(request.user, shown),
        "has_joined": selectors.has_joined(shown),
        "may_manage": selectors.may_manage(request.user),
        "may_invite": selectors.may_invite(request.user),
    }
    return render(request, "people/person.html", asked, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: SignedIn) -> HttpResponse:
    require(request.user, Right.PEOPLE_INVITE)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            entry = actions.invite(by=request.user, **form.cleaned_data)
            return render(request, "people/entry_link.html", {"entry": entry})
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    return render(request, "people/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def new_link(request: SignedIn, person_id: int) -> HttpResponse:
    shown = get_object_or_404(selectors.everybody(request.user), pk=person_id)
    entry = actions.new_link(shown.pk, by=request.user)
    return render(request, "people/entry_link.html", {"entry": entry})


@require_POST
def switch(request: SignedIn, person_id: int, to: str) -> HttpResponse:
    """Switch somebody off or on, or forget their second factors; what is refused is shown on their page."""
    shown = get_object_or_404(selectors.everybody(request.user), pk=person_id)
    do, done = SWITCHES[to]
    try:
        do(shown.pk, by=request.user)
        messages.success(request, done.format(name=shown.name))
    except Forbidden:
        raise
    except Refused as refusal:
        form = _standing_form(shown)
        return _refused(request, person_id, form, refusal)
    return redirect("person", shown.pk)


def _refused(request: SignedIn, person_id: int, form: StandingForm, refusal: Refused) -> HttpResponse:
    for reason in refusal.reasons:
        messages.error(request, reason)
    return _person_page(request, person_id, form, status=422)


SWITCHES = {
    "off": (actions.deactivate, "{name} is switched off and signed out everywhere."),
    "on": (actions.reactivate, "{name} may sign in again."),
    "forget": (actions.forget_second_factors, "The second factors of {name} are removed."),
}
