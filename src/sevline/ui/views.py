from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sevline.ui.styleguide import ROLES, SampleForm, pictures
from sevline.ui.wording import CLOCKS, STATES


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in both themes, from invented facts."""
    themes = [
        {
            "name": name,
            "title": name.capitalize(),
            "pictures": pictures(name),
            "form": SampleForm({"summary": "", "team": "", "until": "soon"}, auto_id=f"{name}-%s"),
        }
        for name in ("light", "dark")
    ]
    context = {"themes": themes, "roles": ROLES, "states": list(STATES), "clocks": list(CLOCKS), "levels": (1, 2, 3, 4)}
    return render(request, "ui/styleguide.html", context)
