"""What people write on a packet and what Engineering answers. Times are typed and shown in UTC."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms

from sevline.cases.forms import words
from sevline.core import packet as core
from sevline.core.escalation import ACTION_CODES, REASONS, Effect, EscalationStatus
from sevline.core.lifecycle import Refused
from sevline.escalations.actions.packets import LIMIT, TEXTS, check_needed_by, checked, evidence_named
from sevline.escalations.models import Escalation
from sevline.escalations.selectors import occurrences
from sevline.people.models import Team
from sevline.ui.moments import UtcField

Given = TypeVar("Given", bound=forms.Field)
ASKS = [("", "Choose"), ("fix", "Fix"), ("diagnose", "Diagnose"), ("data", "Data"), ("decision", "Decision")]
LABELS = {
    "component": "Component",
    "symptom": "Symptom",
    "condition": "Condition",
    "ask": "What is asked for",
    "ask_text": "The one request",
    "needed_because": "Why by then",
    "expected": "Expected",
    "actual": "Actual",
    "error_text": "Exact error text",
    "times": "Other times, each with its zone",
    "request_ids": "Other request ids",
    "trace_ids": "Other trace ids",
    "tenant": "The tenant that is meant",
    "suspected_component": "Component",
    "suspected_because": "Reason: what was observed",
    "confidence": "How sure",
}
HELP = {
    "times": "Such as 2026-11-25 14:40:05 CET, separated by commas.",
    "request_ids": "Separated by commas.",
    "trace_ids": "Separated by commas.",
    "tenant": "Its id; every other tenant that was named then stays out.",
}
GOING = {
    "time": "Times that go to Engineering",
    "request_id": "Request ids that go to Engineering",
    "trace_id": "Trace ids that go to Engineering",
    "tenant": "Other tenants that go to Engineering",
}
NOTHING_TICKED = (
    "Nothing is ticked: no cause, supported hypothesis or failing check of the case's type rests on one of these. Tick "
    "those that show this fault."
)
SURE = [
    ("", "As the cause in the diagnosis says"),
    ("suspected", "Suspected: a guess that is worth a test"),
    ("probable", "Probable: correlated, not proven"),
]
LONG = frozenset({"ask_text", "expected", "actual", "error_text", "suspected_because"})
WRITTEN_AT = {
    "p1": ("component", "symptom", "condition"),
    "p2": ("ask", "ask_text", "needed_by", "needed_because"),
    "p5": ("expected", "actual"),
    "p7": ("error_text", "times", "request_ids", "trace_ids", "tenant"),
    "p11": ("suspected_component", "suspected_because", "confidence"),
}
SAVE_FIRST = "Correct or empty it on the packet and save it; Engineering would get the packet without it."
CAME_BACK = frozenset({EscalationStatus.CHANGES_REQUESTED, EscalationStatus.REJECTED})
CITING = ("p4", "p5", "p7", "p9", "p11", "p12", "p13", "p14")


class _Listed(forms.MultipleChoiceField):
    """Values of a list that may have changed since the page was shown; the form keeps those that are still there."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:  # noqa: ARG002 - every value is let through
        return True


