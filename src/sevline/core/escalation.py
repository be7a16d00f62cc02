"""An escalation: what Support sends, what Engineering may answer, and which answer counts as the first decision."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from sevline.core.lifecycle import Lifecycle, Move
from sevline.core.tables import Row, Table, load, no_repeats

DEFERRED_FOR = timedelta(minutes=60)


class EscalationStatus(StrEnum):
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    ACCEPTED_ACTING = "accepted_acting"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"


class Effect(StrEnum):
    """What a reason code counts as."""

    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    HANDED_OVER = "handed_over"


class Reason(Row, frozen=True):
    code: str
    title: str
    effect: Effect


class ActionCode(Row, frozen=True):
    code: str
    title: str


class EscalationAnswers(Table, frozen=True):
    reason: tuple[Reason, ...]
    action: tuple[ActionCode, ...]

    def check_rows(self) -> None:
        no_repeats("reason code", (reason.code for reason in self.reason))
        no_repeats("action code", (action.code for action in self.action))


ANSWERS = load("escalation_answers.toml", EscalationAnswers)
REASONS = {reason.code: reason for reason in ANSWERS.reason}
ACTION_CODES = {action.code: action for action in ANSWERS.action}


@dataclass(frozen=True, slots=True)
class EscalationFacts:
    """What the guards ask about. `gate_objections` are the sentences of the packet's hard gates and threshold."""

    security_suspected: bool = False
    gate_objections: tuple[str, ...] = ()
    reason_code: str = ""
    note: str = ""
    action_code: str = ""
    duplicate_of: str = ""
    to_team: str = ""


def is_no_security_matter(facts: EscalationFacts) -> str | None:
    if not facts.security_suspected:
        return None
    return "This looks like a security matter: it goes to Security, not to Engineering, until Security releases it."


def passes_the_gate(facts: EscalationFacts) -> str | None:
    return " ".join(facts.gate_objections) or None


def _codes_for(effect: Effect) -> str:
    return ", ".join(f"{reason.code} ({reason.title.lower()})" for reason in ANSWERS.reason if reason.effect is effect)


def _gives_reason(effect: Effect) -> Callable[[EscalationFacts], str | None]:
    def gives_reason(facts: EscalationFacts) -> str | None:
        if not facts.reason_code:
            return f"Give a reason code: {_codes_for(effect)}."
        reason = REASONS.get(facts.reason_code)
        if reason is None:
            return f"There is no reason code “{facts.reason_code}”. Choose from {_codes_for(effect)}."
        if reason.effect is not effect:
            return f"{reason.code} ({reason.title.lower()}) is not for this answer. Choose from {_codes_for(effect)}."
        return None

    return gives_reason


def says_what_to_change(facts: EscalationFacts) -> str | None:
    return None if facts.note.strip() else "Say in a sentence what is needed."


def names_an_action(facts: EscalationFacts) -> str | None:
    if facts.action_code in ACTION_CODES:
        return None
    known = ", ".join(action.title.lower() for action in ANSWERS.action)
    return f"Say what was started: {known}. A question alone is not an action."


def names_the_original(facts: EscalationFacts) -> str | None:
    return None if facts.duplicate_of else "Name the known error or escalation that this one repeats."


def names_the_team(facts: EscalationFacts) -> str | None:
    return None if facts.to_team else "Name the team that takes it over."


E = EscalationStatus
AT_ENGINEERING: frozenset[EscalationStatus] = frozenset({E.SUBMITTED, E.ACKNOWLEDGED, E.HANDED_OVER})
FINISHED: frozenset[EscalationStatus] = frozenset({E.WITHDRAWN, E.DUPLICATE})
DECIDED: frozenset[EscalationStatus] = frozenset({E.ACCEPTED, E.ACCEPTED_ACTING, E.REJECTED})


def is_over(status: str, drafted_at: datetime, resolved_at: datetime | None) -> bool:
    """Whether an escalation of an open case leads nowhere, so that the case may be escalated again.

    `resolved_at` is when the case was resolved before it was opened again; None where it never was.
    """
    if status in FINISHED:
        return True
    return status in DECIDED and resolved_at is not None and drafted_at < resolved_at


SENDING: tuple[Callable[[EscalationFacts], str | None], ...] = (is_no_security_matter, passes_the_gate)

ESCALATION: Lifecycle[EscalationFacts] = Lifecycle(
    (
        Move("submit", frozenset({E.DRAFTED}), E.SUBMITTED, SENDING),
        Move("acknowledge", frozenset({E.SUBMITTED, E.HANDED_OVER}), E.ACKNOWLEDGED),
        Move("accept", AT_ENGINEERING, E.ACCEPTED),
        Move("accept_acting", AT_ENGINEERING, E.ACCEPTED_ACTING, (names_an_action,)),
        Move("act", frozenset({E.ACCEPTED, E.ACCEPTED_ACTING}), E.ACCEPTED_ACTING, (names_an_action,)),
        Move(
            "request_changes",
            AT_ENGINEERING,
            E.CHANGES_REQUESTED,
            (_gives_reason(Effect.CHANGES_REQUESTED), says_what_to_change),
        ),
        Move("reject", AT_ENGINEERING, E.REJECTED, (_gives_reason(Effect.REJECTED), says_what_to_change)),
        Move("duplicate", AT_ENGINEERING, E.DUPLICATE, (_gives_reason(Effect.DUPLICATE), names_the_original)),
        Move("hand_over", AT_ENGINEERING, E.HANDED_OVER, (_gives_reason(Effect.HANDED_OVER), names_the_team)),
        Move("resubmit", frozenset({E.CHANGES_REQUESTED, E.REJECTED}), E.SUBMITTED, SENDING),
        Move(
            "withdraw",
            frozenset({E.DRAFTED, E.CHANGES_REQUESTED, E.REJECTED}) | AT_ENGINEERING,
            E.WITHDRAWN,
        ),
    )
)

