"""A case: its eight statuses, what each move needs, and the stage that its events tell."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from unicodedata import category

from sevline.core.lifecycle import Lifecycle, Move
from sevline.core.tables import Row, Table, load, no_repeats

SUMMARY_MIN = 30
UNMERGE_DAYS = 7


class CaseStatus(StrEnum):
    NEW = "new"
    OPEN = "open"
    PENDING_CUSTOMER = "pending_customer"
    ON_HOLD_INTERNAL = "on_hold_internal"
    ON_HOLD_VENDOR = "on_hold_vendor"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"


class Stage(StrEnum):
    """How far the work is. It is read from the events and never stored."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    DIAGNOSING = "diagnosing"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


class ResolutionCode(Row, frozen=True):
    key: str
    title: str
    needs: Literal["validated_fix", "accepted_workaround", "nothing"]


class CauseCategory(Row, frozen=True):
    key: str
    title: str


class Resolutions(Table, frozen=True):
    code: tuple[ResolutionCode, ...]
    cause: tuple[CauseCategory, ...]

    def check_rows(self) -> None:
        no_repeats("resolution code", (code.key for code in self.code))
        no_repeats("cause category", (cause.key for cause in self.cause))


RESOLUTIONS = load("resolutions.toml", Resolutions)
RESOLUTION_CODES = {code.key: code for code in RESOLUTIONS.code}
CAUSE_CATEGORIES = {cause.key: cause for cause in RESOLUTIONS.cause}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the guards ask about; fill only what the move needs."""

    has_owner: bool = False
    has_next_action: bool = False
    waiting_for: str = ""
    resolution_code: str = ""
    cause_category: str = ""
    resolution_summary: str = ""
    has_validated_fix: bool = False
    has_accepted_workaround: bool = False
    reopen_reason: str = ""
    merged_into: str = ""
    days_since_merge: float | None = None


def has_owner(case: CaseFacts) -> str | None:
    return None if case.has_owner else "Name the one person who owns this case."


def has_next_action(case: CaseFacts) -> str | None:
    return None if case.has_next_action else "Say what happens next, who does it and by when."


def says_what_it_waits_for(case: CaseFacts) -> str | None:
    return None if case.waiting_for.strip() else "Say what the case is waiting for."


def has_resolution_code(case: CaseFacts) -> str | None:
    if not case.resolution_code:
        return "Choose a resolution code."
    if case.resolution_code not in RESOLUTION_CODES:
        return f"There is no resolution code “{case.resolution_code}”."
    return None


def has_cause_category(case: CaseFacts) -> str | None:
    if not case.cause_category:
        return "Choose a cause category."
    if case.cause_category not in CAUSE_CATEGORIES:
        return f"There is no cause category “{case.cause_category}”."
    return None


# Letters, marks and symbols by their category that print as nothing: fillers, joiners, the braille blank.
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}


def seen_length(text: str) -> int:
    """How many characters of a text can be seen: a run of blanks counts one, zero-width and control ones none."""
    shown = (mark for mark in text if mark.isspace() or (mark not in _UNSEEN and not category(mark).startswith("C")))
    return len(" ".join("".join(shown).split()))


def has_summary(case: CaseFacts) -> str | None:
    length = seen_length(case.resolution_summary)
    if length >= SUMMARY_MIN:
        return None
    return f"Write a resolution summary of at least {SUMMARY_MIN} characters; this one has {length}."


def has_what_the_code_says(case: CaseFacts) -> str | None:
    code = RESOLUTION_CODES.get(case.resolution_code)
    if code is None:
        return None
    if code.needs == "validated_fix" and not case.has_validated_fix:
        return f"“{code.title}” needs a fix that was validated. Record the check that shows it works."
    if code.needs == "accepted_workaround" and not case.has_accepted_workaround:
        return f"“{code.title}” needs a workaround that the customer accepted."
    return None


def has_reopen_reason(case: CaseFacts) -> str | None:
    return None if case.reopen_reason.strip() else "Say why the case is opened again."


def names_the_survivor(case: CaseFacts) -> str | None:
    return None if case.merged_into else "Name the case that this one is merged into."


def was_merged_lately(case: CaseFacts) -> str | None:
    if case.days_since_merge is not None and case.days_since_merge <= UNMERGE_DAYS:
        return None
    return f"A merge can be undone for {UNMERGE_DAYS} days."


S = CaseStatus
WAITING = frozenset({S.PENDING_CUSTOMER, S.ON_HOLD_INTERNAL, S.ON_HOLD_VENDOR})
UNRESOLVED: frozenset[CaseStatus] = frozenset({S.NEW, S.OPEN}) | WAITING
WORKED = UNRESOLVED - {S.NEW}


def _wait(verb: str, target: CaseStatus) -> Move[CaseFacts]:
    return Move(verb, frozenset(WORKED - {target}), target, (says_what_it_waits_for, has_next_action))


RESOLVING: tuple[Callable[[CaseFacts], str | None], ...] = (
    has_resolution_code,
    has_cause_category,
    has_summary,
    has_what_the_code_says,
)

CASE: Lifecycle[CaseFacts] = Lifecycle((
    Move("take",    frozenset({S.NEW}), S.OPEN, (has_owner, has_next_action)),
    _wait("wait_for_customer", S.PENDING_CUSTOMER),
    _wait("hold_internal", S.ON_HOLD_INTERNAL),
    _wait("hold_vendor", S.ON_HOLD_VENDOR),
    Move("resume",  frozenset(WAITING), S.OPEN),
    Move("resolve", frozenset(WORKED), S.RESOLVED, RESOLVING),
    Move("reopen",  frozenset({S.RESOLVED}), S.OPEN, (has_reopen_reason,)),
    Move("close",   frozenset({S.RESOLVED}), S.CLOSED),
    Move("merge",   frozenset(UNRESOLVED), S.MERGED, (names_the_survivor,)),
    Move("unmerge", frozenset({S.MERGED}), S.OPEN, (was_merged_lately,)),
))  # fmt: skip

NOBODY_TOOK_IT = (
    "Its owner has not taken this case yet. Take it first: that says who works on it and what happens next."
)


def not_yet(verb: str, status: str) -> str:
    """Why a move is out of reach in a status, and what to do about it; empty where it is possible."""
    if any(move.verb == verb for move in CASE.from_status(status)):
        return ""
    if status == S.NEW:
        return NOBODY_TOOK_IT
    words = {
        "wait_for_customer": "wait for the customer",
        "hold_internal": "hold",
        "hold_vendor": "wait for the vendor",
    }
    return f"To {words.get(verb, verb)} is not possible while the case is {status.replace('_', ' ')}."


VERB_OF_EVENT = {
    "case.taken": "take",
    "case.waiting_for_customer": "wait_for_customer",
    "case.held_internal": "hold_internal",
    "case.held_vendor": "hold_vendor",
    "case.resumed": "resume",
    "case.resolved": "resolve",
    "case.reopened": "reopen",
    "case.closed": "close",
    "case.merged": "merge",
    "case.unmerged": "unmerge",
}
EVENT_OF_VERB = {verb: kind for kind, verb in VERB_OF_EVENT.items()}

# An escalation is with Engineering from the first of these to one of the second.
_ESCALATION_OUT = frozenset({"escalation.submitted", "escalation.resubmitted"})
_ESCALATION_BACK = frozenset(
    {
        "escalation.changes_requested",
        "escalation.rejected",
        "escalation.duplicate",
        "escalation.withdrawn",
    }
)

# The checks run over every upload; a person's work begins with a hypothesis, a test or a cause.
_BY_MACHINE = frozenset({"diagnosis.findings_kept"})


class BrokenHistory(ValueError):  # noqa: N818 - it is named for what was found
    """The events cannot have happened in this order."""


def replay(kinds: Iterable[str]) -> CaseStatus:
    """The status after the events of one case, oldest first; events that move no status are passed over.

    Guards are not asked again: an event says that they agreed when it was written.
    Raises BrokenHistory when an event is not possible in the status that the earlier ones led to.
    """
    status = CaseStatus.NEW
    for number, kind in enumerate(kinds, start=1):
        verb = VERB_OF_EVENT.get(kind)
        if verb is None:
            continue
        move = next((move for move in CASE.from_status(status) if move.verb == verb), None)
        if move is None:
            raise BrokenHistory(f"Event {number}, “{kind}”, is not possible while the status is “{status}”.")
        status = CaseStatus(move.target)
    return status


def stage(kinds: Iterable[str]) -> Stage:
    """How far the work on one case is, from its events, oldest first."""
    triaged = diagnosing = resolved = False
    with_engineering = 0
    for kind in kinds:
        triaged |= kind == "case.triaged"
        diagnosing |= kind.startswith("diagnosis.") and kind not in _BY_MACHINE
        resolved = kind in {"case.resolved", "case.closed"} or (resolved and kind != "case.reopened")
        with_engineering += kind in _ESCALATION_OUT
        with_engineering -= kind in _ESCALATION_BACK and with_engineering > 0
    if resolved:
        return Stage.RESOLVED
    if with_engineering:
        return Stage.ESCALATED
    if diagnosing:
        return Stage.DIAGNOSING
    return Stage.TRIAGED if triaged else Stage.RECEIVED


class OwnStep(StrEnum):
    """What comes next on a case whose owner wrote nothing of their own; it follows what happened."""

    FIRST = "Read the ticket, triage it and answer the customer"
    ANSWER = "Answer the customer: the case is triaged"
    TRIAGE = "Triage the case: the customer was answered"
    DIAGNOSE = "Find the cause: say what may be wrong and test it"
    AWAIT = "Look at what the customer sends; ask again if nothing comes"


def own_step(kinds: Iterable[str]) -> OwnStep:
    """The next step of an unresolved case, from its events, oldest first."""
    triaged = answered = waits = False
    for kind in kinds:
        triaged |= kind == "case.triaged"
        answered |= kind == "case.customer_told"
        waits = kind == "case.waiting_for_customer" or (waits and VERB_OF_EVENT.get(kind) is None)
    if waits:
        return OwnStep.AWAIT
    if triaged and answered:
        return OwnStep.DIAGNOSE
    if triaged:
        return OwnStep.ANSWER
    return OwnStep.TRIAGE if answered else OwnStep.FIRST


_MEND = "Mend {}, which Engineering sent back, and send it again"
_FOLLOW = "Look for Engineering's answer to {}, which went out again"
_OF_A_PACKET = re.compile(rf"(?:{_MEND}|{_FOLLOW})".replace("{}", r"[A-Z]+-\d+"))
_ENDS_IT = frozenset(
    f"escalation.{verb}"
    for verb in ("accepted", "accepted_acting", "acted", "rejected", "duplicate", "handed_over", "withdrawn")
)


def packet_step(happened: Iterable[tuple[str, str]]) -> str:
    """What a packet that came back asks of Support; empty where none came back or it was answered since.

    `happened`: pairs of the kind of an event and the key of its subject, oldest first.
    """
    key = said = ""
    for kind, about in happened:
        if kind == "escalation.changes_requested":
            key, said = about, _MEND.format(about)
        elif about == key and kind in ("escalation.submitted", "escalation.resubmitted"):
            said = _FOLLOW.format(about)
        elif about == key and kind in _ENDS_IT:
            said = ""
    return said


def is_packet_step(text: str) -> bool:
    return _OF_A_PACKET.fullmatch(text) is not None
