"""The seven questions of the severity table."""

from typing import Any

from django import forms

from sevline.cases.forms.base import CaseForm, choices, words
from sevline.cases.models import UNKNOWN, Case, IssueType
from sevline.cases.selectors import known_answers
from sevline.core import severity as rating
from sevline.core.severity import SeverityAnswers
from sevline.people.models import Person


def _answers(label: str, question: type, words: dict[str, str]) -> forms.ChoiceField:
    offered = [(str(member.value), words[member.name]) for member in question]  # type: ignore[attr-defined]
    return forms.ChoiceField(label=label, choices=offered, initial=UNKNOWN, widget=forms.RadioSelect)


class ShareField(forms.FloatField):
    """A share in percent; empty means that nobody knows it."""

    def __init__(self, label: str, help_text: str) -> None:
        said = f"{help_text} Leave empty if unknown."
        super().__init__(label=label, required=False, min_value=0, max_value=100, help_text=said)


class TriageForm(CaseForm):
    """The seven questions of the severity table."""

    issue_type = forms.ChoiceField(label="Type of trouble", choices=choices(IssueType.choices), required=False)
    environment = _answers(
        "1. Which environment?",
        rating.Environment,
        {"PRODUCTION": "Production", "NON_PRODUCTION": "Not production", "UNKNOWN": "Unknown"},
    )
    journey = _answers(
        "2. Which journey fails?",
        rating.Journey,
        {
            "CRITICAL": "Critical: sign-in, core read or write, API, payment event, webhooks, sync of record",
            "OTHER": "Another one",
            "UNKNOWN": "Unknown",
        },
    )
    degree = _answers(
        "3. How badly?",
        rating.Degree,
        {
            "UNAVAILABLE": "Unavailable: half or more fails, or no success in 5 minutes",
            "SEVERE": "Severe: 10 % or more fails, or 5 times slower",
            "DEGRADED": "Degraded: 1 % or more fails, or twice as slow",
            "MINOR": "Minor",
            "UNKNOWN": "Unknown",
        },
    )
    accounts_percent = ShareField(
        "4a. Share of all our active accounts, in percent",
        "Of the accounts of all customers together, not of this one: one account of 1,000 is 0.1.",
    )
    seats_percent = ShareField(
        "4b. Share of all our active seats, in percent",
        "Of the seats of all customers together: all 400 users of one customer among 130,000 seats are 0.3.",
    )
    data_effect = _answers(
        "5. What happened to data?",
        rating.DataEffect,
        {
            "NONE": "Nothing",
            "SUSPECTED": "Loss or corruption suspected",
            "CONFIRMED_STOPPED": "Loss or corruption confirmed, and stopped",
            "CONFIRMED_ONGOING": "Loss or corruption confirmed, still going on",
            "DISCLOSURE_SUSPECTED": "Disclosure, another tenant's data or a compromise suspected",
            "DISCLOSURE_CONFIRMED": "Disclosure, another tenant's data or a compromise confirmed",
            "UNKNOWN": "Unknown",
        },
    )
    workaround = _answers(
        "6. Is there a workaround?",
        rating.Workaround,
        {
            "NONE": "None",
            "PARTIAL": "A partial one",
            "ACCEPTED": "One that the customer accepted",
            "VALIDATED": "One that the customer accepted and that was tested",
            "UNKNOWN": "Unknown",
        },
    )
    deadline = _answers(
        "7. Is there a deadline?",
        rating.Deadline,
        {
            "NONE": "None",
            "WITHIN_24_HOURS": "Within 24 hours",
            "GO_LIVE_WITHIN_5_DAYS": "A go-live within 5 business days",
            "UNKNOWN": "Unknown",
        },
    )
    evidence = words("If this lowers a Sev1 or Sev2: which evidence shows it", required=False, limit=500)
    customer_notice = words("If this lowers a Sev1 or Sev2: how the customer was told", required=False, limit=500)

    QUESTIONS = (
        "environment", "journey", "degree", "accounts_percent", "seats_percent", "data_effect", "workaround",
        "deadline",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        self._known = known_answers(case)
        super().__init__(data, person=person, case=case)
        for name, said in self._known.beside.items():
            self.fields[name].help_text = f"{said} {self.fields[name].help_text}".strip()

    def starts_with(self) -> dict[str, Any]:
        known = self.case.severity_answers or self._known.answers
        kept = {name: known.get(name, UNKNOWN) for name in self.QUESTIONS}
        shares = {name: None if kept[name] == UNKNOWN else kept[name] for name in kept if name.endswith("_percent")}
        return {**kept, **shares, "issue_type": self.case.issue_type}

    def answers(self) -> SeverityAnswers:
        """What was answered so far; what is missing or wrong counts as unknown."""
        given = {name: self.cleaned_data.get(name) for name in self.QUESTIONS}
        return SeverityAnswers(
            environment=rating.Environment(given["environment"] or UNKNOWN),
            journey=rating.Journey(given["journey"] or UNKNOWN),
            degree=rating.Degree(given["degree"] or UNKNOWN),
            accounts_percent=given["accounts_percent"],
            seats_percent=given["seats_percent"],
            data_effect=rating.DataEffect(given["data_effect"] or UNKNOWN),
            workaround=rating.Workaround(given["workaround"] or UNKNOWN),
            deadline=rating.Deadline(given["deadline"] or UNKNOWN),
        )

    def given(self) -> dict[str, Any]:
        rest = {name: value for name, value in self.cleaned_data.items() if name not in self.QUESTIONS}
        return {**rest, "answers": self.answers()}
