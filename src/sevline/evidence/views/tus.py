"""Files part by part over HTTP, as in the tus protocol 1.0: POST names a file, HEAD asks how far it is, PATCH goes on.

Whoever speaks here was found by the caller; the answers are the same for a person and for a customer with a link.
"""

import base64
import binascii
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence import actions
from sevline.evidence.models import Sending
from sevline.evidence.views.incoming import BrokenOff, blocks_of
from sevline.vault.actions import TooLarge
from sevline.vault.store import StoreDown, StoreFull

VERSION = "1.0.0"
KIND = "application/offset+octet-stream"
TAKEN, REFUSED = 200, 400  # the status of bytes that were taken, and from which one it is a refusal
Begin = Callable[[str, int, str, dict[str, str]], Sending]


def create(request: HttpRequest, begin: Begin, address: Callable[[Sending], str]) -> HttpResponse:
    """Start a file. Its length stands in `Upload-Length`, its name and a fingerprint in `Upload-Metadata`."""
    try:
        given = metadata(request.headers.get("Upload-Metadata", ""))
        sending = begin(
            given.get("filename", ""), _number(request, "Upload-Length"), given.get("fingerprint", ""), given
        )
    except Refused as refusal:
        return refused(refusal)
    answer = _told(sending, 201)
    answer["Location"] = address(sending)
    return answer


def resume(request: HttpRequest, sending: Sending | None) -> HttpResponse:
    """How far a file is (HEAD), its next bytes (PATCH), or that it is not wanted any more (DELETE)."""
    if sending is None:
        return _plain("This file is not on its way any more. Send it again from the start.", 404)
    if request.method == "HEAD":
        return _told(sending, TAKEN)
    if request.method == "DELETE":
        actions.give_up(sending)
        return _headed(HttpResponse(status=204), sending)
    if request.headers.get("Content-Type") != KIND:
        return _plain(f"The bytes of a file are sent as {KIND}.", 415)
    try:
        actions.receive(sending, _number(request, "Upload-Offset"), blocks_of(request))
    except Refused as refusal:
        return _headed(refused(refusal), sending)
    return _told(sending, TAKEN)


def _told(sending: Sending, status: int) -> HttpResponse:
    answer = JsonResponse({"state": sending.state, "says": sending.says, "received": sending.received}, status=status)
    return _headed(answer, sending)


def _headed(answer: HttpResponse, sending: Sending) -> HttpResponse:
    answer["Tus-Resumable"] = VERSION
    answer["Tus-Max-Size"] = str(settings.OPTIONS.max_file_mb * 2**20)
    answer["Upload-Offset"] = str(sending.received)
    answer["Upload-Length"] = str(sending.size)
    answer["Cache-Control"] = "no-store"
    return answer


def refused(refusal: Refused) -> HttpResponse:
    """The sentence, with the status that tells a sender whether to try again."""
    return _plain(" ".join(refusal.reasons), status_of(refusal))


def status_of(refusal: Refused) -> int:
    """The status that tells a sender whether to try again."""
    for kind, status in (
        (Forbidden, 403),
        (TooLarge, 413),
        (actions.WrongPlace, 409),
        (BrokenOff, 400),
        (StoreFull, 507),
        (StoreDown, 503),
    ):
        if isinstance(refusal, kind):
            return status
    return 422


def _plain(sentence: str, status: int) -> HttpResponse:
    answer = HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
    answer["Tus-Resumable"] = VERSION
    return answer


def metadata(header: str) -> dict[str, str]:
    """The pairs of `Upload-Metadata`: a name, a blank, and the value in base64, parted by commas. Refused if broken."""
    found: dict[str, str] = {}
    for pair in header.split(",") if header.strip() else []:
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8", "replace")[:1000]
        except (binascii.Error, ValueError):
            raise Refused("The header Upload-Metadata is broken: each value stands in it as base64.") from None
    return found


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise Refused(f"The header {header} must say a whole number of bytes.")
    return int(text)
