"""What happens to approvals, and who took the audit trail out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Happening):
    kind: ClassVar[str] = "approval.asked"
    approval: int
    decision: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAnswered(Happening):
    kind: ClassVar[str] = "approval.answered"
    approval: int
    decision: str
    approved: bool
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAssented(Happening):
    """One of several approvers said yes; `lacking` more have to."""

    kind: ClassVar[str] = "approval.assented"
    approval: int
    decision: str
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalUsed(Happening):
    kind: ClassVar[str] = "approval.used"
    approval: int
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalExpired(Happening):
    """`was` is the state in which it ran out: pending (nobody answered) or approved (nobody used it)."""

    kind: ClassVar[str] = "approval.expired"
    approval: int
    decision: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExported(Happening):
    """`through` is the last row that the export holds; `chosen` what it was narrowed to."""

    kind: ClassVar[str] = "audit.exported"
    form: str
    through: int
    rows: int
    chosen: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted(Happening):
    kind: ClassVar[str] = "access.granted"
    grant: int
    what: str
    account: str
    minutes: int
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessBroken(Happening):
    """Somebody took access at once on a Sev1."""

    kind: ClassVar[str] = "access.glass_broken"
    grant: int
    what: str
    account: str
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessUsed(Happening):
    """What a grant opened was looked at, for the first time within an hour."""

    kind: ClassVar[str] = "access.used"
    grant: int
    fields: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRevoked(Happening):
    kind: ClassVar[str] = "access.revoked"
    grant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEnded(Happening):
    kind: ClassVar[str] = "access.ended"
    grant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReviewed(Happening):
    kind: ClassVar[str] = "access.reviewed"
    grant: int
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSet(Happening):
    kind: ClassVar[str] = "hold.set"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(Happening):
    kind: ClassVar[str] = "hold.lifted"
    reason: str
