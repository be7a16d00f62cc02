"""Forms of approvals and of the audit trail."""

from typing import Any

from django import forms

from sevline.governance import selectors
from sevline.governance.selectors import TrailFilter


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="What you answer",
        required=False,
        max_length=2000,
        help_text="Needed when you refuse. No customer data: this text stays in the audit trail.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TrailForm(forms.Form):
    """What to narrow the trail to; every field may stay empty."""

    kind = forms.ChoiceField(label="What", required=False)
    person = forms.ChoiceField(label="Who", required=False)
    case = forms.CharField(label="Case number", required=False, max_length=40)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = selectors.kinds()
        families = sorted({kind.split(".")[0] + "." for kind in kinds})
        whole = [(family, f"{selectors.event_words(family[:-1])}: all") for family in families]
        self._offer("kind", [*whole, *((kind, selectors.event_words(kind)) for kind in kinds)])
        self._offer("person", selectors.people_named())

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "everything" if name == "kind" else "everybody"), *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "The last day is before the first.")
        return given

    def chosen(self) -> TrailFilter:
        """The filter as asked for; of a form with errors, nothing is narrowed."""
        return TrailFilter(**self.cleaned_data) if self.is_valid() else TrailFilter()
