"""The catalogue of changes for programs: a pipeline posts what it deployed, switched or migrated."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from sevline.catalog import actions
from sevline.core.lifecycle import Refused
from sevline.core.readers.changelist import LARGEST
from sevline.core.rights import Forbidden
from sevline.core.token_scopes import Scope
from sevline.people.models import Person
from sevline.people.views.bearer import by_token, told


@require_POST
@by_token(Scope.CHANGES)
def post(request: HttpRequest) -> HttpResponse:
    """A change or a list of them as the body: JSON, CSV or git tags. What is known already adds nothing."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - `by_token` lets nobody else in
    component = request.GET.get("component", "")[:80]
    try:
        taken = actions.post_changes(request.read(LARGEST + 1), by=person, component=component)
    except Forbidden:
        raise
    except Refused as refusal:
        return told(" ".join(refusal.reasons), 422)
    except OSError:
        return told("The connection broke before the list was here.", 400)
    answer = {"read_as": taken.form, "added": taken.added, "known": taken.known, "problems": list(taken.problems)}
    return JsonResponse(answer, status=201 if taken.added else 200, json_dumps_params={"ensure_ascii": False})
