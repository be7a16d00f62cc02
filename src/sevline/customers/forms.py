"""What people fill in about customers."""

from django import forms

from sevline.customers.models import FactKind


class FactForm(forms.Form):
    kind = forms.ChoiceField(label="About", choices=FactKind.choices)
    value = forms.CharField(label="What is known", max_length=300, help_text="Roles and places, never a person.")
    source = forms.CharField(label="Source", max_length=200, help_text="Such as a case, a call with the IT team.")
