"""What happens to approvals, and who took the audit trail out."""

from dataclasses import dataclass
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
