"""What people fill in about cases. Times are typed and shown in UTC; unknown is an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from sevline.cases.models import UNKNOWN, Case, ImpactField, IssueType, Message
from sevline.cases.selectors import approved_wording, possible_receivers
from sevline.catalog.models import ProductArea
from sevline.core import severity as rating
from sevline.core.case import CAUSE_CATEGORIES, RESOLUTION_CODES, SUMMARY_MIN
from sevline.core.extraction.suggesting import Suggestion
from sevline.core.extraction.zones import split
from sevline.core.rights import Right, holds, who_may
from sevline.core.severity import SeverityAnswers
from sevline.customers.models import Account, Environment, EnvironmentKind
from sevline.people.models import Person, Team
from sevline.ui.moments import UtcField
from sevline.ui.wording import utc

MAX_TEXT = 200_000
UNSHOWN = frozenset({"seen_version"})


def words(
    label: str, *, rows: int = 0, required: bool = True, limit: int = MAX_TEXT, help_text: str = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, widget=widget, required=required, max_length=limit, help_text=help_text)


class CaseForm(forms.Form):
    """A form about one case; subclasses name the fields of one action, in the action's own words."""

    keeps_version = True
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
        return "\n".join(f"{self.fields[name].label}: {self._words(name, value)}" for name, value in values.items())

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
            choices: Any = field.choices
            return {str(key): str(text) for key, text in choices}.get(str(value), str(value))
        return str(value)


def _choices(values: Any) -> list[tuple[str, str]]:
    return [("", "Choose"), *values]


class EnvironmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """Environments of many customers have the same name, so each is named with its customer."""

    def __init__(self) -> None:
        known = Environment.objects.select_related("account").order_by("account__name", "name")
        super().__init__(known, label="Environment", required=False, empty_label="Choose")

    def label_from_instance(self, environment: Environment) -> str:
        return f"{environment.account.name}: {environment}"


class CustomerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """The customers in use; a case keeps the one that was archived since."""

    def __init__(self) -> None:
        super().__init__(Account.objects.in_use(), label="Customer", required=False, empty_label="Choose")


def _offer_customers(form: forms.Form, person: Person, case: Case | None = None) -> None:
    """Only customers and environments in use, beside what the case names already; and the way to add one."""
    accounts = Q(archived_at=None) | Q(pk=case.account_id if case else None)
    places = Q(archived_at=None, account__archived_at=None) | Q(pk=case.environment_id if case else None)
    customer, environment = form.fields["account"], form.fields["environment"]
    customer.queryset = Account.objects.filter(accounts)  # type: ignore[attr-defined]  # a ModelChoiceField
    environment.queryset = environment.queryset.filter(places)  # type: ignore[attr-defined]  # a ModelChoiceField
    if holds(person, Right.CUSTOMERS_EDIT):
        then = "" if case else " Then press “Fill in from the text” here: what you typed stays, and the list is new."
        customer.help_text = format_html(
            'Not in the list? <a href="{}" target="_blank" rel="noopener">Add a customer</a> in a new tab.{}',
            reverse("customers:add"),
            then,
        )
    else:
        may_add = who_may(Right.CUSTOMERS_EDIT).removesuffix(".")
        customer.help_text = f"Not in the list? Leave it empty for now. {may_add} add customers."


class NewCaseForm(forms.Form):
    """A ticket, pasted; the rest can be corrected later."""

    text = words("Ticket", rows=10, help_text="Paste what the customer wrote. Secrets and personal data are replaced.")
    title = words("Title", limit=200)
    issue_type = forms.ChoiceField(label="Type", required=False, choices=_choices(IssueType.choices))
    product_area = forms.ModelChoiceField(ProductArea.objects.all(), label="Product area", empty_label="Choose")
    account = CustomerField()
    environment = EnvironmentField()
    customer_severity = forms.TypedChoiceField(
        label="Severity that the customer gave",
        required=False,
        coerce=int,
        empty_value=None,
        choices=_choices([(str(n), f"{n}") for n in (1, 2, 3, 4)]),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label="Team")

    def __init__(self, data: Any = None, *, person: Person) -> None:
        own = person.teams.filter(is_engineering=False)
        teams = own if own.exists() else Team.objects.filter(is_engineering=False)
        super().__init__(data, initial={"team": teams.first()}, auto_id="new-%s")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields.update(_impact_fields({}))
        _offer_customers(self, person)

    def say_where_from(self, found: Mapping[str, Suggestion]) -> None:
        """Mark the fields that were filled from the text; whoever sends the form confirms them."""
        for name, said in found.items():
            mark = format_html('<span class="t-warn">Found in the text, please confirm: “{}”</span>', said.quote)
            # A customer that is wrongly found may be one that has to be added.
            rest = self.fields[name].help_text if name == "account" else ""
            self.fields[name].help_text = format_html("{} {}", mark, rest) if rest else mark

    @property
    def impact_fields(self) -> list[forms.BoundField]:
        return [self[f"impact_{name}"] for name in ImpactField.values]

    def given(self) -> dict[str, Any]:
        return _gather_impact(self.cleaned_data)


