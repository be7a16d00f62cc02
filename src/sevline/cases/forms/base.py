"""What every form about a case shares: who sent it about which case, and what a stale one shows beside the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from sevline.cases.models import Case
from sevline.core.extraction.zones import split
from sevline.people.models import Person
from sevline.ui.moments import UtcField
from sevline.ui.wording import utc

MAX_TEXT = 200_000
UNSHOWN = frozenset({"seen_version"})


def words(
    label: str, *, rows: int = 0, required: bool = True, limit: int = MAX_TEXT, help_text: str = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, widget=widget, required=required, max_length=limit, help_text=help_text)


def reason_to_send() -> forms.CharField:
    return words(
        "Why it goes out as it is",
        required=False,
        limit=300,
        help_text="Only where the check marks something that may go out with a reason. It stays in the record.",
    )


class CaseForm(forms.Form):
    """A form about one case; subclasses name the fields of one action, in the action's own words."""

    keeps_version = True
    outgoing = ""  # the field whose text goes to the customer
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        self.person, self.case = person, case
        first = {"seen_version": case.version, **self.starts_with()}
        super().__init__(data, initial=first, auto_id=f"{type(self).__name__.lower()}-%s")
        if not self.keeps_version:
            del self.fields["seen_version"]

    def starts_with(self) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)

    def present(self) -> str:
        """What the case says now, where this form would write; shown beside a stale edit."""
        return self._listed(self.starts_with())

    def typed(self) -> str:
        return self._listed({name: self._sent(name) for name in self.fields if name not in UNSHOWN})

    def _sent(self, name: str) -> Any:
        """What came for a field; of a moment also the zone that was chosen beside it."""
        field = self.fields[name]
        if isinstance(field, UtcField):
            return field.widget.value_from_datadict(self.data, self.files, name)
        return self.data.get(name, "")

    def _listed(self, values: Mapping[str, Any]) -> str:
        shown = ((name, value) for name, value in values.items() if name in self.fields)
        return "\n".join(f"{self.fields[name].label}: {self._words(name, value)}" for name, value in shown)

    def _words(self, name: str, value: Any) -> str:
        """A value as the page would show it: times in UTC, choices by their words."""
        field = self.fields[name]
        if value in (None, ""):
            return "empty"
        if isinstance(value, datetime):
            return utc(value)
        if isinstance(field, UtcField):
            written, zone = split(str(value))
            return f"{written.replace('T', ' ')} {zone or 'UTC'}"
        if isinstance(field, forms.ChoiceField):
            offered: Any = field.choices
            return {str(key): str(text) for key, text in offered}.get(str(value), str(value))
        return str(value)


def choices(values: Any) -> list[tuple[str, str]]:
    return [("", "Choose"), *values]
