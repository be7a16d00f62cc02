"""One upload: what the checks found, its patterns, its files, what was redacted, and how it is removed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from sevline.bench.examination import Missing
from sevline.bench.waiting import parted, topic_of
from sevline.cases.selectors import case_by_key
from sevline.core.checks import every_check
from sevline.core.lifecycle import Refused
from sevline.core.readers.sniff import Kind
from sevline.core.rights import Forbidden, Right, holds, require, who_may
from sevline.core.together import given_already, reading
from sevline.evidence import actions, selectors
from sevline.evidence.forms import RemoveForm, RoleForm
from sevline.evidence.models import PICTURES, Pattern, RedactionRun, Upload, UploadState
from sevline.evidence.selectors import explorer
from sevline.evidence.selectors.drawn import flow
from sevline.evidence.views.explorer import supposing
from sevline.evidence.views.panels import TONES, lists
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn

FIRST_PATTERNS = 40


@require_GET
def listing(request: SignedIn, key: str) -> HttpResponse:
    """Uploads and register of a case; the page asks again while something waits."""
    case = case_by_key(request.user, key)
    require(request.user, Right.EVIDENCE_VIEW)
    if not request.headers.get("HX-Request"):
        return redirect(f"{case.page}/evidence")
    return render(request, "evidence/panels/lists.html", lists(request.user, case))


@require_GET
def upload(request: SignedIn, upload_id: int) -> HttpResponse:
    found = _upload(request.user, upload_id)
    actions.note_viewed(found.pk, by=request.user)
    context = _page(request.user, found) | _drill(request, found)
    part = request.headers.get("HX-Target") == "pattern-lines"
    return render(request, "evidence/upload.html#lines" if part else "evidence/upload.html", context)


def _upload(person: Person, upload_id: int) -> Upload:
    """404 alike for a file that does not exist and one of a case that is not the person's to see."""
    found = selectors.upload(person, upload_id)
    if found is None:
        raise Http404
    require(person, Right.EVIDENCE_VIEW)
    return found


#: Kinds whose calls are drawn by themselves.
CALLED = frozenset({Kind.HAR, Kind.ACCESS_LOG})


def _page(person: Person, found: Upload) -> dict[str, Any]:
    run = last_run(found)
    files = list(found.artifacts.all()) if found.state == UploadState.AVAILABLE else []
    tone, words = TONES[UploadState(found.state)]
    percent, note = selectors.progress([found]).get(found.pk, (0, ""))
    cards = selectors.cards(run, files) if run and files else []
    beside = selectors.gave_beside(person, found)
    return _judged(run, cards, beside) | {
        "upload": found,
        "case": found.case,
        "run": run,
        "files": files,
        "first_file": next((file for file in files if file.sealed_id), None),
        "calls": selectors.calls(files),
        "flows": selectors.sign_in_flows(selectors.said_by(cards), more=selectors.ALONE if beside else "."),
        "drawn": flow(files[0]) if len(files) == 1 and files[0].kind not in CALLED else None,
        **_masked(run),
        "tone": tone,
        "words": words,
        "waits": found.state in selectors.WAITING,
        "percent": percent,
        "note": note or "waiting for a worker",
        "remove_form": RemoveForm(),
        "role_form": RoleForm(initial={"role": found.role, "captured_at": found.captured_at}),
        "may_attach": holds(person, Right.EVIDENCE_ATTACH),
        "pictures": [file for file in found.artifacts.all() if file.kind in PICTURES and file.sealed_id],
        "may_remove": holds(person, Right.EVIDENCE_REMOVE),
        "may_download": holds(person, Right.EVIDENCE_DOWNLOAD),
        "who_may_remove": who_may(Right.EVIDENCE_REMOVE),
    }


def _masked(run: RedactionRun | None) -> dict[str, Any]:
    """How many values were masked, and of each kind, the commonest first."""
    counts = run.counts if run else {}
    return {
        "masked": sum(counts.values()),
        "counts": sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
    }


