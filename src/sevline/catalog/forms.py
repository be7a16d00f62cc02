"""What people fill in about changes and supportability. Times are typed and shown in UTC."""

from django import forms

from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.core.supportability import SUPPORTABILITY
from sevline.ui.moments import UtcField


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=[(kind.value, kind.value.capitalize()) for kind in ChangeKind])
    title = forms.CharField(label="What was changed", max_length=200, help_text="Such as: checkout 2.14.0.")
    components = forms.CharField(
        label="Components", max_length=300, required=False, help_text="As the logs name them, separated by commas."
    )
    at = UtcField(label="When (UTC)")

    def names(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cleaned_data["components"].split(",") if part.strip())


class ImportForm(forms.Form):
    file = forms.FileField(
        label="List of changes",
        help_text="CSV with a header, JSON, or the text of git tags with their times. Each time names its zone.",
    )
    component = forms.CharField(
        label="Component of rows that name none", max_length=80, required=False
    )  # fmt: skip


class SupportabilityForm(forms.Form):
    """The checklist; what is not ticked is not met."""

    met = forms.MultipleChoiceField(
        label="What is met",
        required=False,
        choices=[(row.key, f"{row.title}. {row.means}") for row in SUPPORTABILITY.check],
        widget=forms.CheckboxSelectMultiple,
        help_text="What is not ticked becomes a request to the area’s engineering team.",
    )
