"""What people fill in about the catalogue."""

from django import forms

from sevline.core.supportability import SUPPORTABILITY


class SupportabilityForm(forms.Form):
    """The checklist; what is not ticked is not met."""

    met = forms.MultipleChoiceField(
        label="What is met",
        required=False,
        choices=[(row.key, f"{row.title}. {row.means}") for row in SUPPORTABILITY.check],
        widget=forms.CheckboxSelectMultiple,
        help_text="What is not ticked becomes a request to the area’s engineering team.",
    )
