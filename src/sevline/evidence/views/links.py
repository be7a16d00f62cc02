"""The page of a customer with an upload link: what is asked for, and where to put it. No account, no case data."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sevline.core.lifecycle import Refused
from sevline.core.requesting import PLEAS
from sevline.evidence import actions, selectors
from sevline.evidence.models import Sending, UploadLink
from sevline.evidence.views import tus
from sevline.evidence.views.incoming import BrokenOff, plain_name, read

STARTS_A_MINUTE = 60
MISSES_A_MINUTE = 20
LONGEST_TEXT = 200_000
TOO_FAST = "Too many files at once. Wait a minute, then go on; what is here stays here."
HEARD_OUT = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one file of a form, in a sentence."""

    name: str
    says: str
    arrived: bool


# The token in the address is the only authority here and no cookie adds to it, so there is nothing to forge.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked for; a form without scripts sends its files or its text here."""
    link = _link(request, token)
    if link is None:
        return _dead(request)
    if request.method == "GET":
        actions.note_opened(link)
        return render(request, "evidence/send.html", _context(link, token, ()))
    if not _may_start(link):
        return _plain(TOO_FAST, 429)
    outcomes = tuple(_form(request, link))
    status = 200 if any(one.arrived for one in outcomes) else 422
    return render(request, "evidence/send.html", _context(link, token, outcomes), status=status)


@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Start a file, or go on with one that broke off."""
    link = _link(request, token)
    if link is None:
        return _plain(actions.DEAD_LINK, 410)
    if not _may_start(link):
        return _plain(TOO_FAST, 429)

    def started(name: str, size: int, fingerprint: str, _given: dict[str, str]) -> Sending:
        return actions.begin_by_link(link, plain_name(name), size, fingerprint=fingerprint)

    return tus.create(request, started, lambda sending: reverse("send_file", args=[token, sending.key]))


@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def file(request: HttpRequest, token: str, key: str) -> HttpResponse:
    link = _link(request, token)
    if link is None:
        return _plain(actions.DEAD_LINK, 410)
    return tus.resume(request, selectors.sending_by_link(link, key))


def _link(request: HttpRequest, token: str) -> UploadLink | None:
    """The link, unless it does not work or this address has tried too many that do not."""
    tried = f"send:missed:{request.META.get('REMOTE_ADDR', '')}"
    if (cache.get(tried) or 0) >= MISSES_A_MINUTE:
        return None
    found = selectors.link_for(token)
    if found is None:
        _count(tried)
    return found


def _may_start(link: UploadLink) -> bool:
    return _count(f"send:started:{link.pk}") <= STARTS_A_MINUTE


def _count(key: str) -> int:
    """Add one to a counter that begins anew after a minute."""
    if cache.add(key, 1, 60):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "evidence/dead_link.html", {"reason": actions.DEAD_LINK}, status=410)


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)


def _context(link: UploadLink, token: str, outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    return {
        "link": link,
        "asks": [PLEAS.item[key] for key in link.asks if key in PLEAS.item],
        "begin": reverse("send_begin", args=[token]),
        "outcomes": outcomes,
        "arrived": selectors.sent_by_link(link),
        "limit_mb": min(settings.OPTIONS.max_file_mb, link.most_bytes // 2**20),
        "longest_text": LONGEST_TEXT,
    }


def _form(request: HttpRequest, link: UploadLink) -> list[Outcome]:
    """The files of a form, or the text that was written into it."""
    if request.META.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return [_text(link, request.POST.get("text", ""))]
    incoming = None
    try:
        incoming = read(request)
        return [_one(link, file.name, file.blocks) for file in incoming.files()] or [
            Outcome("", "Choose a file first.", arrived=False)
        ]
    except Refused as refusal:
        return [Outcome("", str(refusal), arrived=False)]
    finally:
        if incoming is not None:
            incoming.discard(HEARD_OUT * settings.OPTIONS.max_file_mb * 2**20)


def _text(link: UploadLink, text: str) -> Outcome:
    if not text.strip():
        return Outcome("Your text", "Write or paste something first.", arrived=False)
    if len(text) > LONGEST_TEXT:
        return Outcome("Your text", f"It is longer than {LONGEST_TEXT:,} characters; send it as a file.", arrived=False)
    return _one(link, "text.txt", [text.encode()])


def _one(link: UploadLink, name: str, blocks: Any) -> Outcome:
    try:
        _, is_new = actions.take_from_link(link, name, blocks)
    except BrokenOff:
        raise
    except Refused as refusal:
        return Outcome(name, str(refusal), arrived=False)
    return Outcome(name, actions.ARRIVED_BY_LINK if is_new else actions.SAME, arrived=True)
