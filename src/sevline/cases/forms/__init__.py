"""What people fill in about cases. Times are typed and shown in UTC; unknown is an answer."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from sevline.cases.forms.base import CaseForm, choices, reason_to_send, words
from sevline.cases.forms.rating import TriageForm
from sevline.cases.models import UNKNOWN, Case, ImpactField, IssueType, Message
from sevline.cases.selectors import approved_wording, has_answered, named_environment, possible_doers, possible_owners
from sevline.catalog.models import ProductArea
from sevline.core.case import CAUSE_CATEGORIES, RESOLUTION_CODES, SUMMARY_MIN
from sevline.core.extraction.suggestion import Suggestion
from sevline.core.rights import Right, holds, who_may
from sevline.customers.models import Account, Environment
from sevline.people.models import Person, Team
from sevline.ui.moments import UtcField
from sevline.ui.wording import utc

__all__ = [
    "CaseForm",
    "ClassifyForm",
    "HandoffForm",
    "HoldForm",
    "ImpactForm",
    "NewCaseForm",
    "NextActionForm",
    "NoteForm",
    "PlainForm",
    "ReopenForm",
    "ReplyForm",
    "ResolveForm",
    "RestrictForm",
    "SeverityForm",
    "ShareForm",
    "TakeForm",
    "TellForm",
    "TriageForm",
    "UnversionedForm",
    "WaitForm",
    "words",
]


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
    title = words("Title", limit=200, help_text="At most 200 characters; the browser takes no more.")
    issue_type = forms.ChoiceField(label="Type", required=False, choices=choices(IssueType.choices))
    product_area = forms.ModelChoiceField(ProductArea.objects.all(), label="Product area", empty_label="Choose")
    account = CustomerField()
    environment = EnvironmentField()
    customer_severity = forms.TypedChoiceField(
        label="Severity that the customer gave",
        required=False,
        coerce=int,
        empty_value=None,
        choices=choices([(str(n), f"{n}") for n in (1, 2, 3, 4)]),
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
            mark = format_html('<span class="t-warn">Found in the text, please confirm: {}</span>', said.told)
            # A customer that is wrongly found may be one that has to be added.
            rest = self.fields[name].help_text if name == "account" else ""
            self.fields[name].help_text = format_html("{} {}", mark, rest) if rest else mark

    def say_unknown(self, tenants: Collection[str]) -> None:
        """Name the tenants of the text that belong to no customer of the desk."""
        if tenants:
            few = ", ".join(list(tenants)[:3])
            said = f"Tenant {few} belongs" if len(tenants) == 1 else f"Tenants {few} belong"
            mark = format_html('<span class="t-warn">{} to no customer of the desk.</span>', said)
            self.fields["account"].help_text = format_html("{} {}", mark, self.fields["account"].help_text)

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


class NoteForm(CaseForm):
    keeps_version = False
    text = words("Internal note", rows=4)


class TellForm(CaseForm):
    keeps_version, outgoing = False, "text"
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

    override_reason = reason_to_send()

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
        people = Person.objects.filter(pk__in=[one.pk for one in possible_doers(person, case)])
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
    issue_type = forms.ChoiceField(label="Type", required=False, choices=choices(IssueType.choices))
    product_area = forms.ModelChoiceField(ProductArea.objects.all(), label="Product area", empty_label="Choose")
    account = CustomerField()
    environment = EnvironmentField()

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        self._named = named_environment(person, case)
        super().__init__(data, person=person, case=case)
        _offer_customers(self, person, case)
        if self._named is not None:
            self.fields["environment"].help_text = f"The ticket names its tenant, {self._named.tenant}. Please confirm."

    def starts_with(self) -> dict[str, Any]:
        names = ("issue_type", "product_area", "account", "environment")
        named = {"environment": self._named, "account": self._named.account} if self._named else {}
        return {name: getattr(self.case, name) for name in names} | named


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
    outgoing = "closing_message"
    code = forms.ChoiceField(
        label="Resolution code",
        choices=choices([(c.key, f"{c.title}{NEEDS[c.needs]}") for c in RESOLUTION_CODES.values()]),
    )
    cause = forms.ChoiceField(
        label="Cause category", choices=choices([(c.key, c.title) for c in CAUSE_CATEGORIES.values()])
    )
    summary = words(
        "Summary", rows=5, limit=5000, help_text=f"At least {SUMMARY_MIN} characters: what it was, what helped."
    )
    closing_message = words("What the customer is told of it", rows=5, required=False)
    override_reason = reason_to_send()

    def __init__(self, data: Any = None, *, person: Person, case: Case) -> None:
        super().__init__(data, person=person, case=case)
        self.fields["closing_message"].help_text = self._about_the_message()
        if not holds(person, Right.CASE_REPLY):
            del self.fields["closing_message"], self.fields["override_reason"]

    def starts_with(self) -> dict[str, Any]:
        case = self.case
        return {
            "code": case.resolution_code,
            "cause": case.cause_category,
            "summary": case.resolution_summary,
            "closing_message": approved_wording(self.person, case),
        }

    def _about_the_message(self) -> str:
        sends = "This sends nothing: send it yourself, and it is recorded here."
        promised = self.case.next_update_at
        if promised is None and not has_answered(self.case):
            return f"Nobody has answered the customer yet: left empty, the first response stays open. {sends}"
        if promised is None:
            return f"{sends} Leave it empty if they know already."
        return f"They were promised an update by {utc(promised)}. Left empty, that promise stays open. {sends}"


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
        people = Person.objects.filter(pk__in=[one.pk for one in possible_owners(person, case)])
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
