"""Requests of programs: who they are stands in `Authorization: Bearer …`, and in nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from sevline.core.rights import Forbidden, require
from sevline.core.token_scopes import NEEDED, Scope
from sevline.people import actions, selectors

MISSES_A_MINUTE = 20
# One sentence for a token that never was, has ended or was revoked: which of them it is helps only a thief.
DEAD = "This access token does not work: it was never made, has ended or was revoked."
NOT_FOUND = "There is nothing here, or it is not yours to see."
View = Callable[..., HttpResponse]


def by_token(scope: Scope) -> Callable[[View], View]:
    """The view for the person of a token that has this scope; a cookie adds nothing, so there is nothing to forge."""

    def let_in(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            kind, _, secret = request.headers.get("Authorization", "").partition(" ")
            token = selectors.access_token(secret.strip()) if kind.lower() == "bearer" and _may_try(request) else None
            if token is None:
                return _turned_away(request)
            if scope not in token.scopes:
                return told(f"This access token may not do this: it lacks the scope {scope}.", 403)
            request.user = token.person
            actions.note_used(token)
            try:
                require(token.person, NEEDED[scope])
                return view(request, *args, **kwargs)
            except Forbidden as refusal:
                return told(" ".join(refusal.reasons), 403)
            except Http404:
                return told(NOT_FOUND, 404)

        return answer

    return let_in


def told(sentence: str, status: int) -> JsonResponse:
    """A refusal as programs hear it."""
    return JsonResponse({"error": sentence}, status=status)


def _tried(request: HttpRequest) -> str:
    return f"api:missed:{request.META.get('REMOTE_ADDR', '')}"


def _may_try(request: HttpRequest) -> bool:
    return int(cache.get(_tried(request)) or 0) < MISSES_A_MINUTE


def _turned_away(request: HttpRequest) -> HttpResponse:
    key = _tried(request)
    if not cache.add(key, 1, 60):
        try:
            cache.incr(key)
        except ValueError:
            cache.set(key, 1, 60)
    answer = told(DEAD, 401)
    answer["WWW-Authenticate"] = 'Bearer realm="sevline"'
    return answer
