"""Severity: computed from answers, raised at once, lowered from Sev1 and Sev2 only with approval."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction

from sevline.cases.actions.intake import classify
from sevline.cases.actions.working import locked_open, phrase, required, settle
from sevline.cases.events import CaseRestricted, CaseTriaged, LoweringAsked, SeverityChanged
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden, Right, Role, require
from sevline.core.severity import (
    Change,
    Lowering,
    Rating,
    SeverityAnswers,
    approve_lowering,
    check_grounds,
    keep_disclosure,
    kept_answers,
    may_change,
    rate,
    still_as_asked,
)
from sevline.governance import actions as governance
from sevline.governance.models import Approval, ApprovalState
from sevline.people.actions.notices import notify_role
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Ref
from sevline.platform.models import Event

LOWER = "lower_severity_from_1_or_2"
MIN_REASON = 10


class NeedsApproval(Forbidden):
    """The severity was not changed; a request for approval was written, and its number is in `approval`."""

    def __init__(self, before: int, severity: int, approval: int) -> None:
        super().__init__(
            f"A Sev{before} is lowered only with approval. The request to make it Sev{severity} is written "
            f"(number {approval}); a support manager, the IC or, for rule SEV-R1, Security answers it."
        )
        self.approval = approval


def plain_answers(answers: SeverityAnswers) -> dict[str, str]:
    """The answers as text; a share that nobody knows is “unknown”."""
    return {name: "unknown" if value is None else str(value) for name, value in asdict(answers).items()}


def triage(
    case_key: str,
    *,
    by: Person,
    answers: SeverityAnswers,
    issue_type: str = "",
    evidence: str = "",
    customer_notice: str = "",
    seen_version: int | None = None,
) -> Case:
    """Rate the case from the seven answers and keep them with the rule, the version and what is unknown.

    Raises NeedsApproval when that would lower a Sev1 or Sev2: the answers are kept on the request, and the case keeps
    its severity, its rule and the answers that gave it until the lowering is approved and done.
    """
    require(by, Right.CASE_TRIAGE)
    rating = rate(answers)
    with transaction.atomic():
        case = locked_open(by, case_key, seen_version)
        lowers = may_change(case.severity, rating.severity, by.roles) is Change.WITH_APPROVAL
        if lowers:
            approval = _propose(case, by, rating, answers, issue_type, evidence, customer_notice)
        else:
            case.issue_type = issue_type or case.issue_type
            _keep_rating(case, rating, answers)
            case.severity, case.severity_rule, case.severity_reason = rating.severity, rating.rule, ""
            settle(case, _triaged(case, rating, by), at=clock.now(), fields=_RATED)
        if rating.security_route:
            _tell_security(case)
    if lowers:
        raise NeedsApproval(case.severity or 0, rating.severity, approval)
    return case


_KEPT = ("severity_version", "severity_answers", "severity_unknowns", "severity_review_at")
_RATED = ("severity", "severity_rule", "severity_reason", "issue_type", *_KEPT)


def _keep_rating(case: Case, rating: Rating, answers: SeverityAnswers) -> None:
    """What the rule was asked, and by which version of the table; the columns of `_KEPT`."""
    minutes = rating.review_minutes
    case.severity_review_at = clock.now() + timedelta(minutes=minutes) if minutes else None
    case.severity_version = rating.version
    case.severity_answers, case.severity_unknowns = plain_answers(answers), list(rating.unknowns)


def _propose(
    case: Case, by: Person, rating: Rating, answers: SeverityAnswers, issue_type: str, evidence: str, notice: str
) -> int:
    """Ask for the lower severity that the answers give; the answers wait with it, the kind of trouble does not."""
    if issue_type and issue_type != case.issue_type:
        classify(
            case.key,
            by=by,
            issue_type=issue_type,
            product_area=case.product_area,
            account=case.account,
            environment=case.environment,
        )
        case.refresh_from_db()
    reason = f"Rule {rating.rule} gives Sev{rating.severity} from the answers as they now are."
    asked = {
        "severity": rating.severity,
        "rule": rating.rule,
        "version": rating.version,
        "answers": plain_answers(answers),
        "rated_in_event": _last_rated(case),
    }
    return _ask(case, by, asked, reason, evidence, notice)


def _last_rated(case: Case) -> int:
    """The number of the event of the last rating; 0 where there is none."""
    rated = Event.objects.filter(case_key=case.key, kind=CaseTriaged.kind).order_by("-seq")
    return rated.values_list("seq", flat=True).first() or 0


def _triaged(case: Case, rating: Rating, by: Person) -> CaseTriaged:
    return CaseTriaged(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        severity=case.severity or rating.severity,
        rule=case.severity_rule,
        version=case.severity_version,
        answers=case.severity_answers,
        unknowns=rating.unknowns,
        modifiers=rating.modifiers,
        security_route=rating.security_route,
        review_at=case.severity_review_at,
        issue_type=case.issue_type,
    )


def _ask(case: Case, by: Person, asked: dict[str, Any], reason: str, evidence: str, customer_notice: str) -> int:
    """Write the request for approval, and that it was asked, into the case's history; answers its number.

    A form sent twice asks once: the request that already waits is answered.
    """
    check_grounds(evidence, customer_notice)
    wanted = {
        **asked,
        "severity_before": case.severity,
        "rule_before": case.severity_rule,
        "evidence": phrase(case.key, "lowering evidence", evidence, 500),
        "customer_notice": phrase(case.key, "lowering notice", customer_notice, 500),
    }
    if (waiting := _waiting(case, by, wanted, reason)) is not None:
        return waiting
    approval = governance.request(
        by=by,
        decision=LOWER,
        subject=Ref("case", case.key, case.key),  # approvers outside the team read it, so it carries no title
        case=case.key,
        asked={**wanted, "case_version": case.version},
        reason=reason,
    )
    happened = LoweringAsked(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        before=case.severity or 0,
        severity=asked["severity"],
        reason=reason,
        approval=approval.pk,
    )
    settle(case, happened, at=clock.now())
    return int(approval.pk)


def _waiting(case: Case, by: Person, wanted: dict[str, Any], reason: str) -> int | None:
    """The number of the person's request for the same that nobody answered yet."""
    pending = Approval.objects.filter(
        decision=LOWER, case_key=case.key, requested_by=by, state=ApprovalState.PENDING, expires_at__gt=clock.now()
    )
    same = (row for row in pending if row.reason == reason and wanted.items() <= row.asked.items())
    return next((int(row.pk) for row in same), None)


