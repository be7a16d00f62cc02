"""What happens to a case. Texts in here are redacted; times are UTC; shares are given as text."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Happening):
    kind: ClassVar[str] = "case.opened"
    title: str
    team: str
    product_area: str
    issue_type: str = ""
    plan: str = ""
    region: str = ""
    customer_severity: int | None = None
    impact: dict[str, str] = field(default_factory=dict)
    message: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTaken(Happening):
    kind: ClassVar[str] = "case.taken"
    before: str
    next_action: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClassified(Happening):
    kind: ClassVar[str] = "case.classified"
    issue_type: str
    product_area: str
    account: str = ""
    environment: str = ""
    plan: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTriaged(Happening):
    """The severity with the answers, the rule and the table's version that gave it."""

    kind: ClassVar[str] = "case.triaged"
    severity: int
    rule: str
    version: str
    answers: dict[str, str]
    unknowns: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    security_route: bool = False
    review_at: datetime | None = None
    issue_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged(Happening):
    """A person decided otherwise than before; `approval` is the number of the approval that allowed it.

    `answers` are those by which the rule gave the severity, where answers did and no person against them.
    """

    kind: ClassVar[str] = "case.severity_changed"
    before: int | None
    severity: int
    rule: str
    reason: str
    approval: int | None = None
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweringAsked(Happening):
    kind: ClassVar[str] = "case.severity_lowering_asked"
    before: int
    severity: int
    reason: str
    approval: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactSet(Happening):
    kind: ClassVar[str] = "case.impact_set"
    impact: dict[str, str]
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextActionSet(Happening):
    kind: ClassVar[str] = "case.next_action_set"
    next_action: str
    who: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Happening):
    kind: ClassVar[str] = "case.noted"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTold(Happening):
    kind: ClassVar[str] = "case.customer_told"
    message: int
    is_meaningful: bool
    next_update_at: datetime | None = None
    explains_severity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMadePublic(Happening):
    """The text of an internal note, as it was edited, went to the customer as the message `told`."""

    kind: ClassVar[str] = "case.note_made_public"
    note: int
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSetAside(Happening):
    """A text went to the customer although rules of the outbound lint objected. `overridden` are those that the author
    set aside with the reason, `approved` those that somebody else approved."""

    kind: ClassVar[str] = "case.lint_set_aside"
    told: int
    version: str
    rules: tuple[str, ...]
    overridden: tuple[str, ...]
    approved: tuple[str, ...]
    approvals: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingAsked(Happening):
    """Somebody asked for approval to tell the customer something that a rule keeps back."""

    kind: ClassVar[str] = "case.wording_asked"
    rule: str
    approval: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWrote(Happening):
    kind: ClassVar[str] = "case.customer_wrote"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForCustomer(Happening):
    kind: ClassVar[str] = "case.waiting_for_customer"
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldInternal(Happening):
    kind: ClassVar[str] = "case.held_internal"
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldVendor(Happening):
    kind: ClassVar[str] = "case.held_vendor"
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAgreed(Happening):
    """The customer agreed in writing to wait; only then does a hold pause a clock."""

    kind: ClassVar[str] = "case.hold_agreed"
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed(Happening):
    kind: ClassVar[str] = "case.resumed"
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResolved(Happening):
    kind: ClassVar[str] = "case.resolved"
    code: str
    cause: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Happening):
    kind: ClassVar[str] = "case.reopened"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Happening):
    kind: ClassVar[str] = "case.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOffered(Happening):
    kind: ClassVar[str] = "case.handoff_offered"
    handoff: int
    receiver: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffAccepted(Happening):
    kind: ClassVar[str] = "case.handoff_accepted"
    handoff: int
    giver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffWithdrawn(Happening):
    kind: ClassVar[str] = "case.handoff_withdrawn"
    handoff: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOverdue(Happening):
    """Nobody accepted in time: the giver stays owner and the shift lead is told."""

    kind: ClassVar[str] = "case.handoff_overdue"
    handoff: int
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadEngaged(Happening):
    """A lead came in; time to diagnosis of a case that was first rated Sev3 or Sev4 starts here."""

    kind: ClassVar[str] = "case.lead_engaged"
    lead: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShared(Happening):
    kind: ClassVar[str] = "case.shared"
    team: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRestricted(Happening):
    kind: ClassVar[str] = "case.restricted"
    restricted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMeasured(Happening):
    """How much of the required evidence is there, in whole percent."""

    kind: ClassVar[str] = "case.evidence_measured"
    percent: int
