"""Counting in the logs of a case: whom a failure touched, whether a fix holds. Answers are kept with their query."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.fixes import evaluate, minutes_of
from sevline.core.mining.surfacing.impact import ImpactQuery, impact
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import number_in, open_case
from sevline.evidence.actions.register import cite_answer
from sevline.evidence.events import FixJudged, ImpactCounted, SuccessDefined
from sevline.evidence.models import CheckRun, ImpactAnswer, Item, SuccessCheck
from sevline.evidence.selectors.counted import records_of, scope_rows
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record
from sevline.vault import actions as vault

if TYPE_CHECKING:
    from sevline.evidence.selectors.counted import CaseRecords

_NO_LOGS = "The case has no log whose lines could be read as records. Attach one first."


def count_impact(case_key: str, wanted: ImpactQuery, *, by: Person) -> ImpactAnswer:
    """Ask the logs of the case whom a failure touched; the answer is kept with the query, its sources and the time."""
    require(by, Right.EVIDENCE_ATTACH)
    case = _visible(by, case_key)
    asked = _redacted(case, wanted)
    found = _records(by, case)
    told = impact(found.events, asked, source=found.source, asked_at=clock.now())
    scopes = {
        name.value: {"affected": dict(scope.affected), "active": scope.active} for name, scope in told.scopes.items()
    }
    with transaction.atomic():
        case = open_case(by, case_key)
        answer = ImpactAnswer.objects.create(
            case=case, number=_next(ImpactAnswer, case), asked=asked.as_stored(), query=str(asked), source=found.source,
            left_out=list(found.left_out), records=told.records, unnamed=told.unnamed, first_at=told.first,
            last_at=told.last, scopes=scopes, at=told.asked_at, asked_by=by,
        )  # fmt: skip
        said = ImpactCounted(
            by=by.ref, subject=case.ref, case=case.key, number=answer.number, query=answer.query, records=answer.records
        )
        record(said)
    return answer


def count_impact_again(case_key: str, number: int, *, by: Person) -> ImpactAnswer:
    """The same query over the logs that the case has now."""
    require(by, Right.EVIDENCE_ATTACH)
    return count_impact(case_key, _answer(by, case_key, number).wanted(), by=by)


@transaction.atomic
def cite_impact(case_key: str, number: int, *, by: Person) -> Item:
    """Put an answer into the register of evidence, once."""
    require(by, Right.EVIDENCE_ATTACH)
    answer = _answer(by, case_key, number)
    if answer.item is not None:
        return answer.item
    told = answer.impact()
    lines = [told.sentence, f"Counted {answer.at:%Y-%m-%d %H:%M:%S} UTC in {answer.source}.", *answer.left_out]
    for row in scope_rows(told):
        named = ", ".join(f"{value} ({count:,})" for value, count in row.listed)
        lines.append(f"{row.name}: {row.affected:,} of {row.active:,} active. {named}")
    answer.item = _cited(case_key, told.sentence, by, answer.source, answer.query, lines, answer.scopes)
    answer.save(update_fields=["item"])
    return answer.item


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


def judge_fix(case_key: str, number: int, *, by: Person, fixed_at: datetime) -> CheckRun:
    """Compare before and after in the logs that the case has now; pending until the whole window has been seen."""
    require(by, Right.EVIDENCE_ATTACH)
    case = _visible(by, case_key)
    check = _check(by, case, number)
    found = _records(by, case)
    counted = minutes_of(found.events, check.wanted())
    if counted.last is None:
        raise Refused("No record of these logs has a time, so before and after cannot be told apart.")
    result = evaluate(check.check_of(), fixed_at, counted.last, counted.everything, counted.bad)
    with transaction.atomic():
        case = open_case(by, case_key)
        run = CheckRun.objects.create(
            check_row=check, fixed_at=fixed_at, seen_until=counted.last, verdict=result.verdict.value,
            reason=result.reason, before=list(result.before), after=list(result.after), source=found.source,
            left_out=list(found.left_out), at=clock.now(), by=by,
        )  # fmt: skip
        said = FixJudged(
            by=by.ref, subject=case.ref, case=case.key, number=check.number, verdict=run.verdict, reason=run.reason
        )
        record(said)
    return run


@transaction.atomic
def cite_fix(case_key: str, run_id: int, *, by: Person) -> Item:
    """Put a comparison into the register of evidence, once."""
    require(by, Right.EVIDENCE_ATTACH)
    case = _visible(by, case_key)
    runs = CheckRun.objects.select_related("check_row", "item").filter(pk=run_id, check_row__case=case)
    run = runs.first()
    if run is None:
        raise Refused("There is no such comparison.")
    if run.item is not None:
        return run.item
    check = run.check_row
    lines = [
        f"Check, written {check.at:%Y-%m-%d %H:%M} UTC: {check.check_of().sentence}; bad is: {check.query}.",
        f"Fix at {run.fixed_at:%Y-%m-%d %H:%M} UTC" + ("." if run.foretold else ", before the check was written."),
        f"Before: {run.before[1]:,} bad of {run.before[0]:,}. After: {run.after[1]:,} bad of {run.after[0]:,}.",
        *run.left_out,
    ]
    claim = f"{check.metric}: {run.verdict}. {run.reason}"
    run.item = _cited(case_key, claim, by, run.source, check.query, lines, {"before": run.before, "after": run.after})
    run.save(update_fields=["item"])
    return run.item


def _cited(
    case_key: str, claim: str, by: Person, source: str, query: str, lines: list[str], whole: Mapping[str, object]
) -> Item:
    told = json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()
    return cite_answer(
        case_key, claim[:300], by=by, source=source, query=query, excerpt="\n".join(lines),
        sha256=sha256(told).hexdigest(),
    )  # fmt: skip


def _visible(by: Person, case_key: str) -> Case:
    case = Case.objects.visible_to(by).filter(number=number_in(case_key)).first()
    if case is None:
        raise Refused(f"There is no case {case_key[:20]}.")
    return case


def _records(by: Person, case: Case) -> "CaseRecords":
    found = records_of(by, case)
    if not found.uploads:
        raise Refused(*(found.left_out or (_NO_LOGS,)))
    return found


def _redacted(case: Case, wanted: ImpactQuery) -> ImpactQuery:
    """Values as they stand in the redacted lines, which is what is searched and what may be kept."""
    services = tuple(vault.redact(case.key, name).text for name in wanted.services)
    return replace(wanted, services=services, text=vault.redact(case.key, wanted.text).text if wanted.text else "")


def _answer(by: Person, case_key: str, number: int) -> ImpactAnswer:
    found = ImpactAnswer.objects.select_related("item").filter(case=_visible(by, case_key), number=number).first()
    if found is None:
        raise Refused("There is no such answer.")
    return found


def _check(by: Person, case: Case, number: int) -> SuccessCheck:
    found = SuccessCheck.objects.filter(case=case, number=number, case__in=Case.objects.visible_to(by)).first()
    if found is None:
        raise Refused("There is no such check.")
    return found


def _next(model: type[ImpactAnswer] | type[SuccessCheck], case: Case) -> int:
    return (model.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
