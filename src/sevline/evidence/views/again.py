"""The case's word list, a look at pictures before a file is shown, and the end of a link."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sevline.cases.models import Case
from sevline.cases.selectors import case_by_key
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, holds, require
from sevline.evidence import actions, selectors
from sevline.evidence.forms import KeepForm, RoleForm, WordForm
from sevline.evidence.models import Upload, UploadLink
from sevline.people.views.requests import SignedIn


@require_http_methods(["GET", "POST"])
def words(request: SignedIn, key: str) -> HttpResponse:
    """Mask a word that was missed, or leave a value alone that is no secret; the files are redacted again."""
    case = case_by_key(request.user, key)
    require(request.user, Right.EVIDENCE_ATTACH)
    keeps = request.method == "POST" and "token" in request.POST
    term = WordForm(request.POST if request.method == "POST" and not keeps else None)
    kept = KeepForm(request.POST if keeps else None, initial={"token": request.GET.get("token", "")})
    chosen = kept if keeps else term
    if chosen.is_bound and chosen.is_valid():
        given = chosen.cleaned_data
        try:
            count = (
                actions.keep_value(case.key, given["token"], by=request.user)
                if keeps
                else actions.add_term(case.key, given["value"], by=request.user, kind=given["kind"])
            )
        except Forbidden:
            raise
        except Refused as refusal:
            chosen.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _told(case, count))
            return redirect(f"{case.page}/evidence")
    context = {"case": case, "form": term, "keep": kept, "may_keep": holds(request.user, Right.EVIDENCE_REMOVE)}
    return render(request, "evidence/words.html", context, status=422 if chosen.is_bound else 200)


def _told(case: Case, count: int) -> str:
    files = "No file has" if count == 0 else "One file has" if count == 1 else f"{count} files have"
    said = (
        f"The word list is changed. {files} to be redacted again and {'is' if count == 1 else 'are'} hidden until then."
    )
    if left := actions.beyond_repeat(case):
        said += f" The originals of {left} are gone, so they stay as they are: remove them if the word stands in them."
    return said


@require_POST
def confirm(request: SignedIn, upload_id: int) -> HttpResponse:
    """Release a file with pictures after a look at them."""
    upload = get_object_or_404(Upload, pk=upload_id, case__in=Case.objects.visible_to(request.user))
    actions.confirm(upload.pk, by=request.user, looked="looked" in request.POST, shows=request.POST.get("shows", ""))
    messages.success(request, "The file is released.")
    return redirect("evidence:upload", upload.pk)


@require_POST
def stop(request: SignedIn, upload_id: int) -> HttpResponse:
    """End the reading of a file."""
    upload = selectors.upload(request.user, upload_id)
    if upload is None:
        raise Http404
    try:
        actions.stop_reading(upload.pk, by=request.user)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "The reading ends within some seconds. What was read is kept, marked as a part.")
    return redirect("evidence:upload", upload.pk)


@require_POST
def revoke(request: SignedIn, link_id: int) -> HttpResponse:
    """End an upload link."""
    link = UploadLink.objects.select_related("case").filter(pk=link_id).first()
    if link is None or not Case.objects.visible_to(request.user).filter(pk=link.case_id).exists():
        raise Http404
    actions.revoke_link(link.pk, by=request.user)
    messages.success(request, "The link has ended. What came by it stays.")
    return redirect(f"{link.case.page}/evidence")


@require_POST
def read_as(request: SignedIn, upload_id: int) -> HttpResponse:
    """Read a file again as what a person says that it is."""
    found = selectors.upload(request.user, upload_id)
    if found is None:
        raise Http404
    require(request.user, Right.EVIDENCE_ATTACH)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(one) for told in form.errors.values() for one in told))
        return redirect("evidence:upload", upload_id)
    given = form.cleaned_data
    try:
        actions.read_as(upload_id, by=request.user, role=given["role"], captured_at=given["captured_at"])
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "It is read again; the checks then judge it anew.")
    return redirect("evidence:upload", upload_id)
