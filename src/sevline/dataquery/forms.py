"""What people fill in to query data; parameters are typed as text and read by their declared types."""

from typing import Any

from django import forms

from sevline.cases.forms import CaseForm, words
from sevline.core.sql.library import MOST_TEXT, QueryRow
from sevline.dataquery.sources import library

_HELP = {
    "integer": "A whole number.",
    "decimal": "A number such as 12.50.",
    "boolean": "yes or no.",
    "date": "A date such as 2026-03-02.",
    "time": "UTC, such as 2026-03-02 09:30.",
}


class ReviewedForm(CaseForm):
    """One text field for each parameter of a reviewed query, under the parameter's own name."""

    keeps_version = False

    def __init__(self, data: Any = None, *, query: QueryRow, **more: Any) -> None:
        super().__init__(data, **more)
        for row in query.parameters:
            self.fields[row.name] = words(row.label, limit=MOST_TEXT, help_text=_HELP.get(row.type, ""))


class AskForm(CaseForm):
    keeps_version = False

    source = forms.ChoiceField(label="Data source")
    text = words("Query", rows=8, limit=20_000, help_text="One SELECT. Write values of people as parameters, :name.")
    parameters = words(
        "Parameters, one a line", rows=3, limit=4000, required=False,
        help_text="Name, type and value, such as tenant integer = 42; also text, decimal, boolean, date, time.",
    )  # fmt: skip
    purpose = words("What it is for", rows=2, limit=1000, help_text="Whoever approves it reads this.")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["source"].choices = [(row.key, row.title) for row in library().source]  # type: ignore[attr-defined]


class KeepForm(CaseForm):
    keeps_version = False

    claim = words("What it shows", limit=300)
