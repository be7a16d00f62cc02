"""What people fill in while they diagnose; the field names are those of the actions."""

from datetime import timedelta
from typing import Any

from django import forms

from sevline.cases.forms import CaseForm, words
from sevline.cases.models import Case
from sevline.catalog.models import Signal
from sevline.core.hypothesis import Confidence
from sevline.diagnosis import selectors
from sevline.diagnosis.actions.records import CLEAN_RUNS
from sevline.diagnosis.models import Hypothesis, Layer, Likelihood, Risk
from sevline.people.models import Person
from sevline.platform import clock
from sevline.ui.moments import UtcField

CONFIDENCES = {
    Confidence.SUSPECTED: "Suspected: a guess that is worth a test",
    Confidence.PROBABLE: "Probable: correlated, not proven; needs evidence",
    Confidence.CONFIRMED: "Confirmed: needs evidence, the mechanism, and what was ruled out",
}
CONCLUSIONS = {
    "supports": "It supports the hypothesis",
    "refutes": "It refutes the hypothesis",
    "inconclusive": "It decides nothing",
}
WORKAROUNDS = {
    "none_found": "None found; say what was tried",
    "proposed": "Proposed; not shown to work yet",
    "validated": "Validated; evidence shows that it works",
    "accepted": "Accepted by the customer",
}
CHANGES = {
    "deploys": "Our deploys and migrations",
    "flags": "Our feature flags",
    "config": "Our configuration",
    "customer_side": "Changes on the customer’s side",
}


def _one(label: str, choices: Any, *, initial: str = "", required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=required)


def _radio(label: str, choices: dict[Any, str]) -> forms.ChoiceField:
    known = [(str(key), text) for key, text in choices.items()]
    return forms.ChoiceField(label=label, choices=known, widget=forms.RadioSelect)


def _count(label: str, *, at_least: int = 0, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=at_least, max_value=100_000, help_text=help_text)


class DiagnosisForm(CaseForm):
    """A form of this room; `items` and `hypothesis`, where a form has them, offer what the case holds."""

    keeps_version = False

    def __init__(self, data: Any = None, *, person: Person, case: Case, start: dict[str, Any] | None = None) -> None:
        self.start = start or {}
        super().__init__(data, person=person, case=case)
        if "items" in self.fields:
            held = selectors.register(person, case)
            self.fields["items"].choices = [(item.key, f"{item.key} {item.claim}") for item in held]  # type: ignore[attr-defined]
        if "hypothesis" in self.fields:
            known = Hypothesis.objects.filter(case=case)
            choices = [("", "None in particular"), *((str(row.number), str(row)) for row in known)]
            self.fields["hypothesis"].choices = choices  # type: ignore[attr-defined]

        first = next((field for field in self.fields.values() if not field.widget.is_hidden), None)
        if first is not None and data is None:
            first.widget.attrs["data-focus"] = True  # where one writes first, once the dialog has its form

    def starts_with(self) -> dict[str, Any]:
        return self.start


def _items(label: str = "Evidence", *, required: bool = False) -> forms.MultipleChoiceField:
    help_text = "From the evidence register of this case."
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, required=required, widget=widget, help_text=help_text)


def _about() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="Hypothesis", coerce=int, empty_value=None, required=False)


class HypothesisForm(DiagnosisForm):
    statement = words("What may be the case", limit=300)
    predicts = words("What you would then see", limit=300)
    refuted_if = words("Which observation would refute it", limit=300)
    likelihood = _one("How likely", Likelihood.choices, initial=Likelihood.POSSIBLE)
    layer = _one("Layer", [("", "Not known"), *Layer.choices], required=False)
    items = _items("Evidence for it")


class TestForm(DiagnosisForm):
    __test__ = False  # pytest must not collect it

    purpose = words("What the test is for", limit=200)
    hypothesis = _about()
    steps = words("Exact steps or command, one a line", rows=4, limit=8000)
    expected = words("What you expect to see", limit=300)
    environment = words("Where it runs", limit=120, required=False)
    risk = _one("What it touches", Risk.choices, initial=Risk.READ_ONLY)


class ConcludeForm(DiagnosisForm):
    actual = words("What you saw", rows=2, limit=300)
    conclusion = _radio("What it says", CONCLUSIONS)
    items = _items("Evidence of it")


