"""Who may do what: rights by role, and the decision-rights table with its approvals."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from sevline.core.lifecycle import Refused
from sevline.core.tables import Row, Table, load, no_repeats


class Role(StrEnum):
    VIEWER = "viewer"
    AGENT = "agent"
    LEAD = "lead"
    SHIFT_LEAD = "shift_lead"
    SUPPORT_MANAGER = "support_manager"
    DIRECTOR = "director"
    ENGINEER = "engineer"
    SRE_IC = "sre_ic"
    SECURITY = "security"
    PRODUCT = "product"
    CSM = "csm"
    QA_REVIEWER = "qa_reviewer"
    COACH = "coach"
    HIRING_PANEL = "hiring_panel"
    ADMIN = "admin"
    AUDITOR = "auditor"
    CUSTOMER = "customer"


ROLES: tuple[Role, ...] = tuple(Role)
ROLE_TITLES: Mapping[Role, str] = {
    role: {"sre_ic": "SRE or IC", "csm": "CSM", "qa_reviewer": "QA reviewer", "admin": "administrator"}.get(
        role.value, role.value.replace("_", " ")
    )
    for role in Role
}


class Right(StrEnum):
    CASE_OPEN = "case.open"
    CASE_VIEW = "case.view"
    CASE_TRIAGE = "case.triage"
    CASE_EDIT = "case.edit"
    CASE_ASSIGN = "case.assign"
    CASE_REPLY = "case.reply"
    CASE_NOTE = "case.note"
    CASE_WAIT = "case.wait"
    CASE_HANDOFF = "case.handoff"
    CASE_RESOLVE = "case.resolve"
    CASE_REOPEN = "case.reopen"
    CASE_CLOSE = "case.close"
    CASE_MERGE = "case.merge"
    EVIDENCE_ATTACH = "evidence.attach"
    EVIDENCE_VIEW = "evidence.view"
    EVIDENCE_DOWNLOAD = "evidence.download"
    EVIDENCE_REMOVE = "evidence.remove"
    AMOUNTS_VIEW = "amounts.view"
    DIAGNOSIS_VIEW = "diagnosis.view"
    DIAGNOSIS_EDIT = "diagnosis.edit"
    DATA_QUERY = "data.query"
    TARGET_ALLOW = "target.allow"
    TARGET_CALL = "target.call"
    PACKET_VIEW = "packet.view"
    PACKET_EDIT = "packet.edit"
    PACKET_SUBMIT = "packet.submit"
    PACKET_OVERRIDE = "packet.override"
    PACKET_WITHDRAW = "packet.withdraw"
    PACKET_EXPORT = "packet.export"
    ESCALATION_ANSWER = "escalation.answer"
    SEVERITY_RECOMMEND = "severity.recommend"
    SEVERITY_RAISE = "severity.raise"
    SEVERITY_LOWER = "severity.lower"
    SEVERITY_APPROVE_LOWERING = "severity.approve_lowering"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_ANSWER = "approval.answer"
    CUSTOMERS_VIEW = "customers.view"
    CUSTOMERS_EDIT = "customers.edit"
    CATALOG_EDIT = "catalog.edit"
    KPI_VIEW = "kpi.view"
    AUDIT_VIEW = "audit.view"
    AUDIT_EXPORT = "audit.export"
    PEOPLE_VIEW = "people.view"
    PEOPLE_INVITE = "people.invite"
    PEOPLE_MANAGE = "people.manage"
    SETTINGS_VIEW = "settings.view"
    SETTINGS_EDIT = "settings.edit"
    JOBS_VIEW = "jobs.view"
    JOBS_RETRY = "jobs.retry"


class RightRow(Row, frozen=True):
    key: Right
    may: str
    roles: tuple[Role, ...]


class Rights(Table, frozen=True):
    right: tuple[RightRow, ...]

    def check_rows(self) -> None:
        no_repeats("right", (row.key for row in self.right))
        if missing := set(Right) - {row.key for row in self.right}:
            raise ValueError(f"the right “{min(missing)}” has no row")


RIGHTS = load("rights.toml", Rights)
HOLDERS: Mapping[Right, frozenset[Role]] = {row.key: frozenset(row.roles) for row in RIGHTS.right}
MAY: Mapping[Right, str] = {row.key: row.may for row in RIGHTS.right}


class Holder(Protocol):
    """Whoever may hold rights: a person with role keys."""

    @property
    def roles(self) -> frozenset[str]: ...


class Forbidden(Refused):
    """The holder's roles do not carry the right; the sentence says whose do. `right` is its key, for programs and logs:
    people read what it lets one do."""

    def __init__(self, *reasons: str, right: Right | None = None) -> None:
        super().__init__(*reasons)
        self.right = right


def holds(holder: Holder, right: Right) -> bool:
    return not HOLDERS[right].isdisjoint(holder.roles)


def require(holder: Holder, right: Right) -> None:
    """Raises Forbidden with a sentence that says what may not be done, which roles may, and what to do now."""
    if not holds(holder, right):
        todo = "Ask one of them, or an administrator to give you such a role."
        raise Forbidden(f"Your roles do not let you {MAY[right]}. {who_may(right)} {todo}", right=right)


def who_may(right: Right) -> str:
    named = titles_of(HOLDERS[right])
    return f"{named[0].upper()}{named[1:]} may." if named else "Nobody may."


def titles_of(roles: Iterable[str], joined: str = "and") -> str:
    """`agent, lead and shift lead`: the roles in the order of their list; empty for none."""
    held = frozenset(roles)
    titles = [ROLE_TITLES[role] for role in ROLES if role in held]
    return " ".join([", ".join(titles[:-1]), joined, titles[-1]]) if len(titles) > 1 else "".join(titles)


class Code(StrEnum):
    """What a column of the decision-rights table may do."""

    DECIDE = "D"
    APPROVE = "A"
    RECOMMEND = "R"
    NONE = "X"


class Overlay(Row, frozen=True):
    """What a profile changes in a row."""

    rights: dict[str, Code] = msgspec.field(default_factory=dict)
    quorum: int | None = None
    needs: tuple[str, ...] | None = None


class DecisionRow(Row, frozen=True):
    """One decision; `title` is its key in words, as a sentence’s middle."""

    id: str
    key: str
    title: str
    rights: dict[str, Code]
    separate_duties: bool = False
    quorum: int = 1
    needs: tuple[str, ...] = ()
    max_hours: int | None = None
    after_review_hours: int | None = None
    notify: tuple[str, ...] = ()
    reviewers: int = 0
    regulated: Overlay | None = None
    note: str = ""


class DecisionRights(Table, frozen=True):
    roles: tuple[str, ...]
    columns: dict[Role, str]
    action: tuple[DecisionRow, ...]

    def check_rows(self) -> None:
        no_repeats("decision", (row.id for row in self.action))
        no_repeats("decision", (row.key for row in self.action))
        for row in self.action:
            if set(row.rights) != set(self.roles):
                raise ValueError(f"{row.id} must have a code for each of {', '.join(self.roles)}")
        if strange := set(self.columns.values()) - set(self.roles):
            raise ValueError(f"there is no column “{min(strange)}”")


DECISIONS = load("decision_rights.toml", DecisionRights)
_ROW_OF = {row.id: row for row in DECISIONS.action} | {row.key: row for row in DECISIONS.action}
_STRONGEST = (Code.DECIDE, Code.APPROVE, Code.RECOMMEND, Code.NONE)


def decision_row(action: str) -> DecisionRow | None:
    return _ROW_OF.get(action)


def decide(role: str, action: str, *, profile: str = "") -> Code:
    """What one role may do about an action, given by id (DR-08) or key.

    `role` is a column of the table or a person's role that has one. Whatever the table does not name is NONE.
    """
    row = _ROW_OF.get(action)
    if row is None:
        return Code.NONE
    column = role if role in row.rights else _column(role)
    if profile == "regulated" and row.regulated is not None and column in row.regulated.rights:
        return row.regulated.rights[column]
    return row.rights.get(column, Code.NONE)


def _column(role: str) -> str:
    return next((column for key, column in DECISIONS.columns.items() if key == role), "")


def strongest(roles: Iterable[str], action: str, *, profile: str = "") -> Code:
    """The most that any of a person's roles may do about an action."""
    held = {decide(role, action, profile=profile) for role in roles}
    return next((code for code in _STRONGEST if code in held), Code.NONE)


def with_code(action: str, *codes: Code) -> tuple[Role, ...]:
    """The roles that may do about an action what one of the codes says."""
    return tuple(role for role in ROLES if decide(role, action) in codes)
