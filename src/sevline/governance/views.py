"""Pages about who decides: approvals, the audit trail, the decision rights."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sevline.core.lifecycle import Refused
from sevline.core.rights import DECISIONS, Forbidden, Right, holds
from sevline.governance import actions, export, selectors
from sevline.governance.forms import AnswerForm, TrailForm
from sevline.governance.models import ApprovalState
from sevline.people.models import Person
from sevline.people.once import every_time


class SignedIn(HttpRequest):
    user: Person


@require_GET
def approvals(request: SignedIn) -> HttpResponse:
    shown = {
        "waiting": selectors.waiting_for(request.user),
        "approvals": selectors.visible_approvals(request.user)[: selectors.PAGE],
    }
    return render(request, "governance/approvals.html", shown)


@require_http_methods(["GET", "POST"])
def approval(request: SignedIn, approval_id: int) -> HttpResponse:
    shown = get_object_or_404(selectors.visible_approvals(request.user), pk=approval_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        approve = request.POST.get("decide") == "approve"
        try:
            answered = actions.answer(shown.pk, by=request.user, approve=approve, answer=form.cleaned_data["answer"])
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            waits = answered.state == ApprovalState.PENDING
            said = "Your approval is kept; somebody else has to approve too." if waits else "Approved."
            messages.success(request, said if approve else "Refused.")
            return redirect("approvals")
    quorum, assents = selectors.assents(shown)
    page = {
        "approval": shown,
        "form": form,
        "may_answer": selectors.may_answer(request.user, shown),
        "quorum": quorum,
        "assents": assents,
    }
    return render(request, "governance/approval.html", page, status=422 if form.is_bound else 200)


@require_GET
def audit(request: SignedIn) -> HttpResponse:
    form = TrailForm(request.GET)
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    page = selectors.trail_page(request.user, form.chosen(), before=number)
    asked = request.GET.copy()
    asked.pop("before", None)
    shown = {"form": form, "page": page, "asked": asked.urlencode(), "is_first": number is None}
    shown["may_export"] = holds(request.user, Right.AUDIT_EXPORT)
    return render(request, "governance/audit.html", shown, status=200 if form.is_valid() else 422)


@every_time
@require_POST
def audit_export(request: SignedIn) -> HttpResponse | StreamingHttpResponse:
    form, kind = TrailForm(request.POST), request.POST.get("form", "csv")
    if not form.is_valid():
        raise Refused(*(str(error) for errors in form.errors.values() for error in errors))
    through = actions.export_trail(form.chosen(), by=request.user, form=kind)
    rows = selectors.trail_rows(request.user, form.chosen(), through=through)
    pieces, sort = (export.as_csv(rows), "text/csv") if kind == "csv" else (export.as_json(rows), "application/json")
    response = StreamingHttpResponse((piece.encode() for piece in pieces), content_type=f"{sort}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{through}.{kind}"'
    return response


@require_GET
def decisions(request: SignedIn) -> HttpResponse:
    shown = {
        "decisions": selectors.decision_lines(request.user),
        "rights": selectors.right_lines(request.user),
        "version": DECISIONS.version,
    }
    return render(request, "governance/decisions.html", shown)
