"""What happens to an escalation. The subject is the escalation; the case is named beside it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationDrafted(Happening):
    """`follows` names the escalation of the case before it was opened again."""

    kind: ClassVar[str] = "escalation.drafted"
    team: str
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketEdited(Happening):
    kind: ClassVar[str] = "escalation.packet_edited"
    fields: tuple[str, ...]
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent(Happening):
    kind: ClassVar[str] = "escalation.sent"
    severity: int
    team: str
    version: int
    points: str
    packet_sha256: str
    deferred: dict[str, datetime] = field(default_factory=dict)
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationSubmitted(_Sent):
    """`points` is the score as text; `deferred` says by when each missing packet field is promised (Sev1 only)."""

    kind: ClassVar[str] = "escalation.submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationResubmitted(_Sent):
    """`reply` is what Support says to the answer that sent the packet back; empty where its changes speak."""

    kind: ClassVar[str] = "escalation.resubmitted"
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAcknowledged(Happening):
    kind: ClassVar[str] = "escalation.acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAccepted(Happening):
    kind: ClassVar[str] = "escalation.accepted"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAcceptedActing(Happening):
    kind: ClassVar[str] = "escalation.accepted_acting"
    action_code: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketExported(Happening):
    """The packet was copied out as a file; `version` is 0 for a draft."""

    kind: ClassVar[str] = "packet.exported"
    form: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationActed(Happening):
    kind: ClassVar[str] = "escalation.acted"
    action_code: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRequested(Happening):
    """`asks_for` are the packet fields that the engineer says are missing."""

    kind: ClassVar[str] = "escalation.changes_requested"
    reason_code: str
    note: str
    asks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRejected(Happening):
    kind: ClassVar[str] = "escalation.rejected"
    reason_code: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateNamed(Happening):
    kind: ClassVar[str] = "escalation.duplicate"
    reason_code: str
    duplicate_of: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationHandedOver(Happening):
    kind: ClassVar[str] = "escalation.handed_over"
    reason_code: str
    team: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationWithdrawn(Happening):
    kind: ClassVar[str] = "escalation.withdrawn"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Happening):
    """A question alone is neither a decision nor an action."""

    kind: ClassVar[str] = "escalation.asked"
    question: int
    text: str
    is_blocking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Happening):
    kind: ClassVar[str] = "escalation.question_answered"
    question: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredProvided(Happening):
    kind: ClassVar[str] = "escalation.deferred_provided"
    item: str
    version: int
    packet_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredOverdue(Happening):
    kind: ClassVar[str] = "escalation.deferred_overdue"
    item: str
    due_at: datetime
