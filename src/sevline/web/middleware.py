"""A refusal is an answer: it is shown as sentences, with the status that says what kind it is."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.people.once import came_from
from sevline.platform.models import Conflict, Event

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen_version", "form_token"})
NUL = "%00"
log = logging.getLogger("sevline.refusals")


class RefusalMiddleware:
    """What a view does not answer itself: Forbidden → 403, Conflict → 409 with both texts, any other Refused → 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL keeps no NUL and no name or number has one, so no page has to think of it.
        if NUL in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            context = {"reasons": ["The address holds a character that no text has (NUL)."], "status": 400, "back": "/"}
            return render(request, "web/refused.html", context, status=400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if isinstance(error, Forbidden) and error.right:
            log.info("%s %s: refused for want of %s", request.method, request.path, error.right)
        if request.headers.get("Accept", "").startswith("application/json"):
            return _as_json(error)
        part = bool(request.headers.get("HX-Request"))
        if isinstance(error, Conflict):
            template = "ui/conflict.html" if part else "409.html"
            return render(request, template, _both_texts(request, error), status=409)
        if isinstance(error, Forbidden):
            template = "web/refused_part.html" if part else "403.html"
            context = {"reason": error.reasons, "reasons": error.reasons, "status": 403}
            return render(request, template, context, status=403)
        template = "web/refused_part.html" if part else "web/refused.html"
        context = {"reasons": error.reasons, "status": 422, "back": came_from(request)}
        return render(request, template, context, status=422)


def _as_json(error: Refused) -> HttpResponse:
    """For programs: the sentences, and the key of the right that was wanting."""
    status = 409 if isinstance(error, Conflict) else 403 if isinstance(error, Forbidden) else 422
    right = error.right if isinstance(error, Forbidden) else None
    return JsonResponse({"reasons": list(error.reasons), "right": right}, status=status)


def _both_texts(request: HttpRequest, error: Conflict) -> dict[str, Any]:
    """What the person typed beside what is saved, field by field, and who saved it."""
    typed = {name: value for name, value in request.POST.items() if name not in NOT_TYPED and value}
    record = error.record
    saved = {name: getattr(record, name) for name in typed if hasattr(record, name)}
    last = _last_event(record)
    return {
        "yours": _lines(typed),
        "theirs": _lines(saved) or "Open the present version to see what is saved now.",
        "by": last.actor_label if last else "somebody else",
        "at": last.at if last else None,
        "back": came_from(request),
    }


def _last_event(record: Any) -> Event | None:
    about = getattr(record, "ref", None)
    if about is None:
        return None
    return Event.objects.filter(subject_kind=about.kind, subject_key=about.key).order_by("-seq").first()


def _lines(values: dict[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in values.items())