EVENT_OF_VERB = {
    "submit": "escalation.submitted",
    "acknowledge": "escalation.acknowledged",
    "accept": "escalation.accepted",
    "accept_acting": "escalation.accepted_acting",
    "act": "escalation.acted",
    "request_changes": "escalation.changes_requested",
    "reject": "escalation.rejected",
    "duplicate": "escalation.duplicate",
    "hand_over": "escalation.handed_over",
    "resubmit": "escalation.resubmitted",
    "withdraw": "escalation.withdrawn",
}


class Decision(StrEnum):
    ACCEPTED = "accepted_as_is"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


AnswerKind = Literal[
    "accepted", "accepted_acting", "changes_requested", "rejected", "duplicate", "handed_over", "withdrawn"
]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to an escalation; `asks_for` are the packet or evidence keys that it says are missing."""

    at: datetime
    kind: AnswerKind
    asks_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FirstDecision:
    at: datetime
    decision: Decision


_DECIDES = {
    "accepted": Decision.ACCEPTED,
    "accepted_acting": Decision.ACCEPTED,
    "changes_requested": Decision.CHANGES_REQUESTED,
    "rejected": Decision.REJECTED,
    "duplicate": Decision.DUPLICATE,
    "withdrawn": Decision.WITHDRAWN,
}


def asks_before_due(answer: Answer, deferred: Mapping[str, datetime]) -> bool:
    """Whether the answer only asks for items that were promised for a later time, so that it is no rework."""
    if answer.kind != "changes_requested" or not answer.asks_for:
        return False
    return all(item in deferred and answer.at < deferred[item] for item in answer.asks_for)


def first_decision(
    answers: Iterable[Answer], *, severity: int, deferred: Mapping[str, datetime] | None = None
) -> FirstDecision | None:
    """The answer that counts for acceptance, or None while nothing was decided.

    A hand-over decides nothing: the team that takes over does. On a Sev1, asking for a deferred item before
    its due time decides nothing either.
    """
    promised = (deferred or {}) if severity == 1 else {}
    for answer in sorted(answers, key=lambda answer: answer.at):
        if answer.kind == "handed_over" or asks_before_due(answer, promised):
            continue
        return FirstDecision(answer.at, _DECIDES[answer.kind])
    return None


def defer(items: Iterable[str], *, sent_at: datetime, for_: timedelta = DEFERRED_FOR) -> dict[str, datetime]:
    """Each missing item with the time by which it is promised."""
    return dict.fromkeys(items, sent_at + for_)


def overdue_items(deferred: Mapping[str, datetime], provided: Iterable[str] = (), *, at: datetime) -> tuple[str, ...]:
    """The promised items that are missing at their due time or later; the owner is told of each."""
    there = frozenset(provided)
    return tuple(sorted(item for item, due in deferred.items() if item not in there and at >= due))


@dataclass(frozen=True, slots=True)
class Response:
    """The two times of an escalation. A first answer is an acknowledgement too."""

    submitted_at: datetime
    acknowledged_at: datetime | None = None
    acted_at: datetime | None = None
    action_code: str = ""

    @property
    def cycle(self) -> timedelta | None:
        """From sending to the later of acknowledgement and meaningful action; None while one is missing."""
        if self.acknowledged_at is None or self.acted_at is None:
            return None
        return max(self.acknowledged_at, self.acted_at) - self.submitted_at

    @property
    def acknowledged_after(self) -> timedelta | None:
        return None if self.acknowledged_at is None else self.acknowledged_at - self.submitted_at


@dataclass(frozen=True, slots=True)
class EscalationEvent:
    """One event of an escalation: its kind without the prefix, such as “acknowledged”, “asked” or “acted”."""

    at: datetime
    kind: str
    action_code: str = ""


_ACKNOWLEDGES = frozenset(
    {
        "acknowledged",
        "accepted",
        "accepted_acting",
        "changes_requested",
        "rejected",
        "duplicate",
        "handed_over",
        "acted",
    }
)


def response(events: Iterable[EscalationEvent]) -> Response | None:
    """The two times of one escalation, from its events; rework never restarts them. None before it was sent."""
    ordered = sorted(events, key=lambda event: event.at)
    sent = next((event for event in ordered if event.kind == "submitted"), None)
    if sent is None:
        return None
    acknowledged = next((event for event in ordered if event.kind in _ACKNOWLEDGES), None)
    acted = next((event for event in ordered if event.action_code in ACTION_CODES), None)
    return Response(
        sent.at,
        acknowledged.at if acknowledged else None,
        acted.at if acted else None,
        acted.action_code if acted else "",
    )
