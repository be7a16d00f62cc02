"""Repeating a saved request n times: k of n becomes a test, a reproduction and evidence of the case."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from sevline.cases.actions.working import locked_open, phrase, settle
from sevline.cases.models import Case
from sevline.core.hypothesis import reproduction_rate
from sevline.core.lifecycle import Refused
from sevline.core.reproduction.render import curl
from sevline.core.reproduction.request import RequestSpec, filled
from sevline.core.reproduction.runs import Expected, Outcome
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.board import hypothesis_of
from sevline.diagnosis.actions.common import next_number, one_of
from sevline.diagnosis.actions.records import record_reproduction
from sevline.diagnosis.actions.requests import spec_of
from sevline.diagnosis.actions.targets import check_rate, policy_of, target_of
from sevline.diagnosis.actions.testing import CONCLUSIONS, conclude_test, start_test
from sevline.diagnosis.events import RunsAsked, RunsEnded
from sevline.diagnosis.models import JobState, RunSet, SavedRequest, Target
from sevline.evidence import actions as evidence
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record
from sevline.platform.jobs.worker import report
from sevline.platform.outgoing import Policy, admitted, fetch
from sevline.vault import actions as vault

MOST_RUNS = 50
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@transaction.atomic
def ask_runs(
    case_key: str,
    number: int,
    *,
    by: Person,
    target: int,
    runs: int,
    statuses: Sequence[int] = (),
    slower_than: int = 0,
    variables: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    hypothesis: int | None = None,
    means: str = "inconclusive",
) -> RunSet:
    """Queue n runs of a request against a target on the list.

    `variables` say in what this set differs from others. `secrets` are sealed until the runs have ended, then deleted.
    """
    require(by, Right.TARGET_CALL)
    case = locked_open(by, case_key)
    kept = SavedRequest.objects.filter(case=case, number=number).first()
    if kept is None:
        raise Refused(f"{case.key} has no request RQ-{number}.")
    allowed, spec = target_of(case, target), spec_of(kept)
    _possible(spec, allowed, runs, statuses, slower_than)
    check_rate(case, runs)
    one_of(means, CONCLUSIONS, "What the fault says")
    about = hypothesis_of(case, hypothesis) if hypothesis is not None else None
    told = {phrase(case.key, "variable", name, 60): phrase(case.key, "variable", value, 120)
            for name, value in (variables or {}).items()}  # fmt: skip
    values = {**(variables or {}), **(secrets or {})}
    filled(spec, {**values, "base_url": allowed.origin})
    now = clock.now()
    row = RunSet.objects.create(
        case=case,
        number=next_number(RunSet.objects.all(), case),
        request=kept,
        target=allowed,
        runs=runs,
        variables=told,
        sealed_id=vault.seal_text(case.key, "values of a run", json.dumps(values)) if values else None,
        statuses=sorted(set(statuses)),
        slower_than=slower_than,
        hypothesis=about,
        means=means,
        by=by,
        at=now,
    )
    event = RunsAsked(
        by=by.ref, subject=case.ref, case=case.key, runs=row.key, request=kept.key, target=allowed.origin, times=runs
    )
    settle(case, event, at=now)
    return row


def _possible(spec: RequestSpec, target: Target, runs: int, statuses: Sequence[int], slower_than: int) -> None:
    if not 1 <= runs <= MOST_RUNS:
        raise Refused(f"A request is repeated between 1 and {MOST_RUNS} times.")
    if not statuses and not slower_than:
        raise Refused("Say how the fault shows: by a status, or by a time that is passed.")
    if any(not 0 <= status <= 599 for status in statuses):
        raise Refused("A status is a number such as 503; 0 stands for no answer.")
    if spec.method not in SAFE_METHODS and not target.may_write:
        raise Refused(f"A {spec.method} may change data, and the target is not marked as one where data may change.")


def do_runs(run_set_id: int) -> str:
    """Send the request n times and keep what came back. A job that runs twice starts anew and keeps one result."""
    waiting = RunSet.objects.filter(pk=run_set_id, state__in=(JobState.QUEUED, JobState.RUNNING))
    if not waiting.update(state=JobState.RUNNING):
        return RunSet.objects.get(pk=run_set_id).state
    row = RunSet.objects.select_related("case", "target", "request", "by", "hypothesis").get(pk=run_set_id)
    try:
        target_of(row.case, row.target_id)
        values = json.loads(vault.unseal_text(row.sealed_id)) if row.sealed_id else {}
        spec = aimed(filled(spec_of(row.request), {**values, "base_url": row.target.origin}), row.target.origin)
        policy = policy_of(row.case)
        admitted(spec.url, policy)
        outcomes = _outcomes(row, spec, policy)
    except Refused as refusal:
        return _refused(row, " ".join(refusal.reasons))
    return _kept(row, outcomes)


def aimed(spec: RequestSpec, origin: str) -> RequestSpec:
    """The same request at another host, such as staging instead of production."""
    parts = urlsplit(spec.url)
    query = f"?{parts.query}" if parts.query else ""
    return replace(spec, url=f"{origin}{parts.path or '/'}{query}")


def _outcomes(row: RunSet, spec: RequestSpec, policy: Policy) -> list[Outcome]:
    outcomes = []
    for run in range(row.runs):
        report(1 + run * 98 // row.runs, f"run {run + 1} of {row.runs}")
        if run:
            time.sleep(settings.OPTIONS.probe_pause_ms / 1000)
        started = time.monotonic()
        try:
            answer = fetch(
                spec.url,
                policy=policy,
                method=spec.method,
                headers=dict(spec.headers),
                body=spec.body.encode(),
            )
            outcomes.append(Outcome(answer.status, answer.millis))
        except Refused as refusal:
            told = vault.redact(row.case.key, " ".join(refusal.reasons)).text[:200]
            outcomes.append(Outcome(0, (time.monotonic() - started) * 1000, told))
    return outcomes


@transaction.atomic
def _kept(row: RunSet, outcomes: Sequence[Outcome]) -> str:
    """The counts, and from them evidence, a test of the hypothesis and a reproduction."""
    case = Case.objects.select_for_update().get(pk=row.case_id)
    row.refresh_from_db()
    if row.state != JobState.RUNNING:
        return row.state
    fault = Expected(frozenset(row.statuses), row.slower_than or float("inf"))
    row.outcomes = [[one.status, round(one.millis), one.error] for one in outcomes]
    row.failed = sum(1 for one in outcomes if fault.shown_by(one))
    row.state, row.ended_at = JobState.DONE, clock.now()
    row.said = reproduction_rate(row.failed, row.runs, tried=row.request.name).label
    if case.is_open:
        _written(row, case)
    _forget(row)
    row.save()
    record(_ended(row), at=row.ended_at)
    return row.state


def _written(row: RunSet, case: Case) -> None:
    steps = curl(spec_of(row.request)).replace(" \\\n  ", " ")  # one action, one line
    excerpt = "\n".join(
        f"run {number}: {status or 'no answer'}, {millis} ms{', ' + error if error else ''}"
        for number, (status, millis, error) in enumerate(row.outcomes, 1)
    )
    differs = ", ".join(f"{name}={value}" for name, value in row.variables.items())
    claim = f"{row.request.key} at {row.target.origin}: the fault shows in {row.failed} of {row.runs} runs"
    row.item = evidence.cite_answer(
        case.key,
        f"{claim}{f' with {differs}' if differs else ''}"[:300],
        by=row.by,
        source="runs from this workbench",
        query=f"{row.key}: {row.request.name}",
        excerpt=excerpt,
        sha256=hashlib.sha256(excerpt.encode()).hexdigest(),
    )
    row.test = start_test(
        case.key,
        by=row.by,
        purpose=f"{row.key}: repeat {row.request.key} {row.runs} times{f' with {differs}' if differs else ''}"[:200],
        steps=steps[:8000],
        expected=fault_words(row),
        hypothesis=row.hypothesis.number if row.hypothesis is not None else None,
        environment=row.target.origin[:120],
        risk="read_only" if spec_of(row.request).method in SAFE_METHODS else "test_write",
    )
    conclude_test(
        case.key,
        row.test.number,
        by=row.by,
        actual=f"{row.failed} of {row.runs} runs",
        conclusion=_conclusion(row),
        items=[row.item.key],
    )
    record_reproduction(
        case.key,
        by=row.by,
        steps=steps,
        expected="an answer without the fault",
        actual=fault_words(row),
        failed=row.failed,
        runs=row.runs,
        environment=row.target.origin[:120],
        flags=differs[:120],
        items=[row.item.key],
    )


def fault_words(row: RunSet) -> str:
    """How the fault shows, in words."""
    statuses = ", ".join(str(status) if status else "no answer" for status in row.statuses)
    slow = f"more than {row.slower_than} ms" if row.slower_than else ""
    return " or ".join(filter(None, (f"status {statuses}" if statuses else "", slow)))


def _conclusion(row: RunSet) -> str:
    """What was said beforehand that the fault means. That it did not show decides nothing: a person says what it does,
    for the set may have been run with the very variable changed that takes the fault away."""
    return row.means if row.failed and row.hypothesis_id is not None else "inconclusive"


@transaction.atomic
def _refused(row: RunSet, said: str) -> str:
    row.state, row.ended_at = JobState.REFUSED, clock.now()
    row.said = vault.redact(row.case.key, said).text[:300]
    _forget(row)
    row.save()
    record(_ended(row), at=row.ended_at)
    return row.state


def _forget(row: RunSet) -> None:
    if row.sealed_id is not None:
        vault.forget_text(row.sealed_id)
        row.sealed_id = None


def _ended(row: RunSet) -> RunsEnded:
    return RunsEnded(
        by=row.by.ref,
        subject=row.case.ref,
        case=row.case.key,
        runs=row.key,
        state=row.state,
        failed=row.failed,
        times=row.runs,
        said=row.said,
    )
