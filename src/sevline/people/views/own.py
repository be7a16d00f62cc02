"""What everybody has: their notices, and their other sessions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.core.lifecycle import Refused
from sevline.people import actions, selectors
from sevline.people.forms import TokenForm
from sevline.people.views.requests import SignedIn
from sevline.platform import clock

PAGE = 100


@require_GET
def notices(request: SignedIn) -> HttpResponse:
    """The page, or only its list for the bell."""
    part = request.headers.get("HX-Request") == "true"
    shown = selectors.notices(request.user)[: 10 if part else PAGE]
    template = "people/notices.html#list" if part else "people/notices.html"
    return render(request, template, {"notices": shown, "unread_now": selectors.unread_count(request.user)})


@require_POST
def read(request: SignedIn) -> HttpResponse:
    """Mark the named notices, or all of them, as read."""
    named = [int(pk) for pk in request.POST.getlist("notice") if pk.isascii() and pk.isdigit() and len(pk) < 18]
    actions.mark_read(request.user, named or None)
    if request.headers.get("HX-Request") == "true":
        shown = selectors.notices(request.user)[:PAGE]
        return render(request, "people/notices.html#list", {"notices": shown, "unread_now": 0})
    return redirect("notices")


@require_GET
def security(request: SignedIn) -> HttpResponse:
    return render(request, "people/security.html", {"factors": selectors.own_factors(request.user)})


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """The person's access tokens, and a form for one more; a fresh one is shown in the answer and never again."""
    form, told = TokenForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            told = actions.make_token(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            form = TokenForm()
    context = {"form": form, "told": told, "tokens": selectors.own_tokens(request.user), "now": clock.now()}
    status = 200 if told or not form.is_bound else 422
    return render(request, "people/tokens.html", context, status=status)


@require_POST
def revoke_token(request: SignedIn, token_id: int) -> HttpResponse:
    revoked = actions.revoke_token(request.user, token_id)
    messages.success(request, f"{revoked} is revoked. Programs that use it are refused from now on.")
    return redirect("own_tokens")


@require_POST
def sign_out_elsewhere(request: SignedIn) -> HttpResponse:
    ended = actions.sign_out_elsewhere(request.user, keep=request.session.session_key or "")
    messages.success(request, f"{ended} other session{'' if ended == 1 else 's'} ended.")
    return redirect("own_security")
