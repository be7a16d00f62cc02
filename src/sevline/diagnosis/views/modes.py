"""The library of failure modes, as one case meets it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sevline.cases import selectors as cases
from sevline.core.failuremodes import MODES
from sevline.core.rights import Right, holds, require
from sevline.diagnosis import panels
from sevline.diagnosis.views.board import tab
from sevline.people.views.requests import SignedIn


@require_GET
def shelf(request: SignedIn, key: str) -> HttpResponse:
    """All modes with sign and test, those that the case looks like first."""
    case = cases.case_by_key(request.user, key)
    require(request.user, Right.DIAGNOSIS_VIEW)
    likely = panels.modes(panels.finding_cards(request.user, case))
    named = {card.row.key for card in likely}
    context = {
        "case": case,
        "seen": [card for card in likely if card.seen],
        "near": [card for card in likely if not card.seen],
        "others": [row for row in MODES.mode if row.key not in named],
        "may_diagnose": holds(request.user, Right.DIAGNOSIS_EDIT) and case.is_open,
        "version": MODES.version,
        "back": tab(case),
    }
    return render(request, "diagnosis/modes.html", context)
