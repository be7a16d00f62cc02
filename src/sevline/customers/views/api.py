"""Customers for programs: one account as the person of the access token may read it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from sevline.core.token_scopes import Scope
from sevline.customers import actions, selectors
from sevline.customers.views.profile import note_read
from sevline.people.models import Person
from sevline.people.views.bearer import by_token


@require_GET
@by_token(Scope.CUSTOMERS)
def customer(request: HttpRequest, key: str) -> HttpResponse:
    """The account, its environments and surroundings, and who speaks for it; masked as on the pages."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - `by_token` lets nobody else in
    account = get_object_or_404(selectors.accounts(person), key=key)
    dossier = selectors.dossier(person, account)
    actions.note_profile_taken(account, by=person, form="api", rows=len(dossier.told["profile"]))
    note_read(person, account, dossier.shown)
    return JsonResponse(dossier.told, json_dumps_params={"ensure_ascii": False})
