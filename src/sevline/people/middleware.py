"""Everything is for signed-in people, except a short list of paths."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

OPEN_PATHS = ("/accounts/", "/static/", "/healthz", "/enter/", "/setup/", "/send/", "/api/", "/favicon.ico")


# Where the sign-in library writes a password or a second factor and then says so: both are one transaction here.
# Signing in itself is left out, for hashing a password would hold SQLite's one write lock for everybody else.
ONE_TRANSACTION = (
    "/accounts/password/change/",
    "/accounts/2fa/totp/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/keys/",
)


class OneTransactionMiddleware:
    """A change of somebody's password or second factors is committed with the event that records it, or not at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"} or not request.path.startswith(ONE_TRANSACTION):
            return self.get_response(request)
        with transaction.atomic():
            answer = self.get_response(request)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
            return answer


class SignedInMiddleware:
    """Deny by default: a page is sent to sign-in; a form or a fragment is answered 401, so that its text is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        here = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
        sign_in = f"{reverse('account_login')}?{urlencode({'next': here})}"
        if request.method == "GET" and not request.headers.get("HX-Request"):
            return HttpResponseRedirect(sign_in)
        return render(request, "people/signed_out.html", {"sign_in": sign_in}, status=401)
