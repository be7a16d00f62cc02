"""A refusal is an answer: it is shown as sentences, with the status that says what kind it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.platform.models import Conflict


class RefusalMiddleware:
    """What a view does not answer itself: Forbidden → 403, Conflict → 409, any other Refused → 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        status = 403 if isinstance(error, Forbidden) else 409 if isinstance(error, Conflict) else 422
        template = "web/refused_part.html" if request.headers.get("HX-Request") else "web/refused.html"
        return render(request, template, {"reasons": error.reasons, "status": status}, status=status)
