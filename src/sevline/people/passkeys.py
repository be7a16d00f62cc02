"""The sign-in library's passkey forms, made to answer any bytes with a sentence."""

from typing import Any

from allauth.mfa.webauthn import forms as library
from django import forms
from django.core.exceptions import ValidationError

UNREADABLE = "What the browser sent is not a passkey's answer. Try again."
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


class CredentialField(forms.JSONField):
    """A passkey's answer: a small JSON object. Anything long or deep is refused before it is read."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > 20_000:
            raise ValidationError(UNREADABLE)
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(UNREADABLE) from None


class AddPasskeyForm(library.AddWebAuthnForm):  # type: ignore[misc]  # the library ships no types
    credential = CredentialField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True  # whoever adds a passkey expects to sign in with it

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except _MALFORMED:
            raise ValidationError(UNREADABLE) from None


class PasskeyForm(library.AuthenticateWebAuthnForm):  # type: ignore[misc]  # the library ships no types
    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except _MALFORMED:
            raise ValidationError(UNREADABLE) from None


class SignInPasskeyForm(PasskeyForm, library.LoginWebAuthnForm):  # type: ignore[misc]  # the same
    reauthenticated, passwordless = False, True


class ConfirmPasskeyForm(PasskeyForm, library.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # the same
    reauthenticated, passwordless = True, False
