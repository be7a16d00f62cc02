"""One redacted file: its lines, the place that a citation names, the file itself, and new citations."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from sevline.bench.amounts import KIND as AMOUNT
from sevline.core.lifecycle import Refused
from sevline.core.readers.position import Position
from sevline.core.readers.sniff import Kind
from sevline.core.rights import Forbidden, Right, holds, require, who_may
from sevline.evidence import actions, selectors
from sevline.evidence.forms import CiteForm
from sevline.evidence.models import PICTURES, Artifact, UploadState
from sevline.evidence.selectors.cited import LONG_LINE, Cited
from sevline.evidence.selectors.cited import cited as cited_at
from sevline.evidence.selectors.drawn import flow
from sevline.evidence.selectors.lines import Line, with_amounts
from sevline.evidence.selectors.said import place_url
from sevline.evidence.views.asked import line_problem
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn
from sevline.vault import actions as vault

LEAD_IN = 20  # lines shown before the one that is looked for
SANDBOX = "sandbox; default-src 'none'"


@require_GET
def view(request: SignedIn, artifact_id: int) -> HttpResponse:
    """The lines around a locator (`at`), from a line on (`start`), or around a line (`line`)."""
    file = _file(request.user, artifact_id)
    actions.note_viewed(file.upload_id, by=request.user)
    asked = request.GET.get("at", "")
    place = selectors.place_of(file, asked) if asked else _line_asked(request)
    start = _number(request, "start") or max(1, (place.line if place else 1) - LEAD_IN)
    context = _page(request.user, file, start, place)
    lost = bool(asked) and place is None
    first = place.line if place else None
    form = CiteForm(initial={"first": first, "last": _number(request, "last") or first})
    shown = _cited(file, asked, place, context["lines"])
    drawn = None if place or _number(request, "start") else flow(file)
    more = {"asked": asked, "lost": lost, "form": form, "flow": drawn, "cited": shown}
    more["problem"] = line_problem(request.GET.get("line", ""), file.lines)
    return render(request, "evidence/file.html", context | more)


def _cited(file: Artifact, asked: str, place: Position | None, lines: Sequence[Line]) -> Cited | None:
    """What the place leads to, in its parts: for a recorded call always, else where the line is too long to read."""
    if not asked or place is None:
        return None
    there = next((line for line in lines if line.number == place.line), None)
    long = there is not None and len(there.text) + there.left + there.skipped > LONG_LINE
    return cited_at(file, asked) if long or file.kind == Kind.HAR else None


def _file(person: Person, artifact_id: int) -> Artifact:
    file = selectors.artifact(person, artifact_id)
    if file is None:
        raise Http404
    require(person, Right.EVIDENCE_VIEW)
    return file


def _line_asked(request: SignedIn) -> Position | None:
    line = _number(request, "line")
    return Position(line, _number(request, "column") or 1) if line else None


def _number(request: SignedIn, name: str) -> int:
    """A whole number from 1 to a billion out of the address; 0 for anything else."""
    text = request.GET.get(name, "")
    return min(int(text), 10**9) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _page(person: Person, file: Artifact, start: int, place: Position | None) -> dict[str, Any]:
    start = min(start, max(1, file.lines))
    lines = selectors.lines(file, start, around=place) if file.kind not in PICTURES else []
    after = start + selectors.PAGE_LINES
    return {
        "file": file,
        "upload": file.upload,
        "case": file.upload.case,
        "lines": lines,
        "place": place,
        "start": start,
        "end": lines[-1].number if lines else start,
        "before": max(1, start - selectors.PAGE_LINES) if start > 1 else 0,
        "after": after if after <= file.lines else 0,
        "may_cite": holds(person, Right.EVIDENCE_ATTACH),
        "may_download": holds(person, Right.EVIDENCE_DOWNLOAD),
        "may_see_amounts": bool(file.run.counts.get(AMOUNT)) and holds(person, Right.AMOUNTS_VIEW),
        "hides_amounts": who_may(Right.AMOUNTS_VIEW) if file.run.counts.get(AMOUNT) else "",
    }


@never_cache
@sensitive_variables("amounts", "context")
@require_POST
def amounts(request: SignedIn, artifact_id: int) -> HttpResponse:
    """The lines of a billing file with their amounts, in this answer only."""
    file = _file(request.user, artifact_id)
    require(request.user, Right.AMOUNTS_VIEW)
    context = _page(request.user, file, _number(request, "start") or 1, None)
    try:
        context["lines"] = with_amounts(context["lines"], actions.show_amounts(file.pk, by=request.user))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("evidence:file", file.pk)
    more = {"asked": "", "lost": False, "form": CiteForm(), "with_amounts": True, "may_cite": False}
    return render(request, "evidence/file.html", context | more)


@require_GET
def download(request: SignedIn, artifact_id: int) -> StreamingHttpResponse:
    """The redacted bytes as a file to keep: never shown by the browser, whatever they are."""
    file = _file(request.user, artifact_id)
    name, blocks = actions.download(file.pk, by=request.user)
    answer = StreamingHttpResponse(_bytes(blocks), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, f"redacted-{_safe_name(name)}") or "attachment"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
def picture(request: SignedIn, artifact_id: int) -> StreamingHttpResponse:
    """A picture without its hidden data, as the picture format that it was written anew in and as nothing else."""
    shown = selectors.picture(request.user, artifact_id)
    if shown is None:
        raise Http404
    require(
        request.user, Right.EVIDENCE_ATTACH if shown.upload.state == UploadState.UNCONFIRMED else Right.EVIDENCE_VIEW
    )
    actions.note_viewed(shown.upload_id, by=request.user)
    answer = StreamingHttpResponse(_bytes(vault.open_file(shown.sealed_id or 0)), content_type="image/png")
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _bytes(blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield from blocks


def _safe_name(name: str) -> str:
    """The last part of a member's path, without what a file system or a shell takes for more than a letter."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in last)[-120:] or "file"


@require_POST
def cite(request: SignedIn, artifact_id: int) -> HttpResponse:
    """Put a range of lines into the evidence register; the excerpt is read here, not taken from the form."""
    file = _file(request.user, artifact_id)
    require(request.user, Right.EVIDENCE_ATTACH)
    form = CiteForm(request.POST)
    if form.is_valid():
        first, claim = form.cleaned_data["first"], form.cleaned_data["claim"]
        last = form.cleaned_data["last"] or first
        try:
            item = _cite(request.user, file, first, last, claim)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"{item.key} is in the evidence register.")
            return redirect(place_url(file, item.locator))
    context = _page(request.user, file, max(1, (form.cleaned_data.get("first") or 1) - LEAD_IN), None)
    return render(request, "evidence/file.html", context | {"asked": "", "lost": False, "form": form}, status=422)


def _cite(person: Person, file: Artifact, first: int, last: int, claim: str) -> Any:
    if last - first >= actions.EXCERPT_LINES:
        raise Refused(f"A citation holds at most {actions.EXCERPT_LINES} lines; this range has {last - first + 1}.")
    lines = selectors.lines(file, first, last - first + 1)
    if not lines:
        raise Refused(f"The file has {file.lines} lines; line {first} is not among them.")
    excerpt = "\n".join(line.text for line in lines)
    query = f"lines {first} to {lines[-1].number}" if len(lines) > 1 else ""
    return actions.cite(file.pk, f"{first}:1", claim, by=person, excerpt=excerpt, query=query)
