"""The hypothesis board: what may be true, what would refute it, what was tried."""

from collections.abc import Sequence
from typing import NoReturn

from django.db import transaction

from sevline.cases.actions.working import locked_open, settle
from sevline.cases.models import Case
from sevline.core import hypothesis as rules
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import cited, next_number, said
from sevline.diagnosis.events import (
    EvidenceLinked,
    HypothesisMoved,
    HypothesisProposed,
    TestConcluded,
    TestStarted,
)
from sevline.diagnosis.models import Hypothesis, HypothesisState, Link, Test
from sevline.people.models import Person
from sevline.platform import clock

STATE_AFTER = {"supports": HypothesisState.SUPPORTED, "refutes": HypothesisState.REFUTED}


@transaction.atomic
def propose(
    case_key: str,
    *,
    by: Person,
    statement: str,
    predicts: str,
    refuted_if: str,
    layer: str = "",
    likelihood: str = "possible",
) -> Hypothesis:
    """Put a hypothesis on the board; one that nothing could refute is refused."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    now = clock.now()
    hypothesis = Hypothesis.objects.create(
        case=case,
        number=next_number(Hypothesis.objects.all(), case),
        statement=said(case, "hypothesis", statement, "Say what you think is the case."),
        predicts=said(case, "prediction", predicts, "Say what you would see if it were so."),
        refuted_if=said(case, "refutation", refuted_if, "Say what observation would refute it."),
        layer=layer[:20],
        likelihood=likelihood[:12],
        proposed_by=by,
        at=now,
    )
    event = HypothesisProposed(
        by=by.ref, subject=case.ref, case=case.key, hypothesis=f"H{hypothesis.number}", statement=hypothesis.statement
    )
    settle(case, event, at=now)
    return hypothesis


def _of(case: Case, number: int) -> Hypothesis:
    found = Hypothesis.objects.filter(case=case, number=number).first()
    if found is None:
        raise Refused(f"{case.key} has no hypothesis H{number}.")
    return found


def _facts(hypothesis: Hypothesis) -> rules.HypothesisFacts:
    links = list(hypothesis.links.select_related("item"))
    return rules.HypothesisFacts(
        statement=hypothesis.statement,
        predicts=hypothesis.predicts,
        refuted_by=hypothesis.refuted_if,
        evidence_for=tuple(link.item.key for link in links if link.side == "for"),
        evidence_against=tuple(link.item.key for link in links if link.side == "against"),
        has_concluding_test=hypothesis.tests.filter(conclusion="supports").exists(),
    )


def _move(hypothesis: Hypothesis, state: str, by: Person) -> tuple[HypothesisMoved, ...]:
    """The move as an event, if there is one; a hypothesis becomes supported only with evidence and a test."""
    if hypothesis.state == state:
        return ()
    if state == HypothesisState.SUPPORTED:
        rules.HYPOTHESIS.apply("support", hypothesis.state, _facts(hypothesis))
    before, hypothesis.state = hypothesis.state, state
    hypothesis.save(update_fields=["state"])
    case = hypothesis.case
    return (
        HypothesisMoved(
            by=by.ref,
            subject=case.ref,
            case=case.key,
            hypothesis=f"H{hypothesis.number}",
            before=before,
            after=state,
        ),
    )


@transaction.atomic
def link_evidence(case_key: str, number: int, item_key: str, *, by: Person, side: str) -> Link:
    """Name evidence for or against a hypothesis."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    if side not in {"for", "against"}:
        raise Refused("Evidence is either for or against.")
    hypothesis, (item,) = _of(case, number), cited(case, [item_key]) or _nothing_named()
    link, _ = Link.objects.update_or_create(hypothesis=hypothesis, item=item, defaults={"side": side})
    event = EvidenceLinked(
        by=by.ref, subject=case.ref, case=case.key, hypothesis=f"H{number}", item=item.key, side=side
    )
    settle(case, event, at=clock.now())
    return link


def _nothing_named() -> NoReturn:
    raise Refused("Name the evidence, such as E-3.")


@transaction.atomic
def start_test(
    case_key: str,
    *,
    by: Person,
    purpose: str,
    steps: str,
    expected: str,
    hypothesis: int | None = None,
    environment: str = "",
) -> Test:
    """Write down a test before it runs: what for, how, and what is expected."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    about = _of(case, hypothesis) if hypothesis is not None else None
    now = clock.now()
    test = Test.objects.create(
        case=case,
        number=next_number(Test.objects.all(), case),
        hypothesis=about,
        purpose=said(case, "test purpose", purpose, "Say what the test is for.", 200),
        steps=said(case, "test steps", steps, "Write the exact steps or the command.", 4000),
        environment=environment[:120],
        expected=said(case, "test expectation", expected, "Say what you expect to see."),
        by=by,
        started_at=now,
    )
    moved = _move(about, HypothesisState.TESTING, by) if about and about.state == HypothesisState.PROPOSED else ()
    event = TestStarted(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        test=f"T-{test.number}",
        hypothesis=f"H{hypothesis}" if hypothesis else "",
        purpose=test.purpose,
    )
    settle(case, event, *moved, at=now)
    return test


@transaction.atomic
def conclude_test(
    case_key: str, number: int, *, by: Person, actual: str, conclusion: str, items: Sequence[str] = ()
) -> Test:
    """Write what came out; evidence that is named is linked for or against the hypothesis as the conclusion says."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    test = Test.objects.filter(case=case, number=number).select_related("hypothesis").first()
    if test is None:
        raise Refused(f"{case.key} has no test T-{number}.")
    if conclusion not in {"supports", "refutes", "inconclusive"}:
        raise Refused("A test supports, refutes, or is inconclusive.")
    now = clock.now()
    test.actual = said(case, "test result", actual, "Say what you saw.")
    test.conclusion, test.concluded_at = conclusion, now
    test.save()
    event = TestConcluded(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        test=f"T-{number}",
        conclusion=conclusion,
        actual=test.actual,
    )
    moved: tuple[HypothesisMoved, ...] = ()
    if test.hypothesis is not None and conclusion in STATE_AFTER:
        side = "for" if conclusion == "supports" else "against"
        for item in cited(case, items):
            Link.objects.update_or_create(hypothesis=test.hypothesis, item=item, defaults={"side": side})
        moved = _move(test.hypothesis, STATE_AFTER[conclusion], by)
    settle(case, event, *moved, at=now)
    return test


@transaction.atomic
def park(case_key: str, number: int, *, by: Person) -> Hypothesis:
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    hypothesis = _of(case, number)
    settle(case, *_move(hypothesis, HypothesisState.PARKED, by), at=clock.now())
    return hypothesis


@transaction.atomic
def resume(case_key: str, number: int, *, by: Person) -> Hypothesis:
    """Take a parked or refuted hypothesis up again."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    hypothesis = _of(case, number)
    settle(case, *_move(hypothesis, HypothesisState.PROPOSED, by), at=clock.now())
    return hypothesis
