"""What comes out of a runbook's steps: answers of people, and what checks prove, kept with a test and evidence."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked_open, settle
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.core.runbook import Outcome, Runbook, Seen, Step, StepRow, runbooks
from sevline.diagnosis.actions.common import cited, one_of, said
from sevline.diagnosis.actions.findings import use_as_evidence
from sevline.diagnosis.actions.testing import conclude_test, start_test
from sevline.diagnosis.events import RunbookStepDone
from sevline.diagnosis.models import Finding, RunbookStep, Test
from sevline.diagnosis.selectors import walked
from sevline.evidence.models import Item
from sevline.people.models import Person
from sevline.platform import clock

OUTCOMES = (Outcome.FAULT, Outcome.CLEAR, Outcome.SKIPPED)
SAYS = {Outcome.FAULT: "supports", Outcome.CLEAR: "refutes"}


@transaction.atomic
def answer_step(
    case_key: str, runbook: str, step: str, *, by: Person, outcome: str, note: str, items: Sequence[str] = ()
) -> RunbookStep:
    """Answer a step that no check proves, or skip it with the reason. An answer also goes into the test log."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    book, row = _known(runbook, step)
    chosen = Outcome(one_of(outcome, [known.value for known in OUTCOMES], "The outcome"))
    stands = next(one for one in walked(by, case, book).steps if one.row.key == step)
    if stands.proven:
        raise Refused(f"{stands.findings[0].check_id} answers this step already: {stands.findings[0].title}")
    ask = "Say why the step is skipped." if chosen is Outcome.SKIPPED else "Say what you saw."
    words, evidence = said(case, "runbook step", note, ask), cited(case, items)
    test = None if chosen is Outcome.SKIPPED else _tested(case, row, chosen, words, items, by)
    return _keep(case, book, row, chosen, words, by, test=test, items=evidence)


@transaction.atomic
def attach_proven(case_key: str, runbook: str, *, by: Person) -> list[RunbookStep]:
    """Keep what checks prove about the runbook's steps: as tests, and their places as evidence. What was attached stays
    as it is, so that asking again adds only what is new."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    book = _book(runbook)
    return [_attach(case, book, step, by) for step in unattached(by, case, book)]


def unattached(by: Person, case: Case, book: Runbook) -> list[Step]:
    """Steps that checks prove and whose newest record does not say so."""
    newest = {row.step: row for row in RunbookStep.objects.filter(case=case, runbook=book.key)}
    return [step for step in walked(by, case, book).steps if step.proven and not _says(newest.get(step.row.key), step)]


def _says(row: RunbookStep | None, step: Step) -> bool:
    return row is not None and row.proven and row.outcome == step.outcome


def _book(key: str) -> Runbook:
    book = runbooks().get(key)
    if book is None:
        raise Refused(f"There is no runbook “{key[:40]}”.")
    return book


def _known(runbook: str, step: str) -> tuple[Runbook, StepRow]:
    book = _book(runbook)
    row = book.row(step)
    if row is None:
        raise Refused(f"The runbook “{book.title}” has no step “{step[:40]}”.")
    return book, row


def _attach(case: Case, book: Runbook, step: Step, by: Person) -> RunbookStep:
    items = [item for seen in step.findings[:3] if (item := _evidence(case, seen, by)) is not None]
    words = "; ".join(f"{seen.check_id}: {seen.title}" for seen in step.findings)[:300]
    test = _tested(case, step.row, step.outcome, words, [item.key for item in items], by)
    return _keep(case, book, step.row, step.outcome, words, by, test=test, items=items, proven=True)


def _evidence(case: Case, seen: Seen, by: Person) -> Item | None:
    """The register row of the finding's first place; None where it cites none, or its file was removed."""
    if not Finding.objects.filter(case=case, pk=seen.id).exclude(evidence=[]).exists():
        return None
    try:
        with transaction.atomic():
            return use_as_evidence(case.key, seen.id, by=by)
    except Refused:
        return None


def _tested(case: Case, row: StepRow, outcome: Outcome, saw: str, items: Sequence[str], by: Person) -> Test:
    how = f"{row.how}\n{'Checks: ' + ', '.join(row.checks) if row.checks else ''}"
    test = start_test(case.key, by=by, purpose=row.suspects, steps=how, expected=row.expects)
    if test.conclusion != "running":
        return test
    return conclude_test(case.key, test.number, by=by, actual=saw, conclusion=SAYS[outcome], items=items)


def _keep(
    case: Case,
    book: Runbook,
    row: StepRow,
    outcome: Outcome,
    words: str,
    by: Person,
    *,
    test: Test | None,
    items: Sequence[Item],
    proven: bool = False,
) -> RunbookStep:
    now = clock.now()
    kept = RunbookStep.objects.create(
        case=case,
        runbook=book.key,
        runbook_version=book.version,
        step=row.key,
        outcome=outcome.value,
        proven=proven,
        note=words,
        test=test,
        by=by,
        at=now,
    )
    kept.items.set(items)
    event = RunbookStepDone(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        runbook=book.key,
        version=book.version,
        step=row.key,
        outcome=outcome.value,
        note=words,
        items=tuple(item.key for item in items),
    )
    settle(case, event, at=now)
    return kept
