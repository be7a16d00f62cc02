"""Asking the logs of a case: whom a failure touched, whether a fix holds. Answers are kept with their query.

Small logs are counted while the person waits; large ones by a job, whose answer comes into the row that waits for it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import number_in, open_case
from sevline.evidence.actions.tallying import compared, end, keep_comparison_of, keep_impact, logs_to_count, tallied
from sevline.evidence.events import ComparisonAsked, ImpactAsked, SuccessDefined
from sevline.evidence.models import COUNT_WAITS, CheckRun, Counting, CountState, ImpactAnswer, SuccessCheck
from sevline.evidence.selectors.counted import CaseLogs
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Happening, record
from sevline.vault import actions as vault

AT_ONCE = 2 * 2**20
"""Bytes of logs that are counted while the person waits."""

Row = TypeVar("Row", bound=Counting)


def count_impact(case_key: str, wanted: ImpactQuery, *, by: Person, at_once: int = AT_ONCE) -> ImpactAnswer:
    """Ask the logs of the case whom a failure touched; the answer is kept with the query, its sources and the time.

    With more than `at_once` bytes of logs it waits for a job; asked again meanwhile, the waiting one is given.
    """
    require(by, Right.EVIDENCE_ATTACH)
    case = _visible(by, case_key)
    asked = _redacted(case, wanted)
    logs = logs_to_count(by, case)
    told = tallied(logs, asked) if logs.size <= at_once else None
    with transaction.atomic():
        case = open_case(by, case_key)
        kept = asked.as_stored()
        waiting = _waiting(ImpactAnswer.objects.filter(case=case), lambda row: row.asked == kept)
        if told is None and waiting is not None:
            return waiting
        answer = ImpactAnswer(
            case=case, number=_next(ImpactAnswer, case), asked=kept, query=str(asked), at=clock.now(), asked_by=by
        )
        if told is not None:
            keep_impact(answer, logs, told)
        else:
            event = ImpactAsked(
                by=by.ref, subject=case.ref, case=case.key, number=answer.number, query=answer.query
            )  # fmt: skip
            _queue(answer, logs, event)
    return answer


def count_impact_again(case_key: str, number: int, *, by: Person, at_once: int = AT_ONCE) -> ImpactAnswer:
    """The same query over the logs that the case has now."""
    require(by, Right.EVIDENCE_ATTACH)
    return count_impact(case_key, answer_of(by, case_key, number).wanted(), by=by, at_once=at_once)


@transaction.atomic
def define_success(
    case_key: str, metric: str, *, by: Person, bad: ImpactQuery, below: float, minutes: int
) -> SuccessCheck:
    """Write down what will count as success: the share of bad records stays below a bound for so many minutes."""
    require(by, Right.EVIDENCE_ATTACH)
    case = open_case(by, case_key)
    if not 0 < below < 1:
        raise Refused("The bound is a share between 0 % and 100 %, such as 0.5 %.")
    if not 1 <= minutes <= 7 * 1440:
        raise Refused("The window lasts from 1 minute to 7 days.")
    asked = _redacted(case, bad)
    if asked == ImpactQuery():
        raise Refused("Say which records are bad: by level, service or text. With nothing said, all of them are.")
    said = vault.redact(case.key, metric.strip()).text[:200]
    if not said:
        raise Refused("Say what is measured, such as: share of failed payments.")
    check = SuccessCheck.objects.create(
        case=case, number=_next(SuccessCheck, case), metric=said, bad=asked.as_stored(), query=str(asked), below=below,
        minutes=minutes, at=clock.now(), written_by=by,
    )  # fmt: skip
    event = SuccessDefined(
        by=by.ref, subject=case.ref, case=case.key, number=check.number, check=check.check_of().sentence
    )
    record(event)
    return check


def judge_fix(
    case_key: str, number: int, *, by: Person, fixed_at: datetime, at_once: int = AT_ONCE
) -> CheckRun:  # fmt: skip
    """Compare before and after in the logs that the case has now; pending until the whole window has been seen.

    With more than `at_once` bytes of logs it waits for a job; asked again meanwhile, the waiting one is given.
    """
    require(by, Right.EVIDENCE_ATTACH)
    case = _visible(by, case_key)
    check = _check(by, case, number)
    logs = logs_to_count(by, case)
    told = compared(logs, check, fixed_at) if logs.size <= at_once else None
    with transaction.atomic():
        case = open_case(by, case_key)
        waiting = _waiting(CheckRun.objects.filter(check_row=check), lambda row: row.fixed_at == fixed_at)
        if told is None and waiting is not None:
            return waiting
        run = CheckRun(check_row=check, fixed_at=fixed_at, at=clock.now(), by=by)
        if told is not None:
            keep_comparison_of(run, logs, told)
        else:
            run.state = CountState.QUEUED
            run.save()
            event = ComparisonAsked(
                by=by.ref, subject=case.ref, case=case.key, number=check.number, run=run.pk, check=run.about
            )
            _queue(run, logs, event)
    return run


def judge_fix_again(case_key: str, run_id: int, *, by: Person, at_once: int = AT_ONCE) -> CheckRun:
    """The same comparison over the logs that the case has now."""
    require(by, Right.EVIDENCE_ATTACH)
    run = run_of(by, case_key, run_id)
    return judge_fix(case_key, run.check_row.number, by=by, fixed_at=run.fixed_at, at_once=at_once)


@transaction.atomic
def stop_impact(case_key: str, number: int, *, by: Person) -> ImpactAnswer:
    """Let a count go that waits or runs; its job ends by itself and keeps nothing."""
    require(by, Right.EVIDENCE_ATTACH)
    return _stopped(ImpactAnswer.objects.all(), answer_of(by, case_key, number).pk, by)


@transaction.atomic
def stop_comparison(case_key: str, run_id: int, *, by: Person) -> CheckRun:
    """Let a comparison go that waits or runs; its job ends by itself and keeps nothing."""
    require(by, Right.EVIDENCE_ATTACH)
    return _stopped(CheckRun.objects.all(), run_of(by, case_key, run_id).pk, by)


def answer_of(by: Person, case_key: str, number: int) -> ImpactAnswer:
    found = ImpactAnswer.objects.select_related("item").filter(case=_visible(by, case_key), number=number).first()
    if found is None:
        raise Refused("There is no such answer.")
    return found


def run_of(by: Person, case_key: str, run_id: int) -> CheckRun:
    runs = CheckRun.objects.select_related("check_row__case", "item")
    found = runs.filter(pk=run_id, check_row__case=_visible(by, case_key)).first()
    if found is None:
        raise Refused("There is no such comparison.")
    return found


def _stopped(rows: QuerySet[Row], key: int, by: Person) -> Row:
    row = rows.select_for_update().get(pk=key)
    if not row.waits:
        raise Refused("This count has come to its end already.")
    end(row, CountState.STOPPED, f"{by.name} stopped it.", by=by.ref)
    return row


def _queue(row: Counting, logs: CaseLogs, event: Happening) -> None:
    """The row waits, and the event that asks for it queues its job, in one transaction."""
    row.state, row.asked_seq = CountState.QUEUED, record(event).seq
    row.source, row.left_out = logs.source, list(logs.left_out)
    row.save()


def _waiting(rows: QuerySet[Row], is_same: Callable[[Row], bool]) -> Row | None:
    return next((row for row in rows.filter(state__in=COUNT_WAITS) if is_same(row)), None)


def _visible(by: Person, case_key: str) -> Case:
    case = Case.objects.visible_to(by).filter(number=number_in(case_key)).first()
    if case is None:
        raise Refused(f"There is no case {case_key[:20]}.")
    return case


def _redacted(case: Case, wanted: ImpactQuery) -> ImpactQuery:
    """Values as they stand in the redacted lines, which is what is searched and what may be kept."""
    services = tuple(vault.redact(case.key, name).text for name in wanted.services)
    return replace(wanted, services=services, text=vault.redact(case.key, wanted.text).text if wanted.text else "")


def _check(by: Person, case: Case, number: int) -> SuccessCheck:
    found = SuccessCheck.objects.filter(case=case, number=number, case__in=Case.objects.visible_to(by)).first()
    if found is None:
        raise Refused("There is no such check.")
    return found


def _next(model: type[ImpactAnswer] | type[SuccessCheck], case: Case) -> int:
    return (model.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
