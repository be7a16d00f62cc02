"""Files that a signed-in person sends part by part from the case's page."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sevline.cases.selectors import case_by_key
from sevline.core.rights import Right, require
from sevline.evidence import actions, selectors
from sevline.evidence.forms import UploadForm
from sevline.evidence.models import Sending
from sevline.evidence.views import tus
from sevline.evidence.views.incoming import plain_name
from sevline.people.views.requests import SignedIn


@require_POST
def begin(request: SignedIn, key: str) -> HttpResponse:
    """Start a file, or go on with one that broke off."""
    case = case_by_key(request.user, key)
    require(request.user, Right.EVIDENCE_ATTACH)

    def started(name: str, size: int, fingerprint: str, given: dict[str, str]) -> Sending:
        # What makes no sense in a form field is left out: the file is worth more than its label.
        form = UploadForm({name: given.get(name, "") for name in UploadForm.base_fields})
        origin = form.origin() if form.is_valid() else actions.Origin(given.get("source", ""), given.get("how", ""))
        return actions.begin(case.key, plain_name(name), size, by=request.user, origin=origin, fingerprint=fingerprint)

    return tus.create(request, started, lambda sending: reverse("evidence:sending", args=[sending.key]))


@never_cache
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def sending(request: SignedIn, key: str) -> HttpResponse:
    require(request.user, Right.EVIDENCE_ATTACH)
    return tus.resume(request, selectors.sending_of(request.user, key))
