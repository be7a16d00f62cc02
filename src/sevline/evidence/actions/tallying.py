"""Counting itself, at once or in a job, and how a count comes to its end: done, refused or stopped."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.fixes import FixResult, evaluate, minutes_of
from sevline.core.mining.surfacing.impact import Impact, ImpactQuery, impact
from sevline.evidence.actions.common import open_case
from sevline.evidence.events import CountEnded, FixJudged, ImpactCounted
from sevline.evidence.models import COUNT_WAITS, CheckRun, Counting, CountState, ImpactAnswer, SuccessCheck
from sevline.evidence.selectors.counted import CaseLogs, differences, logs_of
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import SYSTEM, Ref, record
from sevline.platform.jobs.worker import report

_NO_LOGS = "The case has no log whose lines could be read as records. Attach one first."
_NO_TIMES = "No record of these logs has a time, so before and after cannot be told apart."
_MEGA = 10**6

Row = TypeVar("Row", bound=Counting)
Compared = tuple[FixResult, datetime]
"""A comparison, and the latest time of any record."""


class StoppedError(Exception):
    """The row does not wait for this job any more."""


class Watch:
    """Tells how far the job of a row is, and ends it where a person stopped the row."""

    def __init__(self, row: Counting, size: int) -> None:
        self.row, self.size = row, max(1, size)
        self.taken, self.percent = 0, -1

    def __call__(self, size: int) -> None:
        self.taken += size
        percent = min(98, self.taken * 100 // self.size)
        if percent == self.percent:
            return
        self.percent = percent
        report(percent, f"{self.taken / _MEGA:,.0f} of {self.size / _MEGA:,.0f} MB read")
        if not type(self.row)._default_manager.filter(pk=self.row.pk, state=CountState.RUNNING).exists():
            raise StoppedError


def logs_to_count(by: Person, case: Case) -> CaseLogs:
    """The logs of the case; Refused where there is none to be counted."""
    found = logs_of(by, case)
    if not found.files:
        raise Refused(*(found.left_out or (_NO_LOGS,)))
    return found


def tallied(logs: CaseLogs, asked: ImpactQuery, watch: Watch | None = None) -> Impact:
    return impact(logs.events(watch), asked, source=logs.source, asked_at=clock.now())


def compared(logs: CaseLogs, check: SuccessCheck, fixed_at: datetime, watch: Watch | None = None) -> Compared:
    counted = minutes_of(logs.events(watch), check.wanted())
    if counted.last is None:
        raise Refused(_NO_TIMES)
    return evaluate(check.check_of(), fixed_at, counted.last, counted.everything, counted.bad), counted.last


def do_impact(answer_id: int) -> str:
    """Count what an answer waits for. A job that runs twice counts twice and keeps one answer."""
    answer = _begun(ImpactAnswer.objects.select_related("case", "asked_by"), answer_id)
    if answer is None:
        return _state(ImpactAnswer, answer_id)
    logs = None
    try:
        logs = logs_to_count(answer.asked_by, answer.case)
        told = tallied(logs, answer.wanted(), Watch(answer, logs.size))
        with transaction.atomic():
            keep_impact(_still_running(ImpactAnswer.objects.select_for_update(), answer, logs), logs, told)
    except (Refused, StoppedError) as reason:
        return _without_answer(answer, logs, reason)
    return CountState.DONE


def do_comparison(run_id: int) -> str:
    """Compare what a run waits for. A job that runs twice counts twice and keeps one comparison."""
    run = _begun(CheckRun.objects.select_related("check_row__case", "by"), run_id)
    if run is None:
        return _state(CheckRun, run_id)
    logs = None
    try:
        logs = logs_to_count(run.by, run.of_case)
        told = compared(logs, run.check_row, run.fixed_at, Watch(run, logs.size))
        with transaction.atomic():
            keep_comparison_of(_still_running(CheckRun.objects.select_for_update(), run, logs), logs, told)
    except (Refused, StoppedError) as reason:
        return _without_answer(run, logs, reason)
    return CountState.DONE


def keep_impact(answer: ImpactAnswer, logs: CaseLogs, told: Impact) -> None:
    """Write the answer into its row, in the caller's transaction."""
    answer.records, answer.unnamed = told.records, told.unnamed
    answer.first_at, answer.last_at = told.first, told.last
    answer.scopes = {
        name.value: {"affected": dict(scope.affected), "active": scope.active} for name, scope in told.scopes.items()
    }
    _done(answer, logs)
    said = ImpactCounted(
        by=answer.asked_by.ref, subject=answer.case.ref, case=answer.case.key, number=answer.number,
        query=answer.query, records=answer.records,
    )  # fmt: skip
    record(said)


def keep_comparison_of(run: CheckRun, logs: CaseLogs, told: Compared) -> None:
    """Write before and after into their row, in the caller's transaction."""
    result, run.seen_until = told
    run.verdict, run.reason = result.verdict.value, result.reason
    run.before, run.after = list(result.before), list(result.after)
    _done(run, logs)
    case = run.of_case
    said = FixJudged(
        by=run.by.ref, subject=case.ref, case=case.key, number=run.check_row.number, verdict=run.verdict,
        reason=run.reason,
    )  # fmt: skip
    record(said)


def end(row: Counting, state: CountState, said: str, *, by: Ref) -> None:
    """The row waits no longer and has no answer, in the caller's transaction."""
    row.state, row.said, row.ended_at = state, said, clock.now()
    row.save(update_fields=["state", "said", "ended_at"])
    case = row.of_case
    event = CountEnded(by=by, subject=case.ref, case=case.key, about=row.about, state=state, said=said)
    record(event)


def _done(row: ImpactAnswer | CheckRun, logs: CaseLogs) -> None:
    row.source, row.left_out, row.read = logs.source, list(logs.left_out), logs.read()
    row.state, row.ended_at = CountState.DONE, clock.now()
    row.save()


def _begun(rows: QuerySet[Row], key: int) -> Row | None:
    """The row, which runs now; None where it came to its end before."""
    if not rows.filter(pk=key, state__in=COUNT_WAITS).update(state=CountState.RUNNING):
        return None
    return rows.get(pk=key)


def _state(model: type[Counting], key: int) -> str:
    return str(model._default_manager.values_list("state", flat=True).get(pk=key))


def _still_running(rows: QuerySet[Row], row: Row, logs: CaseLogs) -> Row:
    """The row, locked, if it still waits for this job; Refused where its case was closed or its logs are others now."""
    case = open_case(row.asker, row.of_case.key)
    locked = rows.get(pk=row.pk)
    if locked.state != CountState.RUNNING:
        raise StoppedError
    if told := _changed(row, logs, case):
        raise Refused(told)
    return locked


def _changed(row: Counting, logs: CaseLogs, case: Case) -> str:
    told = differences(logs.read(), logs_of(row.asker, case).read())
    return f"{' and '.join(told)} while this was counted, so nothing was kept. Ask again." if told else ""


@transaction.atomic
def _without_answer(row: Counting, logs: CaseLogs | None, reason: Refused | StoppedError) -> str:
    """Say why, unless the row came to its end by a person's hand. A file that left in the middle is a better reason
    than that its bytes could not be read."""
    locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if isinstance(reason, StoppedError) or locked.state != CountState.RUNNING:
        return str(locked.state)
    changed = _changed(row, logs, row.of_case) if logs is not None else ""
    end(locked, CountState.REFUSED, changed or " ".join(reason.reasons), by=SYSTEM)
    return CountState.REFUSED
