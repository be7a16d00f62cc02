"""The test log: what was tried, what was expected, what came out."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked_open, phrase, settle
from sevline.core.hypothesis import HYPOTHESIS
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.board import hypothesis_of, link, moved
from sevline.diagnosis.actions.common import cited, lines, next_number, one_of, said
from sevline.diagnosis.events import TestConcluded, TestStarted
from sevline.diagnosis.models import Hypothesis, Risk, Test
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Happening

# What a conclusion says about the hypothesis: the side of its evidence and the move that it proposes.
SAYS = {"supports": ("for", "support"), "refutes": ("against", "refute")}
CONCLUSIONS = (*SAYS, "inconclusive")


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
    risk: str = Risk.READ_ONLY,
) -> Test:
    """Write down a test before it runs: what for, how, what it touches, and what is expected."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    about = hypothesis_of(case, hypothesis) if hypothesis is not None else None
    now = clock.now()
    words = {
        "purpose": said(case, "test purpose", purpose, "Say what the test is for.", 200),
        "steps": lines(case, "test steps", steps, "Write the exact steps or the command."),
        "expected": said(case, "test expectation", expected, "Say what you expect to see."),
    }
    test = Test.objects.create(
        case=case,
        **words,
        number=next_number(Test.objects.all(), case),
        hypothesis=about,
        environment=phrase(case.key, "test environment", environment, 120),
        risk=one_of(risk, Risk.values, "The risk"),
        by=by,
        started_at=now,
    )
    started = TestStarted(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        test=test.key,
        hypothesis=about.key if about else "",
        purpose=test.purpose,
    )
    settle(case, started, *_if_possible(about, "test", by), at=now)
    return test


def _if_possible(hypothesis: Hypothesis | None, verb: str, by: Person) -> list[Happening]:
    """The move, where the board allows it now; else the hypothesis stays, and the board says what it needs."""
    if hypothesis is None:
        return []
    try:
        HYPOTHESIS.apply(verb, hypothesis.state, hypothesis.facts())
    except Refused:
        return []
    return [moved(hypothesis, verb, by)]


@transaction.atomic
def conclude_test(
    case_key: str, number: int, *, by: Person, actual: str, conclusion: str, items: Sequence[str] = ()
) -> Test:
    """Write what came out. Evidence that is named is linked for or against the hypothesis as the conclusion says, and
    the hypothesis moves if that is enough; a result without evidence is kept and moves nothing."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    test = Test.objects.filter(case=case, number=number).select_related("hypothesis").first()
    if test is None:
        raise Refused(f"{case.key} has no test T-{number}.")
    if test.conclusion != "running":
        raise Refused(f"{test.key} was concluded already. Start a new test, so that both results stay.")
    one_of(conclusion, CONCLUSIONS, "The conclusion")
    evidence, now = cited(case, items), clock.now()
    test.actual = said(case, "test result", actual, "Say what you saw.")
    test.conclusion, test.concluded_at = conclusion, now
    test.save(update_fields=["actual", "conclusion", "concluded_at"])
    happened: list[Happening] = [
        TestConcluded(
            by=by.ref, subject=case.ref, case=case.key, test=test.key, conclusion=conclusion, actual=test.actual
        )
    ]
    about = test.hypothesis
    if about is not None and conclusion in SAYS:
        side, verb = SAYS[conclusion]
        happened += [link(about, item, side, by) for item in evidence]
        if about.links.filter(side=side).exists():
            happened += _if_possible(about, verb, by)
    settle(case, *happened, at=now)
    return test
