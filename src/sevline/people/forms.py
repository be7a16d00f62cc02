"""Forms about people. What a field may hold is decided by the actions; here it is only asked for."""

from typing import Any

from django import forms

from sevline.core.rights import ROLE_TITLES, Role
from sevline.core.token_scopes import LONGEST_DAYS, SCOPE_TITLES, Scope
from sevline.people.models import Person, Team

ROLE_CHOICES = [(role.value, ROLE_TITLES[role][0].upper() + ROLE_TITLES[role][1:]) for role in Role]


class StandingForm(forms.Form):
    """Roles and teams of one person; `seen` is what they were when the page was opened."""

    roles = forms.MultipleChoiceField(
        choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple, required=False, label="Roles"
    )
    teams = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, label="Teams")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_teams(self)


class InviteForm(forms.Form):
    email = forms.CharField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label="Name", max_length=80)
    roles = forms.MultipleChoiceField(
        choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple, required=False, label="Roles"
    )
    teams = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, label="Teams")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_teams(self)


class TokenForm(forms.Form):
    """An access token for a program."""

    name = forms.CharField(label="What it is for", max_length=60, help_text="Such as: nightly bundle of the build.")
    scopes = forms.MultipleChoiceField(
        choices=[(scope.value, SCOPE_TITLES[scope]) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        label="What it may do",
    )
    days = forms.IntegerField(
        label="Days until it ends", min_value=1, max_value=LONGEST_DAYS, initial=90, help_text="At most a year."
    )


class EnterForm(forms.Form):
    """A new password, twice; the name too for somebody who was invited."""

    name = forms.CharField(label="Your name", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="New password",
        strip=False,
        help_text="At least 12 characters. A few unrelated words are easy to keep and hard to guess.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person | None = None, asks_name: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["name"]
        elif person is not None:
            self.fields["name"].initial = person.name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "The two passwords differ.")
        return given


class SetupForm(EnterForm):
    email = forms.CharField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    works_here = forms.BooleanField(
        label="I also work on cases, as a lead", required=False, help_text="Administrators by themselves see no case."
    )
    field_order = ("name", "email", "password", "again", "works_here")


class ForgottenForm(forms.Form):
    email = forms.CharField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "username"}))


def _offer_teams(form: forms.Form) -> None:
    field = form.fields["teams"]
    if isinstance(field, forms.MultipleChoiceField):
        field.choices = [(team.key, team.name) for team in Team.objects.all()]