def _tell_security(case: Case) -> None:
    text = f"{case.key} may disclose customer data: rule {case.severity_rule}."
    notify_role(Role.SECURITY, f"security:{case.key}", text, case.page, "bad")


def change_severity(
    case_key: str,
    *,
    by: Person,
    severity: int,
    reason: str,
    evidence: str = "",
    customer_notice: str = "",
    seen_version: int | None = None,
) -> Case:
    """Decide another severity than the rule gave, with the reason. Raising is done at once; lowering a Sev1 or Sev2
    writes a request for approval and raises NeedsApproval."""
    require(by, Right.SEVERITY_RAISE)
    if severity not in {1, 2, 3, 4}:
        raise Refused("A severity is a number from 1 to 4.")
    reason = required(reason, f"Say in at least {MIN_REASON} characters why the severity changes.", MIN_REASON)
    with transaction.atomic():
        case = locked_open(by, case_key, seen_version)
        if case.severity is None:
            raise Refused("Triage the case first: a severity comes from answers.")
        if case.severity == severity:
            raise Refused(f"The case is Sev{severity} already.")
        said = phrase(case.key, "severity reason", reason, 1000)
        lowers = may_change(case.severity, severity, by.roles) is Change.WITH_APPROVAL
        if lowers:
            keep_disclosure(kept_answers(case.severity_answers))
            approval = _ask(case, by, {"severity": severity}, said, evidence, customer_notice)
        else:
            _decide(case, by, severity, said)
    if lowers:
        raise NeedsApproval(case.severity, severity, approval)
    return case


def _decide(
    case: Case,
    by: Person,
    severity: int,
    reason: str,
    *,
    rule: str = "",
    approval: int | None = None,
    answers: SeverityAnswers | None = None,
) -> None:
    """Change the severity; `answers` are those by which `rule` gave it, where answers did."""
    before, case.severity, case.severity_reason = case.severity, severity, reason
    case.severity_rule = rule or case.severity_rule
    if answers is not None:
        _keep_rating(case, rate(answers), answers)
    happened = SeverityChanged(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        before=before,
        severity=severity,
        rule=case.severity_rule,
        reason=reason,
        approval=approval,
        answers=plain_answers(answers) if answers is not None else {},
    )
    settle(case, happened, at=clock.now(), fields=("severity", "severity_rule", "severity_reason", *_KEPT))


@transaction.atomic
def lower_severity(case_key: str, *, by: Person, approval_id: int) -> Case:
    """Lower a Sev1 or Sev2 as it was approved; the approval is used up."""
    require(by, Right.SEVERITY_RECOMMEND)
    case = locked_open(by, case_key)
    approval = governance.use(approval_id, by=by)
    asked = approval.asked
    if approval.decision != LOWER or approval.subject_key != case.key or approval.decided_by is None:
        raise Refused(f"Approval {approval_id} is not about the severity of {case.key}.")
    proposed = (
        kept_answers(asked["answers"]) if "answers" in asked and asked["rated_in_event"] == _last_rated(case) else None
    )
    answers = proposed or kept_answers(case.severity_answers)
    still_as_asked(asked, severity=case.severity, rule=case.severity_rule, answers=answers)
    lowering = Lowering(
        rule=case.severity_rule,
        requested_by=str(approval.requested_by_id),
        evidence=str(asked.get("evidence", "")),
        customer_notice=str(asked.get("customer_notice", "")),
    )
    approve_lowering(lowering, approver=str(approval.decided_by_id), roles=approval.decided_by.roles)
    rule = str(asked.get("rule", ""))
    _decide(case, by, int(asked["severity"]), approval.reason, rule=rule, approval=approval.pk, answers=proposed)
    return case


@transaction.atomic
def restrict(case_key: str, *, by: Person, restricted: bool, reason: str, seen_version: int | None = None) -> Case:
    """Show the case to Security and its owner only. Whoever edits a case may restrict it; Security lifts that."""
    require(by, Right.CASE_EDIT)
    case = locked_open(by, case_key, seen_version)
    if not restricted and Role.SECURITY not in by.roles:
        raise Forbidden("Only Security may open a restricted case to its team again.")
    said = phrase(case.key, "restriction", required(reason, "Say why."), 300)
    case.restricted = restricted
    happened = CaseRestricted(by=by.ref, subject=case.ref, case=case.key, restricted=restricted, reason=said)
    if restricted:
        notify_role(
            Role.SECURITY, f"restricted:{case.key}", f"{case.key} was restricted.", case.page, "bad", without=by
        )
    return settle(case, happened, at=clock.now(), fields=("restricted",))
