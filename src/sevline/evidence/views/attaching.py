"""Where files arrive: sent one by one by the page's script, or all at once by an ordinary form.

A file that is sent again is known by its bytes and kept once; no name that the sender gives it stands for them.
"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sevline.cases.models import Case
from sevline.cases.selectors import case_by_key
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, require
from sevline.evidence import actions
from sevline.evidence.forms import UploadForm
from sevline.evidence.models import Upload
from sevline.evidence.views.incoming import BrokenOff, Incoming, read
from sevline.evidence.views.panels import lists
from sevline.people.views.requests import SignedIn
from sevline.vault.actions import TooLarge

HEARD_OUT = 4  # times the largest file: how much is read and dropped so that the sender hears a refusal


@csrf_exempt  # the form's token is checked in `_receive`, when its fields are read and its files are not
@require_http_methods(["GET", "POST"])
def attach(request: SignedIn, key: str) -> HttpResponse:
    """The form, or its files."""
    if request.method == "GET":
        case = case_by_key(request.user, key)
        require(request.user, Right.EVIDENCE_ATTACH)
        return _page(request, case, UploadForm(), 200)
    incoming: Incoming | None = None
    try:
        incoming = read(request)
        request.POST = incoming.fields  # type: ignore[assignment]  # a form is read-only by contract alone
        return _receive(request, key, incoming)
    except Refused as refusal:
        return _refused(request, key, refusal)
    finally:
        if incoming is not None:
            incoming.discard(HEARD_OUT * settings.OPTIONS.max_file_mb * 2**20)


@csrf_protect
def _receive(request: SignedIn, key: str, incoming: Incoming) -> HttpResponse:
    case = case_by_key(request.user, key)
    require(request.user, Right.EVIDENCE_ATTACH)
    form = UploadForm(incoming.fields)
    if not form.is_valid():
        return _page(request, case, form, 422)
    outcomes = list(_keep(request, case, incoming, form))
    kept = [outcome for outcome in outcomes if isinstance(outcome, Upload)]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    if not kept:
        raise refusals[0] if refusals else Refused("Choose a file first.")
    for refusal in refusals:
        messages.error(request, f"One file was not kept. {refusal}")
    return _answer(request, case, len(kept))


def _keep(request: SignedIn, case: Case, incoming: Incoming, form: UploadForm) -> Iterator[Upload | Refused]:
    """Each file, or why it was not kept; what concerns all of them is raised."""
    for file in incoming.files():
        try:
            yield actions.attach(case.key, file.name, file.blocks, by=request.user, origin=form.origin())
        except (BrokenOff, Forbidden):
            raise
        except Refused as refusal:
            yield refusal


def _by_script(request: SignedIn) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _answer(request: SignedIn, case: Case, count: int) -> HttpResponse:
    if _by_script(request):
        return render(request, "evidence/panels/lists.html", lists(request.user, case), status=201)
    words = "The file is here." if count == 1 else f"{count} files are here."
    messages.success(request, f"{words} They are shown once they are redacted.")
    return redirect(f"{case.page}/evidence")


def _refused(request: SignedIn, key: str, refusal: Refused) -> HttpResponse:
    status = 403 if isinstance(refusal, Forbidden) else 413 if isinstance(refusal, TooLarge) else 422
    if isinstance(refusal, BrokenOff):
        status = 400
    if _by_script(request):
        return HttpResponse(" ".join(refusal.reasons), content_type="text/plain; charset=utf-8", status=status)
    if isinstance(refusal, Forbidden):
        raise refusal
    form = UploadForm(request.POST)
    form.add_error(None, list(refusal.reasons))
    return _page(request, case_by_key(request.user, key), form, status)


def _page(request: SignedIn, case: Case, form: UploadForm, status: int) -> HttpResponse:
    context = {"case": case, "form": form, "limit_mb": settings.OPTIONS.max_file_mb}
    return render(request, "evidence/attach.html", context, status=status)
