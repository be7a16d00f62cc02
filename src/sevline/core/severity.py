"""Severity from answers: the first row of the severity table that holds decides, and the row is named.

Who the customer is and what severity the customer states are no inputs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec

from sevline.core.lifecycle import Incomplete, Refused
from sevline.core.rights import Code, Forbidden, Right, strongest, who_may
from sevline.core.tables import Row, Table, load, no_repeats


class Environment(StrEnum):
    PRODUCTION = "production"
    NON_PRODUCTION = "non_production"
    UNKNOWN = "unknown"


class Journey(StrEnum):
    """Critical: sign-in, core write and read, primary API, payment event, outbound webhooks, data sync of record."""

    CRITICAL = "critical"
    OTHER = "other"
    UNKNOWN = "unknown"


class Degree(StrEnum):
    """D4: half fails or no success in 5 minutes; D3: 10 % or 5 × p95; D2: 1 % or 2 ×; D1: less."""

    UNAVAILABLE = "D4"
    SEVERE = "D3"
    DEGRADED = "D2"
    MINOR = "D1"
    UNKNOWN = "unknown"


class DataEffect(StrEnum):
    """“Disclosure” stands for data seen by the wrong person, cross-tenant access and active compromise."""

    NONE = "none"
    SUSPECTED = "suspected"
    CONFIRMED_STOPPED = "confirmed_stopped"
    CONFIRMED_ONGOING = "confirmed_ongoing"
    DISCLOSURE_SUSPECTED = "disclosure_suspected"
    DISCLOSURE_CONFIRMED = "disclosure_confirmed"
    UNKNOWN = "unknown"


class Workaround(StrEnum):
    """Only the customer can accept one; validated means that it was also tested."""

    NONE = "none"
    PARTIAL = "partial"
    ACCEPTED = "accepted"
    VALIDATED = "accepted_and_validated"
    UNKNOWN = "unknown"


class Deadline(StrEnum):
    NONE = "none"
    WITHIN_24_HOURS = "within_24_hours"
    GO_LIVE_WITHIN_5_DAYS = "go_live_within_5_business_days"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SeverityAnswers:
    """The seven questions. Reach is in percent of active accounts and seats, 0 to 100; None means unknown."""

    environment: Environment = Environment.UNKNOWN
    journey: Journey = Journey.UNKNOWN
    degree: Degree = Degree.UNKNOWN
    accounts_percent: float | None = None
    seats_percent: float | None = None
    data_effect: DataEffect = DataEffect.UNKNOWN
    workaround: Workaround = Workaround.UNKNOWN
    deadline: Deadline = Deadline.UNKNOWN

    def __post_init__(self) -> None:
        for name, percent in (("accounts", self.accounts_percent), ("seats", self.seats_percent)):
            if percent is not None and not 0 <= percent <= 100:
                raise ValueError(f"The share of {name} is given in percent, from 0 to 100; it cannot be {percent}.")


@dataclass(frozen=True, slots=True)
class Rating:
    """A severity with the rule that gave it. `assumed` says in words what each unknown was taken for."""

    severity: int
    rule: str
    title: str
    unknowns: tuple[str, ...]
    assumed: tuple[str, ...]
    modifiers: tuple[str, ...]
    version: str
    security_route: bool
    review_minutes: int | None


class SeverityRule(Row, frozen=True):
    id: str
    severity: Annotated[int, msgspec.Meta(ge=1, le=4)]
    when: str
    title: str
    security_route: bool = False
    lowered_by_validated_workaround: Annotated[int, msgspec.Meta(ge=1, le=4)] | None = None


class SeverityTable(Table, frozen=True):
    review_minutes: int
    reach_wide_percent: float
    reach_some_percent: float
    rule: tuple[SeverityRule, ...]

    def check_rows(self) -> None:
        no_repeats("rule", (rule.id for rule in self.rule))
        for rule in self.rule:
            if rule.when not in CONDITIONS:
                raise ValueError(f"{rule.id} asks for the condition “{rule.when}”, which does not exist")
        if not self.rule or self.rule[-1].when != "anything_else":
            raise ValueError("the last rule must take anything else")


FAILING = frozenset({Degree.UNAVAILABLE, Degree.SEVERE})
ACCEPTED = frozenset({Workaround.ACCEPTED, Workaround.VALIDATED})
DISCLOSURE = frozenset({DataEffect.DISCLOSURE_SUSPECTED, DataEffect.DISCLOSURE_CONFIRMED})


def _reaches(answers: SeverityAnswers, percent: float) -> bool:
    return max(answers.accounts_percent or 0, answers.seats_percent or 0) >= percent


def _critical_in_production(answers: SeverityAnswers) -> bool:
    return answers.environment is Environment.PRODUCTION and answers.journey is Journey.CRITICAL


def discloses_data(answers: SeverityAnswers, _: SeverityTable) -> bool:
    return answers.data_effect in DISCLOSURE


def loses_data_now(answers: SeverityAnswers, _: SeverityTable) -> bool:
    return answers.environment is Environment.PRODUCTION and answers.data_effect is DataEffect.CONFIRMED_ONGOING


def critical_down_widely(answers: SeverityAnswers, table: SeverityTable) -> bool:
    return (
        _critical_in_production(answers)
        and answers.degree is Degree.UNAVAILABLE
        and _reaches(answers, table.reach_wide_percent)
    )


def critical_down_for_some(answers: SeverityAnswers, _: SeverityTable) -> bool:
    return (
        _critical_in_production(answers) and answers.degree is Degree.UNAVAILABLE and answers.workaround not in ACCEPTED
    )


def critical_severely_degraded(answers: SeverityAnswers, table: SeverityTable) -> bool:
    return (
        _critical_in_production(answers)
        and answers.degree is Degree.SEVERE
        and _reaches(answers, table.reach_some_percent)
        and answers.workaround not in ACCEPTED
    )


def data_in_doubt(answers: SeverityAnswers, _: SeverityTable) -> bool:
    return answers.environment is Environment.PRODUCTION and answers.data_effect in {
        DataEffect.SUSPECTED,
        DataEffect.CONFIRMED_STOPPED,
    }


def fails_before_a_deadline(answers: SeverityAnswers, _: SeverityTable) -> bool:
    return (
        answers.degree in FAILING
        and answers.deadline is Deadline.WITHIN_24_HOURS
        and answers.workaround not in ACCEPTED
    )


def noticeably_degraded(answers: SeverityAnswers, _: SeverityTable) -> bool:
    # The workaround clause keeps at Sev3 what a deadline would have made Sev2. It must not raise a minor
    # effect that has a workaround above the same effect without one.
    if answers.degree in FAILING and answers.deadline is Deadline.WITHIN_24_HOURS:
        return True
    if answers.environment is not Environment.PRODUCTION:
        return False
    return answers.degree in FAILING or (answers.journey is Journey.CRITICAL and answers.degree is Degree.DEGRADED)


def go_live_at_risk(answers: SeverityAnswers, _: SeverityTable) -> bool:
    return (
        answers.environment is Environment.NON_PRODUCTION
        and answers.degree is Degree.UNAVAILABLE
        and answers.deadline in {Deadline.GO_LIVE_WITHIN_5_DAYS, Deadline.WITHIN_24_HOURS}
    )


def anything_else(_: SeverityAnswers, __: SeverityTable) -> bool:
    return True


CONDITIONS: dict[str, Callable[[SeverityAnswers, SeverityTable], bool]] = {
    condition.__name__: condition
    for condition in (
        discloses_data,
        loses_data_now,
        critical_down_widely,
        critical_down_for_some,
        critical_severely_degraded,
        data_in_doubt,
        fails_before_a_deadline,
        noticeably_degraded,
        go_live_at_risk,
        anything_else,
    )
}
SEVERITY = load("severity.toml", SeverityTable)


def worst_plausible(answers: SeverityAnswers) -> tuple[SeverityAnswers, tuple[str, ...], tuple[str, ...]]:
    """The answers with each unknown at its worst plausible value, the unknown questions, and what was assumed.

    A data effect that nobody knows counts as suspected loss. Disclosure is only assumed when a person says so.
    """
    unknowns: list[str] = []
    assumed: list[str] = []

    def note(name: str, words: str) -> None:
        unknowns.append(name)
        assumed.append(words)

    if answers.environment is Environment.UNKNOWN:
        note("environment", "production")
        answers = replace(answers, environment=Environment.PRODUCTION)
    if answers.journey is Journey.UNKNOWN:
        note("journey", "a critical journey")
        answers = replace(answers, journey=Journey.CRITICAL)
    if answers.degree is Degree.UNKNOWN:
        note("degree", "unavailable")
        answers = replace(answers, degree=Degree.UNAVAILABLE)
    answers = _assume_reach(answers, note)
    if answers.data_effect is DataEffect.UNKNOWN:
        note("data_effect", "data loss suspected")
        answers = replace(answers, data_effect=DataEffect.SUSPECTED)
    if answers.workaround is Workaround.UNKNOWN:
        note("workaround", "no workaround")
        answers = replace(answers, workaround=Workaround.NONE)
    if answers.deadline is Deadline.UNKNOWN:
        note("deadline", "a deadline within 24 hours")
        answers = replace(answers, deadline=Deadline.WITHIN_24_HOURS)
    return answers, tuple(unknowns), tuple(assumed)


def _assume_reach(answers: SeverityAnswers, note: Callable[[str, str], None]) -> SeverityAnswers:
    # One account may hold many seats, so that a known share of accounts says nothing about an unknown one of seats.
    if answers.accounts_percent is None:
        note("accounts_percent", "every account")
        answers = replace(answers, accounts_percent=100.0)
    if answers.seats_percent is None:
        note("seats_percent", "every seat")
        answers = replace(answers, seats_percent=100.0)
    return answers


def rate(answers: SeverityAnswers, *, table: SeverityTable = SEVERITY) -> Rating:
    """The severity, the rule that decided, and what was assumed on the way."""
    taken, unknowns, assumed = worst_plausible(answers)
    rule = next(rule for rule in table.rule if CONDITIONS[rule.when](taken, table))
    severity = rule.severity
    modifiers = ["M-U"] if unknowns else []
    if rule.lowered_by_validated_workaround is not None and taken.workaround is Workaround.VALIDATED:
        severity = rule.lowered_by_validated_workaround
        modifiers.append("M-W")
    return Rating(
        severity=severity,
        rule=rule.id,
        title=rule.title,
        unknowns=unknowns,
        assumed=assumed,
        modifiers=tuple(modifiers),
        version=table.version,
        security_route=rule.security_route,
        review_minutes=table.review_minutes if unknowns and severity <= 2 else None,
    )


Answer = TypeVar("Answer", Environment, Journey, Degree, DataEffect, Workaround, Deadline)


def kept_answers(kept: Mapping[str, str]) -> SeverityAnswers:
    """The answers as a case keeps them, as text by question; what is missing or no longer a choice is unknown."""

    def chosen(kind: type[Answer], name: str) -> Answer:
        value = kept.get(name, "unknown")
        return kind(value if value in set(kind) else "unknown")

    def share(name: str) -> float | None:
        value = kept.get(name, "unknown")
        return None if value == "unknown" else float(value)

    return SeverityAnswers(
        environment=chosen(Environment, "environment"),
        journey=chosen(Journey, "journey"),
        degree=chosen(Degree, "degree"),
        accounts_percent=share("accounts_percent"),
        seats_percent=share("seats_percent"),
        data_effect=chosen(DataEffect, "data_effect"),
        workaround=chosen(Workaround, "workaround"),
        deadline=chosen(Deadline, "deadline"),
    )


def basis(severity: int, rule: str, answers: SeverityAnswers, *, reason: str = "", by: str = "") -> str:
    """What a severity rests on: the rule that gave it, or the person who decided otherwise and what the table says.

    `reason` is the one that a person gave, empty where the table decided.
    """
    if not reason:
        return f"by rule {rule}"
    rating = rate(answers)
    if (rating.severity, rating.rule) == (severity, rule):
        return f"by rule {rule}: {reason}"
    said = reason.rstrip(". ")
    return f"set by {by or 'a person'}: {said}; the table says Sev{rating.severity} by {rating.rule}"


class Change(StrEnum):
    """What a person may do about another severity."""

    AT_ONCE = "at_once"
    WITH_APPROVAL = "with_approval"


def may_change(current: int | None, proposed: int, roles: Iterable[str]) -> Change:
    """Whether the severity may be set at once or must be approved first.

    Raising is free for whoever may raise; so is lowering among Sev3 and Sev4. Lowering a Sev1 or Sev2 waits for
    approval, whoever asks: nobody approves their own request. Raises Forbidden when the roles have no say at all.
    """
    held = tuple(roles)
    if strongest(held, "DR-07") is not Code.DECIDE:
        raise Forbidden(f"Your roles do not let you change a severity. {who_may(Right.SEVERITY_RAISE)}")
    if current is None or proposed <= current or current >= 3:
        return Change.AT_ONCE
    return Change.WITH_APPROVAL


@dataclass(frozen=True, slots=True)
class Lowering:
    """A request to lower a Sev1 or Sev2, with what the approver has to see."""

    rule: str
    requested_by: str
    evidence: str = ""
    customer_notice: str = ""


def approve_lowering(request: Lowering, *, approver: str, roles: Iterable[str]) -> None:
    """Raises Forbidden when this person may not approve, Refused when something is missing."""
    held = frozenset(roles)
    if approver == request.requested_by:
        raise Forbidden("Nobody approves their own request. Ask a support manager or the IC.")
    approving = {role for role in held if strongest((role,), "DR-08") is Code.APPROVE}
    if approving == {"security"} and request.rule != "SEV-R1":
        raise Forbidden("Security approves only what rule SEV-R1 rated. Ask a support manager or the IC.")
    if not approving:
        raise Forbidden(f"Lowering a Sev1 or Sev2 needs approval. {who_may(Right.SEVERITY_APPROVE_LOWERING)}")
    check_grounds(request.evidence, request.customer_notice)


def check_grounds(evidence: str, customer_notice: str) -> None:
    """Raises Incomplete with what a request to lower a Sev1 or Sev2 lacks: evidence, and that the customer knows."""
    missing = {}
    if not evidence.strip():
        missing["evidence"] = "Say which evidence shows the lower severity."
    if not customer_notice.strip():
        missing["customer_notice"] = "Say when and how the customer was told."
    if missing:
        raise Incomplete(missing)


def keep_disclosure(answers: SeverityAnswers) -> Rating:
    """The rating; raises Refused while the answers say that data was disclosed, for no case is lowered then."""
    now = rate(answers)
    if now.security_route:
        raise Refused(
            f"By rule {now.rule} a disclosure stays Sev{now.severity}. Triage the case again once it is ruled out."
        )
    return now


def still_as_asked(asked: Mapping[str, object], *, severity: int | None, rule: str, answers: SeverityAnswers) -> None:
    """Raises Refused when a case is no longer what its approved lowering was asked for.

    `asked` keeps the severity and rule before, and the rule of the new severity where answers gave it.
    """
    now = keep_disclosure(answers)
    before = (asked.get("severity_before"), asked.get("rule_before"))
    if before != (severity, rule):
        raise Refused(
            f"The case is Sev{severity} by rule {rule} now, not as it was when the lowering was asked for. Ask again."
        )
    if asked.get("rule") and (asked["rule"], asked.get("severity")) != (now.rule, now.severity):
        raise Refused(
            f"The answers changed since the lowering was asked for: they give Sev{now.severity} by rule {now.rule} "
            "now. Ask again."
        )


def gap_needs_explanation(customer_severity: int | None, severity: int | None) -> bool:
    """Whether the customer's own severity is two or more levels away, so that the first reply must explain why."""
    return customer_severity is not None and severity is not None and abs(customer_severity - severity) >= 2
