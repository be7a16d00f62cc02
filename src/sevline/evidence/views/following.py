"""One request followed through the logs of a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sevline.cases.selectors import case_by_key
from sevline.core.rights import Right, require
from sevline.evidence import actions
from sevline.evidence.selectors import following
from sevline.people.views.requests import SignedIn

LONGEST = 200


@require_GET
def follow(request: SignedIn, key: str) -> HttpResponse:
    """The way of the id in the address through the case's services, with a form for another id."""
    case = case_by_key(request.user, key)
    require(request.user, Right.EVIDENCE_VIEW)
    wanted = request.GET.get("id", "").strip()[:LONGEST]
    problem = ""
    if wanted and len(wanted) < following.SHORTEST:
        problem = f"“{wanted}” is too short for an id; give at least {following.SHORTEST} signs."
    found = following.request_view(request.user, case, wanted) if wanted and not problem else None
    for upload_id in found.uploads if found else ():
        actions.note_viewed(upload_id, by=request.user)
    context = {"case": case, "wanted": wanted, "found": found, "problem": problem}
    return render(request, "evidence/request.html", context)
