"""What people fill in about customers."""

from typing import Any

from django import forms

from sevline.customers.models import Account, Environment, EnvironmentKind, FactKind, Plan, SpeaksAs


class AccountForm(forms.Form):
    """What is edited of a customer; its key stays."""

    name = forms.CharField(label="Name", max_length=120)
    plan = forms.ChoiceField(
        label="Plan", choices=Plan.choices, initial=Plan.STANDARD, help_text="It picks the service-level targets."
    )
    region = forms.CharField(label="Region", max_length=40, required=False, help_text="Such as EU, US or UK.")
    seats = forms.IntegerField(label="Seats", min_value=0, max_value=100_000_000, required=False, initial=0)
    time_zone = forms.CharField(
        label="Time zone", max_length=40, required=False, initial="UTC", help_text="Such as Europe/Berlin."
    )
    language = forms.CharField(
        label="Language", max_length=12, required=False, initial="en", help_text="Such as en or pt-BR."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def starts_with(account: Account) -> dict[str, Any]:
        names = ("name", "plan", "region", "seats", "time_zone", "language")
        return {**{name: getattr(account, name) for name in names}, "seen": account.standing}

    def clean_seats(self) -> int:
        return self.cleaned_data["seats"] or 0


class NewAccountForm(AccountForm):
    key = forms.CharField(
        label="Key",
        max_length=40,
        required=False,
        help_text="Stands in addresses and in the trail, and stays. Left empty, the name gives it.",
    )
    seen = None  # type: ignore[assignment]  # Django takes the field away
    field_order = ("name", "key", "plan", "region", "seats", "time_zone", "language")


class EnvironmentForm(forms.Form):
    name = forms.CharField(label="Name", max_length=80, help_text="Such as Production EU.")
    tenant = forms.CharField(label="Tenant", max_length=80, help_text="Its id as logs and tickets say it.")
    kind = forms.ChoiceField(label="Kind", choices=EnvironmentKind.choices)
    region = forms.CharField(label="Region", max_length=40, required=False)
    version = forms.CharField(label="Version", max_length=40, required=False, help_text="What it runs now.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def starts_with(held: Environment) -> dict[str, Any]:
        names = ("name", "tenant", "kind", "region", "version")
        return {**{name: getattr(held, name) for name in names}, "seen": held.standing}

    def given(self) -> dict[str, Any]:
        """What adding takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class FactForm(forms.Form):
    kind = forms.ChoiceField(label="About", choices=FactKind.choices)
    value = forms.CharField(label="What is known", max_length=300, help_text="Roles and places, never a person.")
    source = forms.CharField(label="Source", max_length=200, help_text="Such as a case, a call with the IT team.")


class AuthorityForm(forms.Form):
    contact = forms.CharField(
        label="Contact", max_length=120, help_text="By role and organisation, such as service desk of Northgate."
    )
    speaks_as = forms.ChoiceField(label="Speaks as", choices=SpeaksAs.choices)
    may_change = forms.BooleanField(label="May have the account changed", required=False)
    may_see_data = forms.BooleanField(label="May see data of its tenants", required=False)
    until = forms.DateTimeField(
        label="Ends",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="That of a provider or vendor always ends; that of an administrator is verified every 180 days.",
    )
    verified_how = forms.CharField(
        label="How it was verified", max_length=200, help_text="Such as a letter of an administrator, with its date."
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)
