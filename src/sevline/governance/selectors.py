"""What is read about approvals, the audit trail and the decision rights."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sevline.core.access import is_open
from sevline.core.rights import (
    DECISIONS,
    HOLDERS,
    MAY,
    ROLE_TITLES,
    ROLES,
    Code,
    DecisionRow,
    Right,
    Role,
    decide,
    decision_row,
    holds,
    require,
    strongest,
)
from sevline.governance.models import AccessGrant, Approval, ApprovalState, Assent, LegalHold
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import KINDS
from sevline.platform.models import Event

PAGE = 50
RETENTION = "change_legal_or_compliance_policy_data_retention_breach_comms"
CODE_WORDS = {
    Code.DECIDE: "decides alone",
    Code.APPROVE: "approves",
    Code.RECOMMEND: "asks or recommends",
    Code.NONE: "may not",
}

COLUMN_TITLES = {name: name.replace("_", " ") for name in DECISIONS.roles} | {"sre_ic": "SRE or IC"}


def words_for(decision: str) -> str:
    """A decision in words: “lower severity from 1 or 2”."""
    row = decision_row(decision)
    return row.title if row else decision.replace("_", " ")


def event_words(kind: str) -> str:
    """A kind of event in words: “Case next action set”."""
    words = kind.replace(".", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def approving_roles(decision: str) -> tuple[Role, ...]:
    """Roles of persons that may approve a decision, or take it alone where nobody approves."""
    codes = {role: decide(role, decision) for role in ROLES}
    approvers = tuple(role for role in ROLES if codes[role] is Code.APPROVE)
    return approvers or tuple(role for role in ROLES if codes[role] is Code.DECIDE)


def approving_titles(decision: str) -> str:
    return ", ".join(ROLE_TITLES[role] for role in approving_roles(decision)) or "nobody here"


def who_may_ask(decision: str) -> str:
    """The titles of those whose roles may ask for a decision, or take it."""
    return ", ".join(ROLE_TITLES[role] for role in ROLES if decide(role, decision) is not Code.NONE) or "nobody here"


def may_ask(person: Person, decision: str) -> bool:
    """Whether one of the person's roles may ask for this decision, or take it."""
    return strongest(person.roles, decision) is not Code.NONE


def visible_approvals(person: Person) -> QuerySet[Approval]:
    """What the person asked for or answered, what they may answer, and everything for whoever reads the trail."""
    found = Approval.objects.select_related("requested_by", "decided_by").order_by("-requested_at", "-pk")
    if not person.roles:
        return found.none()
    if holds(person, Right.AUDIT_VIEW):
        return found
    keys = [row.key for row in DECISIONS.action if _may_answer(person, row.key)]
    return found.filter(Q(requested_by=person) | Q(decided_by=person) | Q(decision__in=keys))


def waiting_for(person: Person) -> QuerySet[Approval]:
    """Requests of others that this person may answer now, the one that runs out first on top."""
    if not holds(person, Right.APPROVAL_ANSWER):
        return Approval.objects.none()
    keys = [row.key for row in DECISIONS.action if _may_answer(person, row.key)]
    found = Approval.objects.filter(state=ApprovalState.PENDING, expires_at__gt=clock.now(), decision__in=keys)
    return (
        found.exclude(requested_by=person)
        .exclude(_assented(person))
        .select_related("requested_by")
        .order_by("expires_at", "pk")
    )


def may_answer(person: Person, approval: Approval) -> bool:
    """Whether the page offers this person an answer."""
    open_ = approval.state == ApprovalState.PENDING and approval.expires_at > clock.now()
    other = approval.requested_by_id != person.pk
    if not (open_ and other and holds(person, Right.APPROVAL_ANSWER) and _may_answer(person, approval.decision)):
        return False
    return not Assent.objects.filter(approval=approval, by=person).exists()


def _assented(person: Person) -> Exists:
    return Exists(Assent.objects.filter(approval=OuterRef("pk"), by=person))


def assents(approval: Approval) -> tuple[int, list[Assent]]:
    """How many different people have to approve, and who did so far."""
    row = decision_row(approval.decision)
    return row.quorum if row else 1, list(approval.assents.select_related("by"))