class PacketForm(forms.Form):
    """What stands over the words of the case; an empty field takes the case's own."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    needed_by = UtcField(label="Needed by (UTC)", required=False)
    p7_offered = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        escalation: Escalation,
        facts: core.PacketFacts | None = None,
        may_accept: bool = False,
    ) -> None:
        """`may_accept`: its writer may override the gate, and so accept why a field does not apply."""
        self.escalation, self.written = escalation, escalation.fields
        self.seen = occurrences.of_case(escalation.case)
        first = {"seen_version": escalation.version, "needed_by": escalation.needed_by}
        super().__init__(data, initial=first, auto_id="packet-%s")
        for name in TEXTS:
            self.fields[name] = self._text(name, facts)
        for key in core.FIELD_KEYS:
            why = self.written.get("not_applicable", {}).get(key.upper(), "")
            self.fields[f"na_{key}"] = words("Does not apply, because", required=False, limit=LIMIT)
            self.initial[f"na_{key}"] = why
            if may_accept and why:
                self.fields[f"ok_{key}"] = forms.BooleanField(label="I accept that it does not apply", required=False)
                self.initial[f"ok_{key}"] = self.written.get("accepted", {}).get(key.upper()) == why
        for key in CITING:
            self.fields[f"src_{key}"] = words("Rests on", required=False, limit=200, help_text="Such as E-1, E-3.")
            self.initial[f"src_{key}"] = ", ".join(self.written.get("sources", {}).get(key, ()))
        offered = {kind: self.seen.offered(kind) for kind in GOING}
        self.initial["p7_offered"] = offered
        for kind, label in GOING.items():
            field = _Listed(label=label, required=False, choices=[(value, self._box(value)) for value in offered[kind]])
            self.fields[f"p7_{kind}"] = _needed(field)
            going = occurrences.goes(self.seen, self.written, kind)
            self.initial[f"p7_{kind}"] = going
            field.help_text = "" if going or kind == "tenant" else NOTHING_TICKED

    def _box(self, value: str) -> str:
        """A value with where it stands, so that one can tell which occurrence it is."""
        told = self.seen.told.get(value, "")
        return f"{value} · {told}" if told else value

    def _text(self, name: str, facts: core.PacketFacts | None) -> forms.Field:
        self.initial[name] = self.written.get(name, "")
        if name == "ask":
            return forms.ChoiceField(label=LABELS[name], choices=ASKS, required=False)
        if name == "confidence":
            return forms.ChoiceField(label=LABELS[name], choices=SURE, required=False)
        rows = 2 if name in LONG else 0
        field = words(LABELS[name], rows=rows, required=False, limit=LIMIT, help_text=HELP.get(name, ""))
        if name in occurrences.ADDED.values():
            return field
        said = getattr(facts, "tenant_id" if name == "tenant" else name, "") if facts else ""
        field.widget.attrs["placeholder"] = said or "The case does not say."
        return field

    def of_section(self, key: str) -> list[forms.BoundField]:
        """The fields that are written at one section of the packet."""
        return [self[name] for name in self._names(key)]

    def _names(self, key: str) -> list[str]:
        names = [*WRITTEN_AT.get(key, ()), *([f"src_{key}"] if key in CITING else ()), f"na_{key}"]
        names += [f"ok_{key}"] if f"ok_{key}" in self.fields else []
        if key == "p7":
            shown = [f"p7_{kind}" for kind in GOING if self.seen.offered(kind)]
            names = ["p7_offered", *shown, *names]
        return names

    def _found(self) -> dict[str, dict[str, bool]]:
        """What was answered about the values that the page offered, by kind: only kinds that were changed."""
        clean = self.cleaned_data or {}
        stood_there = clean.get("p7_offered")
        offered: dict[str, Any] = stood_there if isinstance(stood_there, dict) else {}
        changed: dict[str, dict[str, bool]] = {}
        for kind in GOING:
            stood = offered.get(kind)
            known = self.seen.values[kind]
            named = stood if isinstance(stood, list) else []
            values = [value for value in named if isinstance(value, str) and value in known]
            going, ticked = set(occurrences.goes(self.seen, self.written, kind)), set(clean.get(f"p7_{kind}", ()))
            if any((value in ticked) != (value in going) for value in values):
                changed[kind] = {value: value in ticked for value in values}
        return changed

    def clean(self) -> None:
        """What cannot be kept is refused at its own field, so that everything else can be saved."""
        for name in self.changed_data:
            self._keep_or_refuse(name)

    def _keep_or_refuse(self, name: str) -> None:
        value = self.cleaned_data.get(name)
        try:
            if name in TEXTS and isinstance(value, str):
                self.cleaned_data[name] = checked(name, value)
            elif name == "needed_by" and value:
                check_needed_by(self.escalation, value)
            elif name.startswith("src_") and value:
                evidence_named(self.escalation, _keys(value))
        except Refused as refusal:
            self.add_error(name, list(refusal.reasons))

    @property
    def refused(self) -> list[str]:
        """The fields that were not kept, each with the section in which it stands."""
        at = {name: key.upper() for key in core.FIELD_KEYS for name in self._names(key)}
        return [f"{at.get(name, '')} {self.fields[name].label}".strip() for name in self.errors if name in self.fields]

    def given(self) -> dict[str, Any]:
        """What the action takes: only what differs from what is kept, and nothing that was refused."""
        clean = self.cleaned_data
        texts = {name: clean[name] for name in TEXTS if name in clean and clean[name] != self.written.get(name, "")}
        kept = {**self.initial, **clean}
        reasons = {key: kept[f"na_{key}"] for key in core.FIELD_KEYS}
        sources = {key: _keys(kept[f"src_{key}"]) for key in CITING}
        new = [name for name in self.changed_data if name in clean]
        changed = {name.removeprefix("na_") for name in new}
        return {
            "texts": texts,
            "needed_by": clean["needed_by"] if "needed_by" in new else None,
            "not_applicable": reasons if changed & set(core.FIELD_KEYS) else None,
            "accepted": self._accepted(new),
            "sources": sources if any(name.startswith("src_") for name in new) else None,
            "found": self._found() or None,
            "seen_version": clean.get("seen_version"),
        }

    def _accepted(self, new: list[str]) -> list[str] | None:
        """The fields whose reason is ticked, where a tick was changed."""
        if not any(name.startswith("ok_") for name in new):
            return None
        return [key.upper() for key in core.FIELD_KEYS if self.cleaned_data.get(f"ok_{key}")]

    def typed(self) -> str:
        return _listed({str(self.fields[name].label): _words(self[name].data) for name in self._differing()})

    def present(self) -> str:
        return _listed({str(self.fields[name].label): _words(self.initial.get(name)) for name in self._differing()})

    def _differing(self) -> list[str]:
        own = {f"p7_{kind}" for kind in self._found()} if self.is_valid() else set()
        return [name for name in self.changed_data if name in own or not name.startswith(("seen_", "p7_"))]


def _keys(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


def _listed(texts: Mapping[str, str]) -> str:
    return "\n".join(f"{label}: {text or 'empty'}" for label, text in texts.items())


class StepForm(forms.Form):
    """Base of every answer: the escalation is known."""

    def __init__(self, data: Any = None, *, escalation: Escalation, **options: Any) -> None:
        self.escalation = escalation
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}-%s", **options)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _needed(field: Given) -> Given:
    """The action refuses an empty answer with words of its own, so the form lets it through; optional it is not."""
    field.widget.is_required = True
    return field


def _reasons(effect: Effect) -> forms.ChoiceField:
    rows = [(row.code, f"{row.code} {row.title.lower()}") for row in REASONS.values() if row.effect is effect]
    return _needed(forms.ChoiceField(label="Reason", choices=[("", "Choose"), *rows], required=False))


class PlainForm(StepForm):
    pass


class NoteForm(StepForm):
    note = words("Note", rows=3, required=False, limit=2000)


class ActForm(StepForm):
    action_code = _needed(
        forms.ChoiceField(
            label="What you start now",
            choices=[("", "Choose"), *((row.code, row.title) for row in ACTION_CODES.values())],
            required=False,
        )
    )
    note = words("Note", rows=3, required=False, limit=2000)


class ReturnForm(StepForm):
    reason_code = _reasons(Effect.CHANGES_REQUESTED)
    note = _needed(words("What is needed", rows=3, required=False, limit=2000))
    asks_for = forms.MultipleChoiceField(
        label="Fields that are missing",
        help_text="Support sees them marked, each with your words. Where no reason says it, such as for a missing ask, "
        "tick the field and take the nearest reason.",
        choices=[(row.id, f"{row.id} {row.title}") for row in core.PACKET.field],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "asks_for": tuple(self.cleaned_data["asks_for"])}


class RejectForm(StepForm):
    reason_code = _reasons(Effect.REJECTED)
    note = _needed(words("Why", rows=3, required=False, limit=2000))


class DuplicateForm(StepForm):
    duplicate_of = _needed(
        words("Known error or escalation", required=False, limit=60, help_text="Such as KE-12 or ESC-98.")
    )
    note = words("Note", rows=2, required=False, limit=2000)


class HandOverForm(StepForm):
    team_key = _needed(forms.ChoiceField(label="Team", required=False))
    note = words("Why it is theirs", rows=3, required=False, limit=2000)

    def __init__(self, data: Any = None, *, escalation: Escalation, **options: Any) -> None:
        super().__init__(data, escalation=escalation, **options)
        others = Team.objects.filter(is_engineering=True).exclude(pk=escalation.team_id)
        self.fields["team_key"].choices = [("", "Choose"), *((team.key, team.name) for team in others)]  # type: ignore[attr-defined]  # a ChoiceField


class AskForm(StepForm):
    text = _needed(words("Question", rows=3, required=False, limit=2000))
    is_blocking = forms.BooleanField(label="Nothing can go on before the answer", required=False)


class AnswerForm(StepForm):
    question_id = forms.IntegerField(widget=forms.HiddenInput)
    text = _needed(words("Answer", rows=3, required=False, limit=4000))


class SendingForm(StepForm):
    """Base of what lets a packet out. `unsaved` names what was typed on its page and is not kept."""

    unsaved = forms.CharField(widget=forms.HiddenInput, max_length=4000, required=False)

    def clean(self) -> None:
        if left := self.cleaned_data.pop("unsaved", ""):
            self.add_error(None, f"Not saved yet: {left}. {SAVE_FIRST}")


class ProvideForm(SendingForm):
    field = forms.CharField(widget=forms.HiddenInput, max_length=4)


class WithdrawForm(StepForm):
    note = _needed(words("Why", rows=3, required=False, limit=2000))


class SendForm(SendingForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reply = words(
        "What changed",
        rows=3,
        required=False,
        limit=2000,
        help_text="Your reply to the reason for which it came back. Needed where the packet itself did not change.",
    )

    def __init__(self, data: Any = None, *, escalation: Escalation, **options: Any) -> None:
        first = {"seen_version": escalation.version, **options.pop("initial", {})}
        super().__init__(data, escalation=escalation, initial=first, **options)
        if escalation.status not in CAME_BACK:
            del self.fields["reply"]


class OverrideForm(SendForm):
    override_reason = _needed(words("Why it goes out below the threshold", rows=3, required=False, limit=LIMIT))
