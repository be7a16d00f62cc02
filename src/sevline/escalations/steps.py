"""The steps of an escalation as forms: which form, which action, and who is offered it when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sevline.core.escalation import AT_ENGINEERING, ESCALATION
from sevline.core.rights import Right
from sevline.escalations import actions, forms
from sevline.escalations.forms import StepForm
from sevline.escalations.models import Escalation
from sevline.escalations.selectors.inbox import may_answer
from sevline.people.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One action as a dialog and as a page of its own. `move` is the verb of the lifecycle; empty fits every status."""

    verb: str
    title: str
    form: type[StepForm]
    action: Callable[..., Any]
    right: Right
    button: str
    done: str
    move: str = ""
    key: str = ""
    kind: str = ""


ANSWER = Right.ESCALATION_ANSWER


def _act(key: str, **given: Any) -> Escalation:
    """Accept and act, or act on what was accepted before."""
    row = Escalation.objects.visible_to(given["by"]).filter(number=int(key.removeprefix("ESC-"))).first()
    waiting = row is not None and row.status in AT_ENGINEERING
    return (actions.accept_acting if waiting else actions.act)(key, **given)


OFFERED: tuple[Step, ...] = (
    Step(
        "accept-and-act",
        "Accept and act",
        forms.ActForm,
        _act,
        ANSWER,
        "Accept and act",
        "Accepted; the action is recorded.",
        "accept_acting",
        "a",
        "primary",
    ),
    Step(
        "act",
        "Say what was started",
        forms.ActForm,
        _act,
        ANSWER,
        "Record the action",
        "The action is recorded.",
        "act",
        "a",
        "primary",
    ),
    Step(
        "acknowledge",
        "Acknowledge",
        forms.PlainForm,
        actions.acknowledge,
        ANSWER,
        "Acknowledge",
        "Acknowledged.",
        "acknowledge",
    ),
    Step("accept", "Accept as it is", forms.NoteForm, actions.accept, ANSWER, "Accept", "Accepted.", "accept"),
    Step(
        "ask",
        "Ask one question",
        forms.AskForm,
        actions.ask,
        ANSWER,
        "Ask",
        "Asked. The action clock goes on.",
        "",
        "q",
    ),
    Step(
        "hand-over",
        "Hand over",
        forms.HandOverForm,
        actions.hand_over,
        ANSWER,
        "Hand over",
        "Handed over.",
        "hand_over",
    ),
    Step(
        "return",
        "Return for changes",
        forms.ReturnForm,
        actions.request_changes,
        ANSWER,
        "Return",
        "Returned.",
        "request_changes",
    ),
    Step(
        "duplicate",
        "Name the duplicate",
        forms.DuplicateForm,
        actions.name_duplicate,
        ANSWER,
        "Save",
        "Saved.",
        "duplicate",
    ),
    Step("reject", "Reject", forms.RejectForm, actions.reject, ANSWER, "Reject", "Rejected.", "reject", "", "danger"),
)
SENDING: tuple[Step, ...] = (
    Step(
        "submit",
        "Send to Engineering",
        forms.SendForm,
        actions.submit,
        Right.PACKET_SUBMIT,
        "Send to Engineering",
        "Sent to Engineering.",
    ),
    Step(
        "override",
        "Send below the threshold",
        forms.OverrideForm,
        actions.submit,
        Right.PACKET_OVERRIDE,
        "Send all the same",
        "Sent to Engineering below the threshold.",
    ),
    Step(
        "withdraw",
        "Withdraw",
        forms.WithdrawForm,
        actions.withdraw,
        Right.PACKET_WITHDRAW,
        "Withdraw",
        "Withdrawn.",
        "withdraw",
    ),
    Step(
        "answer",
        "Answer a question",
        forms.AnswerForm,
        actions.answer_question,
        Right.PACKET_EDIT,
        "Answer",
        "Answered.",
    ),
    Step(
        "provide",
        "Send a promised point",
        forms.ProvideForm,
        actions.provide_deferred,
        Right.PACKET_EDIT,
        "Send it now",
        "Engineering has the new version.",
    ),
)
STEPS = {step.verb: step for step in (*OFFERED, *SENDING)}


def offered(person: Person, escalation: Escalation) -> list[tuple[Step, StepForm]]:
    """What Engineering may answer now, each with its empty form; none for whoever may not answer for its team."""
    if not escalation.submitted_at or not may_answer(person, escalation):
        return []
    moves = {move.verb for move in ESCALATION.from_status(escalation.status)}
    return [(step, step.form(escalation=escalation)) for step in OFFERED if not step.move or step.move in moves]
