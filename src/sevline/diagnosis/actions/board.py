"""The hypothesis board: what may be true, what would refute it, and what speaks for and against it."""

from collections.abc import Sequence

from django.db import transaction

from sevline.cases.actions.working import locked_open, settle
from sevline.cases.models import Case
from sevline.core import hypothesis as rules
from sevline.core.hypothesis import HYPOTHESIS, HypothesisFacts
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.diagnosis.actions.common import cited, next_number, one_of, said
from sevline.diagnosis.events import EvidenceLinked, HypothesisMoved, HypothesisProposed
from sevline.diagnosis.models import Hypothesis, Layer, Likelihood, Link
from sevline.evidence.models import Item
from sevline.people.models import Person
from sevline.platform import clock

SIDES = ("for", "against")


@transaction.atomic
def propose(
    case_key: str,
    *,
    by: Person,
    statement: str,
    predicts: str,
    refuted_if: str,
    layer: str = "",
    likelihood: str = Likelihood.POSSIBLE,
    items: Sequence[str] = (),
) -> Hypothesis:
    """Put a hypothesis on the board, with evidence for it if there is any; one that nothing could refute is refused."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    state = rules.propose(HypothesisFacts(statement=statement, predicts=predicts, refuted_by=refuted_if))
    evidence, now = cited(case, items), clock.now()
    words = {
        "statement": said(case, "hypothesis", statement, "State the hypothesis in a sentence."),
        "predicts": said(case, "prediction", predicts, "Say what you would see if it were so."),
        "refuted_if": said(case, "refutation", refuted_if, "Say which observation would refute the hypothesis."),
    }
    hypothesis = Hypothesis.objects.create(
        case=case,
        **words,
        number=next_number(Hypothesis.objects.all(), case),
        state=state,
        layer=one_of(layer, ("", *Layer.values), "The layer"),
        likelihood=one_of(likelihood, Likelihood.values, "The likelihood"),
        proposed_by=by,
        at=now,
    )
    proposed = HypothesisProposed(
        by=by.ref, subject=case.ref, case=case.key, hypothesis=hypothesis.key, statement=hypothesis.statement
    )
    settle(case, proposed, *(link(hypothesis, item, "for", by) for item in evidence), at=now)
    return hypothesis


def hypothesis_of(case: Case, number: int) -> Hypothesis:
    found = Hypothesis.objects.filter(case=case, number=number).first()
    if found is None:
        raise Refused(f"{case.key} has no hypothesis H{number}.")
    return found


def link(hypothesis: Hypothesis, item: Item, side: str, by: Person) -> EvidenceLinked:
    """Write that the item speaks for or against; answers the event, which the caller records."""
    Link.objects.update_or_create(hypothesis=hypothesis, item=item, defaults={"side": side})
    case = hypothesis.case
    return EvidenceLinked(
        by=by.ref, subject=case.ref, case=case.key, hypothesis=hypothesis.key, item=item.key, side=side
    )


def moved(hypothesis: Hypothesis, verb: str, by: Person) -> HypothesisMoved:
    """Make the move if the board's rules allow it; answers the event, which the caller records."""
    before = hypothesis.state
    hypothesis.state = HYPOTHESIS.apply(verb, before, hypothesis.facts())
    hypothesis.save(update_fields=["state"])
    case = hypothesis.case
    return HypothesisMoved(
        by=by.ref,
        subject=case.ref,
        case=case.key,
        hypothesis=hypothesis.key,
        before=before,
        after=hypothesis.state,
    )


@transaction.atomic
def link_evidence(case_key: str, number: int, *, by: Person, items: Sequence[str], side: str) -> Hypothesis:
    """Name evidence for or against a hypothesis; the same piece again changes its side."""
    require(by, Right.DIAGNOSIS_EDIT)
    case = locked_open(by, case_key)
    one_of(side, SIDES, "The side")
    hypothesis, evidence = hypothesis_of(case, number), cited(case, items)
    if not evidence:
        raise Refused("Name the evidence, such as E-3.")
    settle(case, *(link(hypothesis, item, side, by) for item in evidence), at=clock.now())
    return hypothesis


def _move(case: Case, number: int, verb: str, by: Person) -> Hypothesis:
    hypothesis = hypothesis_of(case, number)
    settle(case, moved(hypothesis, verb, by), at=clock.now())
    return hypothesis


@transaction.atomic
def support(case_key: str, number: int, *, by: Person) -> Hypothesis:
    """Call it supported: it needs evidence for it and a test that concluded."""
    require(by, Right.DIAGNOSIS_EDIT)
    return _move(locked_open(by, case_key), number, "support", by)


@transaction.atomic
def refute(case_key: str, number: int, *, by: Person) -> Hypothesis:
    """Call it refuted: it needs evidence against it."""
    require(by, Right.DIAGNOSIS_EDIT)
    return _move(locked_open(by, case_key), number, "refute", by)


@transaction.atomic
def park(case_key: str, number: int, *, by: Person) -> Hypothesis:
    """Put it aside without a verdict."""
    require(by, Right.DIAGNOSIS_EDIT)
    return _move(locked_open(by, case_key), number, "park", by)


@transaction.atomic
def reconsider(case_key: str, number: int, *, by: Person) -> Hypothesis:
    """Take a hypothesis up again that was supported, refuted or parked."""
    require(by, Right.DIAGNOSIS_EDIT)
    return _move(locked_open(by, case_key), number, "reconsider", by)
