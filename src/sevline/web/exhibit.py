"""One row of the evidence register: where it comes from, how it was collected, who looked at it, what cites it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sevline.cases.selectors import case_by_key
from sevline.core.rights import Right, require
from sevline.diagnosis.models import Cause, Finding, Link, Reproduction, Workaround
from sevline.evidence import actions as evidence
from sevline.evidence.models import PICTURES, Item, UploadState
from sevline.evidence.selectors import register_row
from sevline.evidence.selectors.lines import beginnings
from sevline.evidence.selectors.said import place_url
from sevline.people.views.requests import SignedIn
from sevline.platform.models import Event

LOOKS = {
    "evidence.viewed": "looked at it",
    "evidence.downloaded": "downloaded it",
    "evidence.revealed": "saw a value",
    "evidence.amounts_shown": "saw its amounts",
}
MOST_LOOKS = 50
FIRST_LINES = 12


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at the file, or took its redacted form out."""

    who: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Cited:
    """Something that rests on this piece of evidence."""

    kind: str
    text: str
    url: str


@require_GET
def exhibit(request: SignedIn, key: str, item: str) -> HttpResponse:
    """E-n of a case, with its versions. Looking at it is kept like looking at the file."""
    case = case_by_key(request.user, key)
    row = register_row(request.user, case, item)
    if row is None:
        raise Http404
    require(request.user, Right.EVIDENCE_VIEW)
    if row.upload_id and row.withdrawn_at is None:
        evidence.note_viewed(row.upload_id, by=request.user)
    return render(request, "web/exhibit.html", {"case": case, **_told(row)})


def _told(row: Item) -> dict[str, Any]:
    newest = row.upload.runs.order_by("-number").first() if row.upload else None
    return {
        "item": row,
        "upload": row.upload,
        "run": newest,
        "masked": sum(newest.counts.values()) if newest else 0,
        **_content(row),
        "url": place_url(row.artifact, row.locator or "1:1") if row.artifact and row.withdrawn_at is None else "",
        "older": row.supersedes,
        "newer": row.superseded_by.order_by("number").first(),
        "looks": _looks(row),
        "cited": _cited(row),
    }


def _content(row: Item) -> dict[str, Any]:
    """What a row without an excerpt shows of its file: the picture, or the first lines."""
    file = row.artifact
    if row.excerpt or file is None or file.sealed_id is None or row.withdrawn_at is not None:
        return {}
    if file.upload.state != UploadState.AVAILABLE:
        return {}
    return {"picture": file} if file.kind in PICTURES else {"lines": beginnings([file], FIRST_LINES).get(file.pk, [])}


def _looks(row: Item) -> list[Look]:
    if row.upload_id is None:
        return []
    seen = Event.objects.filter(subject_kind="upload", subject_key=str(row.upload_id), kind__in=LOOKS)
    return [Look(event.actor_label, LOOKS[event.kind], event.at) for event in seen.order_by("-seq")[:MOST_LOOKS]]


def _cited(row: Item) -> list[Cited]:
    page = f"{row.case.page}/diagnosis"
    found = [
        *(("finding", finding.title) for finding in Finding.objects.filter(item=row)),
        *((f"hypothesis, {link.side}", link.hypothesis.statement) for link in Link.objects.filter(item=row)),
        *(("cause", cause.statement) for cause in Cause.objects.filter(items=row)),
        *(("reproduction", str(one)) for one in Reproduction.objects.filter(items=row)),
        *(("workaround", str(one)) for one in Workaround.objects.filter(items=row)),
    ]
    return [Cited(kind, text, page) for kind, text in found]