class LinkForm(DiagnosisForm):
    side = _radio("It speaks", {"for": "for the hypothesis", "against": "against the hypothesis"})
    items = _items(required=True)


class CauseForm(DiagnosisForm):
    statement = words("What the cause is", limit=300)
    confidence = _radio("How sure", CONFIDENCES)
    items = _items()
    mechanism = words("How it brings the symptom about", rows=3, limit=4000, required=False)
    ruled_out = words("Alternatives that were ruled out, one a line", rows=3, limit=4000, required=False)
    component = words("Component", limit=120, required=False)
    hypothesis = _about()


class ReasonForm(DiagnosisForm):
    reason = words("Why", limit=300)


class ReproductionForm(DiagnosisForm):
    steps = words("Steps, one action a line", rows=4, limit=8000)
    expected = words("What should happen", limit=300)
    actual = words("What happens instead", limit=300)
    failed = _count("How many runs showed the fault")
    runs = _count("Of how many runs", at_least=1)
    environment = words("Where", limit=120)
    build = words("Build", limit=60, required=False)
    flags = words("Feature flags", limit=120, required=False)
    preconditions = words("What must be so before", rows=2, limit=4000, required=False)
    is_minimal = forms.BooleanField(label="No step can be left out", required=False)
    items = _items()


class WorkaroundForm(DiagnosisForm):
    state = _radio("Where the search stands", WORKAROUNDS)
    steps = words("Steps for the customer, one a line", rows=3, limit=8000, required=False)
    tried = words("What was tried", rows=2, limit=4000, required=False)
    risk = words("Risk of it", limit=200, required=False)
    customers_using = forms.IntegerField(
        label="Customers who use it", min_value=0, max_value=1_000_000, required=False, initial=0
    )
    items = _items("Evidence that it works")

    def starts_with(self) -> dict[str, Any]:
        last = selectors.workarounds(self.person, self.case).first()
        return {"steps": last.steps, "risk": last.risk} if last is not None and last.state != "withdrawn" else {}

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "customers_using": self.cleaned_data["customers_using"] or 0}


class FixForm(DiagnosisForm):
    build = words("Build or setting with the fix", limit=60)
    failed = _count("How many runs still failed", help_text="None may fail.")
    runs = _count("Of how many runs", at_least=1, help_text=f"At least {CLEAN_RUNS} clean runs validate the fix.")


class ChangesForm(DiagnosisForm):
    window_first = UtcField(label="From (UTC)")
    window_last = UtcField(label="To (UTC)")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        for key, label in CHANGES.items():
            self.fields[key] = words(label, limit=300, required=False, help_text="“none found” is a result.")

    def starts_with(self) -> dict[str, Any]:
        return {"window_first": self.case.opened_at - timedelta(days=1), "window_last": clock.now()}

    def given(self) -> dict[str, Any]:
        found = {key: self.cleaned_data[key] for key in CHANGES}
        return {
            "window_first": self.cleaned_data["window_first"],
            "window_last": self.cleaned_data["window_last"],
            "found": found,
        }


class SearchForm(DiagnosisForm):
    terms = words("Words to search for", limit=200, help_text="Such as the error text, the component, the code.")


OUTCOMES = {
    "clear": "As expected: this is not it",
    "fault": "Not as expected: it is this, or it adds to it",
    "skipped": "Skip the step",
}


class RunbookStepForm(DiagnosisForm):
    outcome = _radio("What came out", OUTCOMES)
    note = words("What you saw, or why it is skipped", rows=2, limit=300)
    items = _items()


class GapForm(DiagnosisForm):
    text = words("Signal that does not exist and would have answered a question", limit=300, required=False)
    is_none = forms.BooleanField(label="No signal was missing", required=False)
    question = words("Question that had no answer", limit=300, required=False)
    signal = _one("Kind of signal", Signal.choices, initial=Signal.LOG, required=False)
    proposal = words("What should be added", limit=300, required=False)
    minutes = forms.IntegerField(label="Minutes lost", min_value=0, max_value=100_000, required=False, initial=0)

    def given(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {**told, "minutes": told["minutes"] or 0, "signal": told["signal"] or Signal.LOG}


class UseForm(DiagnosisForm):
    claim = words("What it shows", limit=300)


class SureForm(DiagnosisForm):
    """A move that asks nothing more."""
