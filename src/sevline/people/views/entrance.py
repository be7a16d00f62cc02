"""Pages for people who are not signed in: invitation, reset, set-up, forgotten password."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sevline.core.lifecycle import Refused
from sevline.core.rights import Role
from sevline.people import actions, selectors, tasks
from sevline.people.adapter import too_many
from sevline.people.forms import EnterForm, ForgottenForm, SetupForm
from sevline.people.mail import can_mail
from sevline.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Use an invitation (then one is signed in) or a reset link (then one signs in, second factor and all)."""
    link = selectors.link_for(token)
    if link is None:
        return render(request, "people/dead_link.html", {"reason": actions.DEAD_LINK}, status=410)
    invited = link.purpose == actions.INVITE
    form = EnterForm(request.POST or None, person=link.person, asks_name=invited)
    if form.is_valid():
        try:
            person = actions.enter(
                token, password=form.cleaned_data["password"], name=form.cleaned_data.get("name", "")
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            return _let_in(request, person) if invited else _send_to_sign_in(request, person)
    status = 422 if form.is_bound else 200
    return render(request, "people/enter.html", {"form": form, "link": link, "invited": invited}, status=status)


def _let_in(request: HttpRequest, person: Person) -> HttpResponse:
    login(request, person, backend=BACKEND)
    actions.signed_in_by_link(person)
    return redirect("/")


def _send_to_sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    logout(request)
    get_adapter()._delete_login_attempts_cached_email(request, email=person.email)  # noqa: SLF001 - no public way
    messages.success(request, "Your new password is set. Sign in with it.")
    return redirect("account_login")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    if not actions.is_setup_open(token):
        reason = "This set-up link does not work: it has expired, or somebody has used it already."
        return render(request, "people/dead_link.html", {"reason": reason}, status=410)
    form = SetupForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        roles = [Role.LEAD] if given["works_here"] else []
        try:
            person = actions.set_up(
                token, email=given["email"], name=given["name"], password=given["password"], roles=roles
            )
            return _let_in(request, person)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    return render(request, "people/setup.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """With a mail server, the same answer for every address; without one, whom to ask."""
    form = ForgottenForm(request.POST or None)
    if not can_mail() or not form.is_valid():
        return render(request, "people/forgotten.html", {"form": form, "can_mail": can_mail()})
    address = form.cleaned_data["email"].strip().lower()
    if not ratelimit.consume(request, action="reset_password", key=address):
        return too_many(request)
    # A job is queued whoever asked, so that neither the answer nor its time tells who is here.
    tasks.mail_reset_link.enqueue(selectors.id_of(address))
    return render(request, "people/forgotten.html", {"form": form, "can_mail": True, "asked": address})