def _impact_fields(card: dict[str, str]) -> dict[str, forms.Field]:
    return {
        f"impact_{item.value}": forms.CharField(
            label=str(item.label),
            max_length=500,
            required=False,
            initial=card.get(item.value, UNKNOWN),
            help_text="Such as 2026-11-25 09:40 CET, which is kept as 08:40 UTC."
            if item is ImpactField.STARTED
            else "",
        )
        for item in ImpactField
    }


def _gather_impact(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The fields of the impact card as one mapping; what was emptied is unknown."""
    card = {name: cleaned[f"impact_{name}"] or UNKNOWN for name in ImpactField.values}
    rest = {name: value for name, value in cleaned.items() if not name.startswith("impact_")}
    return {**rest, "impact": card}


class ImpactForm(CaseForm):
    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        super().__init__(data, person=person, case=case)
        self.fields.update(_impact_fields(case.impact))

    def given(self) -> dict[str, Any]:
        return _gather_impact(self.cleaned_data)

    def present(self) -> str:
        return "\n".join(f"{item.label}: {self.case.impact.get(item.value, UNKNOWN)}" for item in ImpactField)


def _answers(label: str, question: type, words: dict[str, str]) -> forms.ChoiceField:
    choices = [(str(member.value), words[member.name]) for member in question]  # type: ignore[attr-defined]
    return forms.ChoiceField(label=label, choices=choices, initial=UNKNOWN, widget=forms.RadioSelect)


class ShareField(forms.FloatField):
    """A share in percent; empty means that nobody knows it."""

    def __init__(self, label: str, help_text: str) -> None:
        said = f"{help_text} Leave empty if unknown."
        super().__init__(label=label, required=False, min_value=0, max_value=100, help_text=said)


class TriageForm(CaseForm):
    """The seven questions of the severity table."""

    issue_type = forms.ChoiceField(label="Type of trouble", choices=_choices(IssueType.choices), required=False)
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
        "4. Share of all our active accounts, in percent",
        "Of the accounts of all customers together, not of this one: one account of 1,000 is 0.1.",
    )
    seats_percent = ShareField(
        "4. Share of all our active seats, in percent",
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

    def starts_with(self) -> dict[str, Any]:
        known = self.case.severity_answers or {"environment": self._environment_of_case()}
        kept = {name: known.get(name, UNKNOWN) for name in self.QUESTIONS}
        shares = {name: None if kept[name] == UNKNOWN else kept[name] for name in kept if name.endswith("_percent")}
        return {**kept, **shares, "issue_type": self.case.issue_type}

    def _environment_of_case(self) -> str:
        """The first answer is known where the case names its environment; the person sees it and may change it."""
        named = self.case.environment
        if named is None:
            return UNKNOWN
        is_production = named.kind == EnvironmentKind.PRODUCTION
        return rating.Environment.PRODUCTION if is_production else rating.Environment.NON_PRODUCTION

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


class NoteForm(CaseForm):
    keeps_version = False
    text = words("Internal note", rows=4)


class TellForm(CaseForm):
    keeps_version = False
    text = words(
        "Text to the customer",
        rows=5,
        help_text="This sends nothing. Send it in your own mail or desk, and record here what you sent.",
    )
    next_update_at = UtcField(label="Next update to the customer by (UTC)", required=False)
    is_meaningful = forms.BooleanField(
        label="It gives a finding, a workaround, a question or a plan, so it counts as a response",
        required=False,
        initial=True,
    )
    explains_severity = forms.BooleanField(
        label="It explains why the severity is not the one that the customer gave", required=False
    )

    override_reason = words(
        "Why it goes out as it is",
        required=False,
        limit=300,
        help_text="Only where the check marks something that may go out with a reason. It stays in the record.",
    )

    def __init__(self, data: Any = None, *, person: Person, case: Case, note: Message | None = None) -> None:
        self.note = note
        super().__init__(data, person=person, case=case)

    def starts_with(self) -> dict[str, Any]:
        """The note that is made visible, or what somebody approved in exactly these words."""
        text = self.note.text if self.note else approved_wording(self.person, self.case)
        return {"text": text} if text else {}


class ReplyForm(CaseForm):
    keeps_version = False
    text = words("What the customer wrote", rows=5)


class NextActionForm(CaseForm):
    text = words("Next action", limit=200)
    due = UtcField(label="Due by (UTC)")
    who = forms.ModelChoiceField(Person.objects.none(), label="Who does it", required=False, empty_label="The owner")

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        super().__init__(data, person=person, case=case)
        people = Person.objects.filter(pk__in=[case.owner_id, *(p.pk for p in possible_receivers(person, case))])
        self.fields["who"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField

    def starts_with(self) -> dict[str, Any]:
        case = self.case
        return {"text": case.next_action, "due": case.next_action_due, "who": case.next_action_by}


class TakeForm(CaseForm):
    next_action = words("Next action", limit=200)
    due = UtcField(label="Due by (UTC)")

    def starts_with(self) -> dict[str, Any]:
        return {"next_action": self.case.next_action, "due": self.case.next_action_due}


class ClassifyForm(CaseForm):
    issue_type = forms.ChoiceField(label="Type", choices=_choices(IssueType.choices))
    product_area = forms.ModelChoiceField(ProductArea.objects.all(), label="Product area", empty_label="Choose")
    account = CustomerField()
    environment = EnvironmentField()

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        super().__init__(data, person=person, case=case)
        _offer_customers(self, person, case)

    def starts_with(self) -> dict[str, Any]:
        names = ("issue_type", "product_area", "account", "environment")
        return {name: getattr(self.case, name) for name in names}


class WaitForm(CaseForm):
    waiting_for = words("What we wait for", limit=300)


class HoldForm(WaitForm):
    customer_approved = forms.BooleanField(
        label="The customer agreed to this hold in writing, so the clocks pause", required=False
    )


class PlainForm(CaseForm):
    """A move that asks nothing more."""


NEEDS = {
    "validated_fix": " (needs a validated fix)",
    "accepted_workaround": " (needs an accepted workaround)",
    "nothing": "",
}


class ResolveForm(CaseForm):
    code = forms.ChoiceField(
        label="Resolution code",
        choices=_choices([(c.key, f"{c.title}{NEEDS[c.needs]}") for c in RESOLUTION_CODES.values()]),
    )
    cause = forms.ChoiceField(
        label="Cause category", choices=_choices([(c.key, c.title) for c in CAUSE_CATEGORIES.values()])
    )
    summary = words(
        "Summary", rows=5, limit=5000, help_text=f"At least {SUMMARY_MIN} characters: what it was, what helped."
    )

    def starts_with(self) -> dict[str, Any]:
        case = self.case
        return {"code": case.resolution_code, "cause": case.cause_category, "summary": case.resolution_summary}


class ReopenForm(CaseForm):
    reason = words("Why the case is opened again", limit=500)


class SeverityForm(CaseForm):
    severity = forms.TypedChoiceField(label="Severity", coerce=int, choices=[(str(n), f"Sev{n}") for n in (1, 2, 3, 4)])
    reason = words("Why", limit=1000)
    evidence = words("When lowering a Sev1 or Sev2: which evidence shows it", required=False, limit=500)
    customer_notice = words("When lowering a Sev1 or Sev2: how the customer was told", required=False, limit=500)

    def starts_with(self) -> dict[str, Any]:
        return {"severity": self.case.severity}


class HandoffForm(CaseForm):
    keeps_version = False
    receiver = forms.ModelChoiceField(Person.objects.none(), label="To whom", empty_label="Choose")
    summary = words("Where the case stands", rows=4, limit=1000)

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        super().__init__(data, person=person, case=case)
        people = Person.objects.filter(pk__in=[one.pk for one in possible_receivers(person, case)])
        self.fields["receiver"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class UnversionedForm(CaseForm):
    keeps_version = False


class ShareForm(CaseForm):
    keeps_version = False
    team = forms.ModelChoiceField(Team.objects.all(), label="Team")
    why = words("Why they should see it", limit=300)


class RestrictForm(CaseForm):
    restricted = forms.BooleanField(label="Only Security and the owner see this case", required=False)
    reason = words("Why", limit=300)

    def starts_with(self) -> dict[str, Any]:
        return {"restricted": self.case.restricted}
