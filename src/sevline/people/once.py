"""A form that comes twice is done once: two presses, a lost answer, a page that was sent again.

Each form carries a token of its own. What is kept is a keyed hash of token, person, address and content together, in
the transaction of the first event that the form causes. The same token with the same content is answered as before;
with other content it is a new thing, so nothing that was typed is lost.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib import messages
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from sevline.people.models import SentForm
from sevline.platform import clock
from sevline.platform.events import before_each
from sevline.ui.templatetags.once import FORM_TOKEN

KEPT = timedelta(days=7)
LONGEST_TOKEN = 64
LARGEST_ANSWER = 512 * 1024  # bytes; of a longer one only the status is kept
WAIT = 3.0  # seconds for which a second sending waits for the answer to the first
ONCE = "This form came twice and was done once."
_ABOUT = b"answer to a form"
_BESIDE = frozenset({"csrfmiddlewaretoken", FORM_TOKEN})
# No trace of a password is kept, hashed or not. Those forms work once by themselves.
_SECRET = frozenset({"password", "password1", "password2", "oldpassword", "again"})
_HEADERS = (
    "Content-Type",
    "Cache-Control",
    "Location",
    "HX-Redirect",
    "HX-Retarget",
    "HX-Reswap",
    "HX-Trigger",
    "HX-Refresh",
)
View = TypeVar("View", bound=Callable[..., Any])


class SentBefore(Exception):  # noqa: N818 - what happened, and no fault of anybody
    """While this form was worked on, the same form was done: what this one wrote is taken back."""


@dataclass
class Sent:
    """A form on its way through. `digest` says which; `key` opens its answer and is kept nowhere."""

    digest: str
    key: bytes
    is_part: bool
    _is_committed: bool = field(default=False, repr=False)

    def claim(self) -> None:
        """Say in the transaction of a change that this form makes it; raises SentBefore when another one did.

        A claim that was rolled back with its change is made again by the next one.
        """
        if self._is_committed or self._stands():
            return
        try:
            with transaction.atomic():
                SentForm.objects.create(digest=self.digest, at=clock.now())
        except IntegrityError:
            raise SentBefore from None
        transaction.on_commit(self._committed)

    @property
    def was_claimed(self) -> bool:
        return self._is_committed or self._stands()

    def keep(self, answer: HttpResponse) -> None:
        """Remember what was answered, so that the second sending hears the same."""
        SentForm.objects.filter(digest=self.digest).update(answer=self._sealed(answer))

    def before(self) -> "Before | None":
        """What was answered when this form came first; None when it is new."""
        ends = time.monotonic() + WAIT
        while (row := SentForm.objects.filter(digest=self.digest).first()) is not None:
            if row.answer or time.monotonic() > ends:
                return self._opened(bytes(row.answer or b""))
            time.sleep(0.05)  # the first sending is done and about to be answered
        return None

    def _stands(self) -> bool:
        return any(do == self._committed for _, do, *_ in connection.run_on_commit)

    def _committed(self) -> None:
        self._is_committed = True

    def _sealed(self, answer: HttpResponse) -> bytes:
        body = b"" if answer.streaming else answer.content
        broke = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR  # after the change was committed
        whole = not broke and not answer.streaming and len(body) <= LARGEST_ANSWER
        told = {
            "status": answer.status_code,
            "is_part": self.is_part,
            "whole": whole,
            "headers": {name: answer[name] for name in _HEADERS if name in answer},
        }
        plain = json.dumps(told).encode() + b"\n" + (body if whole else b"")
        nonce = os.urandom(12)
        return nonce + AESGCM(self.key).encrypt(nonce, plain, _ABOUT)

    def _opened(self, sealed: bytes) -> "Before":
        try:
            plain = AESGCM(self.key).decrypt(sealed[:12], sealed[12:], _ABOUT)
        except (InvalidTag, ValueError):
            return Before({}, b"")
        head, _, body = plain.partition(b"\n")
        return Before(json.loads(head), body)


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered the first time: the status with some headers, and the body; both empty when nobody knows."""

    told: dict[str, Any]
    body: bytes

    def again(self, request: HttpRequest) -> HttpResponse:
        headers: dict[str, str] = self.told.get("headers", {})
        there = headers.get("Location", "")
        if self.told.get("whole") and self.told["is_part"] == is_part(request) and not there:
            return HttpResponse(self.body, status=self.told["status"], headers=headers)
        messages.info(request, ONCE)
        if is_part(request):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
        return HttpResponseRedirect(there or came_from(request))


def every_time(view: View) -> View:
    """Mark a view whose form is meant to be sent again as it is, such as a download; each time is recorded."""
    view.every_time = True  # type: ignore[attr-defined]  # read by the middleware
    return view


def is_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def came_from(request: HttpRequest) -> str:
    """The page of ours on which the form stood, or the desk."""
    before = request.META.get("HTTP_REFERER", "")
    return before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else "/"


def sent_by(request: HttpRequest) -> Sent | None:
    """The form of a request, where it has a token and holds no password."""
    token = request.POST.get(FORM_TOKEN, "")
    if not 0 < len(token) <= LONGEST_TOKEN or not _SECRET.isdisjoint(request.POST):
        return None
    content = [
        token,
        str(request.user.pk or ""),
        request.get_full_path(),
        [(name, values) for name, values in request.POST.lists() if name not in _BESIDE],
        [(name, file.name, _hash_of(file)) for name, files in request.FILES.lists() for file in files],
    ]
    digest = salted_hmac("sevline.people.once", json.dumps(content), algorithm="sha256").hexdigest()
    key = salted_hmac("sevline.people.once.answer", token, algorithm="sha256").digest()
    return Sent(digest, key, is_part(request))


def _hash_of(file: Any) -> str:
    told = hashlib.sha256()
    for block in file.chunks():
        told.update(block)
    file.seek(0)
    return told.hexdigest()


def forget(at: datetime) -> int:
    """Remove what was kept of forms that came more than a week ago; answers how many."""
    return SentForm.objects.filter(at__lt=at - KEPT).delete()[0]


class OnceMiddleware:
    """Answers a form that was done already as it was answered then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = _Held()
        request.sent_form = sent  # type: ignore[attr-defined]  # filled by `process_view`
        with before_each(sent.claim):
            answer = self.get_response(request)
        return sent.answered(request, answer)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        # A view that reads its body itself keeps the same bytes once; reading them here would take them away.
        if request.method != "POST" or getattr(view, "csrf_exempt", False) or getattr(view, "every_time", False):
            return None
        sent = sent_by(request)
        if sent is None:
            return None
        before = sent.before()
        if before is not None:
            return before.again(request)
        request.sent_form.form = sent  # type: ignore[attr-defined]  # set in `__call__`
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SentBefore):
            return None
        before = request.sent_form.form.before()  # type: ignore[attr-defined]  # set in `__call__`
        return (before or Before({}, b"")).again(request)


@dataclass
class _Held:
    """The form of one request, once the view is known."""

    form: Sent | None = None

    def claim(self) -> None:
        if self.form is not None:
            self.form.claim()

    def answered(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        if self.form is None:
            return answer
        if self.form.was_claimed:
            self.form.keep(answer)
        elif answer.status_code >= HTTPStatus.BAD_REQUEST and (before := self.form.before()) is not None:
            # Refused, because the same form was done while this one waited for its lock.
            return before.again(request)
        return answer
