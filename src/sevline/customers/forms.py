"""What people fill in about customers."""

from django import forms

from sevline.customers.models import FactKind, SpeaksAs


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
