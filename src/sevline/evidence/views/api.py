"""Evidence for programs: send a file, ask how far it is, fetch what its redaction found. JSON in every answer."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.cases.selectors import case_by_key
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.core.token_scopes import Scope
from sevline.evidence import actions, selectors
from sevline.evidence.models import Sending, Upload, UploadState, Way
from sevline.evidence.views import tus
from sevline.evidence.views.incoming import Incoming, plain_name, read
from sevline.evidence.views.tus import status_of
from sevline.evidence.views.uploads import last_run
from sevline.evidence.views.uploads import told as report_of
from sevline.people.models import Person
from sevline.people.views.bearer import by_token, told

HEARD_OUT = 4  # times the largest file: how much is read and dropped so that the sender hears a refusal
NOT_YET = "The file is not redacted yet. Ask again in a few seconds."


@require_POST
@by_token(Scope.SEND)
def send(request: HttpRequest, key: str) -> HttpResponse:
    """A file into a case: the body is the file, and `name`, `source` and `how` stand in the address; or a form."""
    person, incoming = _person(request), None
    try:
        incoming = read(request)
        return _taken(person, key, incoming)
    except Forbidden:
        raise
    except Refused as refusal:
        return told(" ".join(refusal.reasons), status_of(refusal))
    finally:
        if incoming is not None:
            incoming.discard(HEARD_OUT * settings.OPTIONS.max_file_mb * 2**20)


def _taken(person: Person, key: str, incoming: Incoming) -> HttpResponse:
    case, fields = case_by_key(person, key), incoming.fields
    file = next(incoming.files(), None)
    if file is None:
        raise Refused("There is no file in this request.")
    origin = actions.Origin(fields.get("source", ""), fields.get("how", ""))
    upload = actions.attach(case.key, file.name, file.blocks, by=person, origin=origin, way=Way.API)
    return JsonResponse(_state(upload), status=201)


@require_POST
@by_token(Scope.SEND)
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Start a file that comes in parts, or go on with one that broke off; the answer's `Location` takes the parts."""
    person = _person(request)
    case = case_by_key(person, key)

    def started(name: str, size: int, fingerprint: str, given: dict[str, str]) -> Sending:
        origin = actions.Origin(given.get("source", "")[:120], given.get("how", "")[:200])
        named = plain_name(name)
        return actions.begin(case.key, named, size, by=person, origin=origin, fingerprint=fingerprint, way=Way.API)

    return _for_programs(tus.create(request, started, lambda sending: reverse("api_sending", args=[sending.key])))


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@by_token(Scope.SEND)
def sending(request: HttpRequest, key: str) -> HttpResponse:
    """How far a file is, its next part, or that it is not wanted any more. The last part answers with the upload."""
    found = selectors.sending_of(_person(request), key)
    answer = tus.resume(request, found)
    if found is None or found.upload is None or answer.status_code != tus.TAKEN:
        return _for_programs(answer)
    return _with_headers_of(answer, JsonResponse(_state(found.upload) | {"says": found.says}))


def _for_programs(answer: HttpResponse) -> HttpResponse:
    """A refusal in the form that all answers here have."""
    if answer.status_code < tus.REFUSED:
        return answer
    return _with_headers_of(answer, told(answer.content.decode(), answer.status_code))


def _with_headers_of(answer: HttpResponse, new: JsonResponse) -> JsonResponse:
    for name, value in answer.items():
        if name != "Content-Type":
            new[name] = value
    return new


@require_GET
@by_token(Scope.READ)
def state(request: HttpRequest, upload_id: int) -> HttpResponse:
    return JsonResponse(_state(_upload(request, upload_id)))


@require_GET
@by_token(Scope.READ)
def report(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The redaction report, as the page offers it; 409 while there is none yet."""
    found = _upload(request, upload_id)
    run = last_run(found)
    if run is None or found.state != UploadState.AVAILABLE:
        return told(found.reason or NOT_YET, 409)
    actions.note_viewed(found.pk, by=_person(request))
    patterns = selectors.patterns(_person(request), found)
    return JsonResponse(report_of(found, run, list(patterns)), json_dumps_params={"ensure_ascii": False})


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101 - `by_token` lets nobody else in
    return request.user


def _upload(request: HttpRequest, upload_id: int) -> Upload:
    found = selectors.upload(_person(request), upload_id)
    if found is None:
        raise Http404
    return found


def _state(upload: Upload) -> dict[str, object]:
    return {
        "id": upload.pk,
        "case": upload.case.key,
        "upload": f"U-{upload.number}",
        "name": upload.name,
        "sha256": upload.sha256,
        "size": upload.size,
        "state": upload.state,
        "reason": upload.reason,
        "is_settled": upload.state not in selectors.WAITING,
        "report": reverse("api_report", args=[upload.pk]),
    }
