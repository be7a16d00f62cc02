"""Where the sign-in library meets the product: who may come in, what is recorded, how its secrets are kept."""

import base64
import hashlib
import hmac
import os
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sevline.people.events import MfaChanged, PasswordChanged, SignedIn, SignedOut, SignInFailed, SignInLocked
from sevline.people.models import Person
from sevline.platform.events import Happening, Ref, record

VISITOR = Ref("visitor", "-", "Somebody who is not signed in")
LOCK_SECONDS = 600
_ABOUT_SECRETS = b"sevline second factors"


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Nobody signs up; failed sign-ins are recorded, and too many are answered 429."""

    def is_open_for_signup(self, request: Any) -> bool:  # noqa: ARG002 - the signature is the library's
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _locked(str(credentials.get("email", "")))
            raise ImmediateHttpResponse(too_many(request)) from None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002 - the library's
        subject, address = _who(str(credentials.get("email", "")))
        _record(SignInFailed(by=VISITOR, subject=subject, address=address))

    def reauthenticate(self, user: Person, password: str) -> bool:
        # The library would look the address up in a table of its own, which is empty here.
        from allauth.core import context

        return bool(self.authenticate(context.request, email=user.email, password=password) == user)


class SealedMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    """Authenticator secrets and recovery-code seeds are sealed under the master key before they are stored."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        sealed = AESGCM(_mfa_key()).encrypt(nonce, text.encode(), _ABOUT_SECRETS)
        return base64.b64encode(nonce + sealed).decode()

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 - the signature is the library's
        from allauth.mfa.models import Authenticator

        return f"Key {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return AESGCM(_mfa_key()).decrypt(sealed[:12], sealed[12:], _ABOUT_SECRETS).decode()


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """The page of whoever is locked out for a while."""
    response = render(request, "people/too_many.html", {"minutes": LOCK_SECONDS // 60}, status=429)
    response["Retry-After"] = str(LOCK_SECONDS)
    return response


def connect() -> None:
    """Turn the library's signals into events; called once, when the apps are ready."""
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="sevline.signed_in")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="sevline.password_changed")
    user_logged_out.connect(_signed_out, dispatch_uid="sevline.signed_out")
    # The library tells of a new factor only once it is committed; its row tells in the same transaction.
    post_save.connect(_factor_added, sender="mfa.Authenticator", dispatch_uid="sevline.factor_added")
    mfa_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="sevline.factor_removed")


def _signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    methods = tuple(str(known.get("type") or known["method"]) for known in get_authentication_records(request, user))
    _record(SignedIn(by=user.ref, subject=user.ref, methods=methods))


def _signed_out(user: Person | None, **_: Any) -> None:
    if user is not None:
        _record(SignedOut(by=user.ref, subject=user.ref))


def _password_changed(user: Person, **_: Any) -> None:
    _record(PasswordChanged(by=user.ref, subject=user.ref))


def _factor_added(instance: Any, created: bool, **_: Any) -> None:
    if created:
        person = instance.user
        _record(MfaChanged(by=person.ref, subject=person.ref, method=str(instance.type), change="added"))


def _factor_removed(user: Person, authenticator: Any, **_: Any) -> None:
    _record(MfaChanged(by=user.ref, subject=user.ref, method=str(authenticator.type), change="removed"))


def _record(event: Happening) -> None:
    with transaction.atomic():
        record(event)


def _locked(email: str) -> None:
    subject, address = _who(email)
    # A locked door is knocked at often; one event for each time it locks keeps the trail readable.
    if cache.add(f"sevline:locked:{_hashed(email)}", True, LOCK_SECONDS):
        _record(SignInLocked(by=VISITOR, subject=subject, address=address))


def _who(email: str) -> tuple[Ref, str]:
    """Whom the address belongs to; of an unknown one only a keyed hash, for it may be a mistyped password."""
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is not None:
        return person.ref, ""
    address = _hashed(email)
    return Ref("address", address, "An address that nobody here has"), address


def _hashed(email: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), email.strip().lower().encode(), hashlib.sha256).hexdigest()[:16]


def _mfa_key() -> bytes:
    return hmac.new(settings.MASTER_KEY, _ABOUT_SECRETS, hashlib.sha256).digest()