def _judged(run: RedactionRun | None, cards: Sequence[selectors.FindingCard], beside: frozenset[str]) -> dict[str, Any]:
    """What the checks said, and what those wait for that said nothing, the nearest topics first. What other files of
    the case hold (`beside`, kinds by name) is not missing."""
    told = [card for card in cards if card.state != "NOT_EVALUATED"]
    topics = frozenset(topic_of(card.check_id) for card in told)
    missing = [Missing(**lack) for lack in run.missing] if run else []
    there = given_already(beside, every_check()) if beside else frozenset()
    lacking, waiting = parted((lack for lack in missing if lack.what not in there), topics)
    held = [lack.what for lack in missing if lack.what in there]
    unjudged, elsewhere = _silent(run, cards, there)
    return {
        "cards": [card for card in told if card.state != "PASS"],
        "passed": [card for card in told if card.state == "PASS"],
        "lacking": lacking,
        "waiting": waiting,
        "unjudged": unjudged,
        "beside": held,
        "elsewhere": elsewhere,
    }


def _silent(
    run: RedactionRun | None, cards: Sequence[selectors.FindingCard], there: frozenset[str]
) -> tuple[list[selectors.FindingCard], list[str]]:
    """Checks that could not say anything of the file, and the ids of those that read it beside other files: what they
    miss here is `there`, in another file of the case."""
    silent = [card for card in cards if card.state == "NOT_EVALUATED"]
    answered = {card.check_id for card in silent if card.missing and there.issuperset(card.missing)}
    elsewhere = sorted(answered & reading(run.gave, every_check())) if run else []
    return [card for card in silent if card.check_id not in answered], elsewhere


def last_run(found: Upload) -> RedactionRun | None:
    runs = list(found.runs.all())
    return runs[-1] if runs else None


def _drill(request: SignedIn, found: Upload) -> dict[str, Any]:
    """The patterns with their pictures, and the one that is looked into."""
    known = selectors.patterns(request.user, found)
    shown = list(known[:FIRST_PATTERNS])
    asked = request.GET.get("pattern", "")
    chosen = next((one for one in shown if str(one.pk) == asked), shown[0] if shown else None)
    rate = explorer.rate_figures(request.user, found, last_run(found)) if shown else []
    return {
        "patterns": selectors.pattern_rows(shown),
        "pattern_count": known.count(),
        "picture": selectors.picture_of(rate),
        **supposing(request.user, found),
        "chosen": chosen,
        "chosen_rank": shown.index(chosen) + 1 if chosen else 0,
    }


@require_GET
def report(request: SignedIn, upload_id: int) -> HttpResponse:
    """Everything that reading the upload gave, as JSON; redacted like all that is shown."""
    found = _upload(request.user, upload_id)
    run = last_run(found)
    if run is None or found.state != UploadState.AVAILABLE:
        raise Http404
    patterns = selectors.patterns(request.user, found)
    answer = JsonResponse(told(found, run, list(patterns)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    actions.note_report_taken(found.pk, by=request.user)
    answer["Content-Disposition"] = content_disposition_header(True, f"{found.case.key}-U-{found.number}.json") or ""
    return answer


def told(found: Upload, run: RedactionRun, patterns: list[Pattern]) -> dict[str, Any]:
    """What the report says."""
    fields = ("key", "name", "kind", "mode", "state", "reason", "size", "lines", "sha256")
    return {
        "case": found.case.key,
        "upload": found.number,
        "name": found.name,
        "sha256": found.sha256,
        "artifacts": [{field: getattr(file, field) for field in fields} for file in found.artifacts.all()],
        "redactions": {
            "counts": run.counts,
            "samples": run.samples,
            "not_looked_at": run.not_looked_at,
            "version": run.detector_version,
            "run": run.number,
            "at": run.at,
        },
        "patterns": [
            {
                "artifact": pattern.artifact.key,
                "id": pattern.key,
                "template": pattern.template,
                "count": pattern.count,
                "first": pattern.first_at,
                "last": pattern.last_at,
                "levels": pattern.levels,
            }
            for pattern in patterns
        ],
        "findings": run.findings,
        "missing": run.missing,
    }


@require_http_methods(["GET", "POST"])
def remove(request: SignedIn, upload_id: int) -> HttpResponse:
    """Ask why, then take the upload out; the case's evidence is shown afterwards."""
    found = _upload(request.user, upload_id)
    require(request.user, Right.EVIDENCE_REMOVE)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.remove(found.pk, by=request.user, reason=form.cleaned_data["reason"])
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "The file is removed: its bytes are deleted, its hash and your reason stay.")
            return redirect(f"{found.case.page}/evidence")
    context = {"upload": found, "case": found.case, "form": form}
    return render(request, "evidence/remove.html", context, status=422 if form.is_bound else 200)