def _may_answer(person: Person, decision: str) -> bool:
    return strongest(person.roles, decision) in {Code.DECIDE, Code.APPROVE}


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the trail is narrowed to; empty fields narrow nothing. `kind` ending in a dot takes the whole family."""

    kind: str = ""
    person: str = ""
    case: str = ""
    since: date | None = None
    until: date | None = None

    def told(self) -> dict[str, str]:
        """The fields that narrow, as text."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def trail(person: Person, chosen: TrailFilter, *, before: int | None = None) -> QuerySet[Event]:
    """Rows of the audit trail, the newest first; `before` is the number of the last row of the page before."""
    require(person, Right.AUDIT_VIEW)
    found = Event.objects.order_by("-seq")
    if chosen.kind:
        found = (
            found.filter(kind__startswith=chosen.kind) if chosen.kind.endswith(".") else found.filter(kind=chosen.kind)
        )
    if chosen.person:
        about = Q(subject_kind="person", subject_key=chosen.person)
        found = found.filter(Q(actor_kind="person", actor_key=chosen.person) | about)
    if chosen.case:
        found = found.filter(case_key=chosen.case)
    if chosen.since:
        found = found.filter(at__gte=_midnight(chosen.since))
    if chosen.until:
        found = found.filter(at__lt=_midnight(chosen.until) + timedelta(days=1))
    return found.filter(seq__lt=before) if before is not None else found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, slots=True)
class TrailPage:
    rows: list[Event]
    older: int | None  # the number to go on from; None at the end


def trail_page(person: Person, chosen: TrailFilter, *, before: int | None = None, size: int = PAGE) -> TrailPage:
    rows = list(trail(person, chosen, before=before)[: size + 1])
    return TrailPage(rows[:size], rows[size - 1].seq if len(rows) > size else None)


def trail_rows(person: Person, chosen: TrailFilter, *, through: int) -> Iterator[Event]:
    """The chosen rows up to a number, the oldest first, without holding them all."""
    return trail(person, chosen, before=through + 1).order_by("seq").iterator(chunk_size=1000)


def kinds() -> list[str]:
    return sorted(KINDS)


def people_named() -> list[tuple[str, str]]:
    return [(str(person.pk), person.name) for person in Person.objects.order_by("name", "pk")]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """`decide`, `approve` and `recommend` name who does so; whoever is in none of them may not."""

    row: DecisionRow
    words: str
    mine: str
    decide: str
    approve: str
    recommend: str


def decision_lines(person: Person) -> list[DecisionLine]:
    """The decision-rights table with what this person may do in each row."""
    lines = []
    for row in DECISIONS.action:
        who = {
            code: ", ".join(COLUMN_TITLES[name] for name in DECISIONS.roles if row.rights[name] is code)
            for code in Code
        }
        mine = CODE_WORDS[strongest(person.roles, row.key)]
        lines.append(DecisionLine(row, row.title, mine, who[Code.DECIDE], who[Code.APPROVE], who[Code.RECOMMEND]))
    return lines


@dataclass(frozen=True, slots=True)
class RightLine:
    right: Right
    may: str
    holders: str
    mine: bool


def right_lines(person: Person) -> list[RightLine]:
    """Every right, who holds it, and whether this person does."""
    return [
        RightLine(
            right,
            MAY[right],
            ", ".join(ROLE_TITLES[role] for role in ROLES if role in HOLDERS[right]),
            holds(person, right),
        )
        for right in Right
    ]


def grants_of(case_key: str) -> QuerySet[AccessGrant]:
    """Access that was asked for or taken for a case; its caller has made sure that the person sees the case."""
    return AccessGrant.objects.filter(case_key=case_key).select_related("person", "asked_by", "approval", "reviewed_by")


def running_grant(person: Person, account_key: str, *, at: datetime) -> AccessGrant | None:
    """The grant under which this person may read what is confidential of the account now."""
    held = AccessGrant.objects.filter(person=person, account_key=account_key, ends_at__gt=at, ended_at=None)
    now = (grant for grant in held if is_open(starts_at=grant.starts_at, ends_at=grant.ends_at, ended_at=None, now=at))
    return next(now, None)


def opened_accounts(person: Person, *, at: datetime) -> frozenset[str]:
    """Keys of the accounts of which this person may read what is confidential now."""
    held = AccessGrant.objects.filter(person=person, ends_at__gt=at, ended_at=None)
    return frozenset(
        grant.account_key
        for grant in held
        if is_open(starts_at=grant.starts_at, ends_at=grant.ends_at, ended_at=None, now=at)
    )


def hold_of(case_key: str) -> LegalHold | None:
    """The hold that stands on the case."""
    return LegalHold.objects.filter(case_key=case_key, lifted_at=None).select_related("set_by").first()


def held_cases() -> set[str]:
    """Keys of the cases of which nothing may go."""
    return set(LegalHold.objects.filter(lifted_at=None).values_list("case_key", flat=True))


def may_hold(person: Person) -> bool:
    return strongest(person.roles, RETENTION) in {Code.DECIDE, Code.APPROVE}
