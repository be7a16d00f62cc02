"""What people fill in while they diagnose; the field names are those of the actions."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from sevline.cases.forms import CaseForm, words
from sevline.cases.models import UNKNOWN, Case
from sevline.catalog.models import Signal
from sevline.core.hypothesis import Confidence
from sevline.core.probing import KINDS
from sevline.core.reproduction.request import RequestSpec
from sevline.diagnosis import selectors
from sevline.diagnosis.models import Hypothesis, Layer, Likelihood, Risk
from sevline.people.models import Person
from sevline.platform import clock
from sevline.ui.moments import UtcField, moment

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
    focuses = True

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
        if first is not None and data is None and self.focuses:
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
    runs = _count("Of how many runs", at_least=1)

    def __init__(self, data: Any = None, *, person: Person, case: Case, start: dict[str, Any] | None = None) -> None:
        super().__init__(data, person=person, case=case, start=start)
        self.fields["runs"].help_text = selectors.runs_until_sure(person, case)


def _onset(case: Case) -> datetime:
    """When the trouble began, as the impact card says; the opening where it says none, or a later moment."""
    try:
        return min(moment(case.impact.get("started", UNKNOWN)), case.opened_at)
    except ValueError:
        return case.opened_at


class ChangesForm(DiagnosisForm):
    window_first = UtcField(label="From (UTC)")
    window_last = UtcField(label="To (UTC)")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        for key, label in CHANGES.items():
            self.fields[key] = words(label, limit=300, required=False, help_text="“none found” is a result.")

    def starts_with(self) -> dict[str, Any]:
        return {"window_first": _onset(self.case) - timedelta(days=1), "window_last": clock.now()}

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


class TargetForm(DiagnosisForm):
    focuses = False
    address = words("Host, with its port where it is not 443", limit=300, help_text="Such as sso.customer.example.")
    why = words("Why it is called, and who of its owners agrees", limit=200)
    may_write = forms.BooleanField(
        label="It is a test environment: requests may change data there",
        required=False,
    )


class ProbeForm(DiagnosisForm):
    focuses = False
    target = forms.TypedChoiceField(label="Target", coerce=int)
    kind = _one("What is looked at", [(kind.value, f"{title}: {how}") for kind, (title, how, _) in KINDS.items()])
    path = words("Path, for HTTP and documents", limit=300, required=False, help_text="Left empty, the usual one.")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        known = selectors.targets(self.person, self.case)
        self.fields["target"].choices = [(row.pk, str(row)) for row in known]  # type: ignore[attr-defined]


class CurlForm(DiagnosisForm):
    focuses = False
    command = words(
        "A curl command", rows=5, limit=200_000, help_text="Secrets in it become variables and are not kept."
    )


class RecipeForm(DiagnosisForm):
    focuses = False
    text = words("Recipe, in the manner of a compose file", rows=18, limit=100_000)

    def starts_with(self) -> dict[str, Any]:
        last = selectors.recipe(self.person, self.case)
        return {"text": last.text if last is not None else ""}


class RunsForm(DiagnosisForm):
    """How often, against what, and how the fault shows; each variable of the request is a field of its own."""

    focuses = False

    target = forms.TypedChoiceField(label="Target", coerce=int)
    runs = forms.IntegerField(label="How often", min_value=1, max_value=50, initial=5)
    statuses = words(
        "The fault shows with the status", limit=100, required=False,
        help_text="Such as 502 503; 0 stands for no answer.",
    )  # fmt: skip
    slower_than = forms.IntegerField(
        label="or takes longer than (ms)", min_value=0, max_value=60_000, required=False, initial=0
    )
    variables = words(
        "In what this set differs from others", rows=3, limit=2_000, required=False,
        help_text="One a line, such as flag=new-router. Change one at a time.",
    )  # fmt: skip
    hypothesis = _about()
    means = _one("If the fault shows, it", [("supports", "supports the hypothesis"), ("refutes", "refutes it"),
                                            ("inconclusive", "decides nothing")])  # fmt: skip

    def __init__(self, data: Any = None, *, spec: RequestSpec, **more: Any) -> None:
        super().__init__(data, **more)
        known = selectors.targets(self.person, self.case)
        self.fields["target"].choices = [(row.pk, str(row)) for row in known]  # type: ignore[attr-defined]
        self.asked = [name for name in spec.variables if name != "base_url"]
        for name in self.asked:
            widget = forms.PasswordInput(attrs={"autocomplete": "off"})
            self.fields[f"value_{name}"] = forms.CharField(
                label=name, widget=widget, max_length=20_000, strip=False, help_text="Sealed until the runs have ended."
            )

    def clean_statuses(self) -> list[int]:
        told = self.cleaned_data["statuses"].replace(",", " ").split()
        if any(not (one.isascii() and one.isdecimal() and len(one) < 4) for one in told):
            raise forms.ValidationError("Give numbers such as 502, with blanks between.")
        return [int(one) for one in told]

    def clean_variables(self) -> dict[str, str]:
        lines = [line.partition("=") for line in self.cleaned_data["variables"].splitlines() if line.strip()]
        if any(not equals or not name.strip() for name, equals, _ in lines):
            raise forms.ValidationError("Write each line as name=value.")
        return {name.strip(): value.strip() for name, _, value in lines}

    def given(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("target", "runs", "statuses", "variables", "hypothesis")}
        secrets = {name: self.cleaned_data[f"value_{name}"] for name in self.asked}
        slower = self.cleaned_data["slower_than"] or 0
        return {**told, "means": self.cleaned_data["means"], "slower_than": slower, "secrets": secrets}
