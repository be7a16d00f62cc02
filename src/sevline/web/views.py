"""Pages that belong to no single room: the desk, the search, health, and what is said when something went wrong."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.templatetags.static import static
from django.views.decorators.http import require_GET, require_safe

from sevline.cases import selectors as cases
from sevline.core.rights import Right, holds, require
from sevline.escalations import selectors as escalations
from sevline.people.views.requests import SignedIn
from sevline.platform import clock
from sevline.web import selectors
from sevline.web.context import duties


@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """What needs this person now, and why; engineers see what Support asks of them."""
    person, now = request.user, clock.now()
    if holds(person, Right.ESCALATION_ANSWER) and not holds(person, Right.CASE_OPEN):
        asked = escalations.inbox(person, "mine")[: selectors.MOST_ROWS]
        return render(request, "web/desk_engineering.html", {"asked": asked, "waiting": selectors.waiting(person)})
    context = {
        "focus": selectors.focus(person, at=now),
        "held": selectors.held_count(person),
        "at_risk": selectors.at_risk(person, at=now),
        "waiting": selectors.waiting(person),
        "promises": selectors.promises(person),
        "news": selectors.news(person, since=now - selectors.LOOK_BACK),
        "may_open": holds(person, Right.CASE_OPEN),
        "may_view": holds(person, Right.CASE_VIEW),
        "duties": duties(person),
    }
    return render(request, "web/desk.html", context)


@require_GET
def search(request: SignedIn) -> HttpResponse:
    """The page of the record that is named, or the visible cases that have all of the words."""
    words = request.GET.get("q", "").strip()
    require(request.user, Right.CASE_VIEW)
    if page := selectors.page_of(request.user, words):
        return redirect(page)
    found = cases.find(request.user, words)
    said = cases.excerpts(request.user, found, words)
    rows = [(case, said.get(case.pk)) for case in found]
    return render(request, "web/search.html", {"rows": rows, "most": cases.MOST_FOUND, "search_text": words[:100]})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("sevline/icon.svg"), permanent=True)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.headers.get("HX-Request"):
        reasons = ["This does not exist, or it is not yours to see. Nothing was changed."]
        return render(request, "web/refused_part.html", {"reasons": reasons, "status": 404}, status=404)
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_template("500.html").render(), status=500)
