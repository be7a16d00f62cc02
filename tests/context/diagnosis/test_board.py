"""Hypotheses can be refuted, move as the board's rules allow, and are supported only with evidence and a test."""

import pytest

from sevline.cases.actions import NoSuchCase
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.models import Hypothesis, Test
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db


def state(hypothesis: Hypothesis) -> str:
    return Hypothesis.objects.get(pk=hypothesis.pk).state


@pytest.mark.requirement("R-039")
def test_a_hypothesis_that_nothing_could_refute_is_refused() -> None:
    case = work.case()

    with pytest.raises(Refused, match="which observation would refute"):
        actions.propose(case.key, by=cast().sam, statement="DNS is slow", predicts="timeouts", refuted_if=" ")

    assert not Hypothesis.objects.exists()
    assert work.kinds(case) == []


@pytest.mark.requirement("R-039")
def test_supported_needs_evidence_and_a_test_that_concluded() -> None:
    case, sam = work.case(), cast().sam
    hypothesis, item = work.proposed(case), work.evidence(case)

    with pytest.raises(Refused) as bare:
        actions.support(case.key, hypothesis.number, by=sam)
    actions.link_evidence(case.key, hypothesis.number, by=sam, items=[item.key], side="for")
    with pytest.raises(Refused) as untested:
        actions.support(case.key, hypothesis.number, by=sam)
    number = work.tested(case, hypothesis)
    actions.conclude_test(case.key, number, by=sam, actual="401", conclusion="supports")

    assert (len(bare.value.reasons), len(untested.value.reasons)) == (2, 1)
    assert state(hypothesis) == "supported"


def test_a_test_without_evidence_is_kept_and_moves_nothing() -> None:
    case, sam = work.case(), cast().sam
    hypothesis = work.proposed(case)
    number = work.tested(case, hypothesis)

    actions.conclude_test(case.key, number, by=sam, actual="401 each time", conclusion="supports")

    assert (state(hypothesis), Test.objects.get(case=case).actual) == ("testing", "401 each time")


def test_a_test_that_refutes_with_evidence_refutes_the_hypothesis() -> None:
    case, sam = work.case(), cast().sam
    hypothesis, item = work.proposed(case), work.evidence(case)

    number = work.tested(case, hypothesis)
    actions.conclude_test(case.key, number, by=sam, actual="200", conclusion="refutes", items=[item.key])

    assert state(hypothesis) == "refuted"
    assert work.kinds(case) == [
        "diagnosis.hypothesis_proposed",
        "diagnosis.test_started",
        "diagnosis.hypothesis_moved",
        "diagnosis.test_concluded",
        "diagnosis.evidence_linked",
        "diagnosis.hypothesis_moved",
    ]


def test_a_test_is_concluded_once_so_that_both_results_stay() -> None:
    case, sam = work.case(), cast().sam
    number = work.tested(case, work.proposed(case))
    actions.conclude_test(case.key, number, by=sam, actual="401", conclusion="inconclusive")

    with pytest.raises(Refused, match="concluded already"):
        actions.conclude_test(case.key, number, by=sam, actual="200", conclusion="refutes")

    assert Test.objects.get(case=case).actual == "401"


def test_a_refuted_hypothesis_can_be_taken_up_again_and_a_parked_one_tested() -> None:
    case, sam = work.case(), cast().sam
    hypothesis = work.proposed(case)

    actions.park(case.key, hypothesis.number, by=sam)
    parked = state(hypothesis)
    work.tested(case, hypothesis)
    testing = state(hypothesis)
    with pytest.raises(Refused, match="not possible"):
        actions.reconsider(case.key, hypothesis.number, by=sam)

    assert (parked, testing) == ("parked", "testing")


def test_refuting_by_hand_needs_evidence_against() -> None:
    case, sam = work.case(), cast().sam
    hypothesis, item = work.proposed(case), work.evidence(case)

    with pytest.raises(Refused, match="against the hypothesis"):
        actions.refute(case.key, hypothesis.number, by=sam)
    actions.link_evidence(case.key, hypothesis.number, by=sam, items=[item.key], side="against")
    actions.refute(case.key, hypothesis.number, by=sam)
    actions.reconsider(case.key, hypothesis.number, by=sam)

    assert state(hypothesis) == "proposed"


def test_the_same_evidence_changes_sides_and_counts_once() -> None:
    case, sam = work.case(), cast().sam
    hypothesis, item = work.proposed(case), work.evidence(case)

    actions.link_evidence(case.key, hypothesis.number, by=sam, items=[item.key], side="for")
    actions.link_evidence(case.key, hypothesis.number, by=sam, items=["e-1"], side="against")

    assert hypothesis.facts().evidence_for == ()
    assert hypothesis.facts().evidence_against == ("E-1",)


def test_evidence_that_is_not_there_is_named() -> None:
    case, sam = work.case(), cast().sam
    hypothesis = work.proposed(case)

    with pytest.raises(Refused, match=f"{case.key} has no evidence E-7, BANANA"):
        actions.link_evidence(case.key, hypothesis.number, by=sam, items=["E-7", "banana"], side="for")
    with pytest.raises(Refused, match="Name the evidence"):
        actions.link_evidence(case.key, hypothesis.number, by=sam, items=[], side="for")


def test_another_cases_evidence_cannot_be_cited() -> None:
    case, other = work.case(), make.case("Another one", severity=3)
    work.evidence(other)
    hypothesis = work.proposed(case)

    with pytest.raises(Refused, match="has no evidence E-1"):
        actions.link_evidence(case.key, hypothesis.number, by=cast().sam, items=["E-1"], side="for")


def test_what_people_type_is_redacted_in_every_row_and_event() -> None:
    case, sam = work.case(), cast().sam
    hypothesis = actions.propose(
        case.key,
        by=sam,
        statement=f"{work.MAIL} is locked",
        predicts=f"{work.MAIL} fails",
        refuted_if=f"{work.MAIL} works",
    )
    test = actions.start_test(
        case.key,
        by=sam,
        purpose=f"sign in as {work.MAIL}",
        steps=f"open the page\ntype {work.MAIL}",
        expected=work.MAIL,
        environment=f"the desk of {work.MAIL}",
        hypothesis=hypothesis.number,
    )
    actions.conclude_test(case.key, test.number, by=sam, actual=f"{work.MAIL} is refused", conclusion="supports")

    stored = [*Hypothesis.objects.values(), *Test.objects.values(), *Event.objects.values("data", "subject_label")]

    assert work.MAIL not in str(stored)
    assert len(Test.objects.get(pk=test.pk).steps.splitlines()) == 2


def test_choices_that_do_not_exist_are_refused_by_name() -> None:
    case, sam = work.case(), cast().sam
    words = {"statement": "S", "predicts": "P", "refuted_if": "R"}

    with pytest.raises(Refused, match="The likelihood is one of very likely"):
        actions.propose(case.key, by=sam, likelihood="certain", **words)
    with pytest.raises(Refused, match="The layer is one of"):
        actions.propose(case.key, by=sam, layer="moon", **words)
    with pytest.raises(Refused, match="has no hypothesis H9"):
        actions.park(case.key, 9, by=sam)
    with pytest.raises(Refused, match="has no test T-9"):
        actions.conclude_test(case.key, 9, by=sam, actual="x", conclusion="supports")


def test_a_viewer_may_not_write_and_a_stranger_finds_no_case() -> None:
    case, vic, eve = work.case(), cast().vic, cast().eve
    words = {"statement": "S", "predicts": "P", "refuted_if": "R"}

    with pytest.raises(Forbidden):
        actions.propose(case.key, by=vic, **words)
    with pytest.raises(NoSuchCase):
        actions.propose(case.key, by=eve, **words)

    assert not Hypothesis.objects.exists()


def test_a_stranger_reads_an_empty_board() -> None:
    case = work.case()
    work.tested(case, work.proposed(case))
    work.kept(case)
    eve = cast().eve

    assert not any(selectors.board(eve, case).values())
    assert [*selectors.tests(eve, case), *selectors.findings(eve, case), *selectors.causes(eve, case)] == []


def test_the_likeliest_hypothesis_stands_first() -> None:
    case, sam = work.case(), cast().sam
    for likelihood in ("unlikely", "very likely", "possible"):
        actions.propose(case.key, by=sam, statement=likelihood, predicts="P", refuted_if="R", likelihood=likelihood)

    assert [row.statement for row in selectors.board(sam, case)["proposed"]] == ["very likely", "possible", "unlikely"]


def test_a_resolved_case_is_diagnosed_no_more() -> None:
    case = make.resolved()

    with pytest.raises(Refused, match="Open it again"):
        work.proposed(case)


def test_diagnosing_becomes_the_stage_of_the_case() -> None:
    case = work.case()

    work.proposed(case)

    assert Case.objects.get(pk=case.pk).stage == "diagnosing"


def test_what_its_only_test_refuted_can_be_called_refuted_without_more() -> None:
    case, sam = work.case(), cast().sam
    hypothesis = work.proposed(case)
    number = work.tested(case, hypothesis)
    actions.conclude_test(case.key, number, by=sam, actual="504 with the new key", conclusion="refutes")
    offered = signed_in(sam).get(f"/cases/{case.key}/diagnosis").content.decode()

    actions.refute(case.key, hypothesis.number, by=sam)

    assert "Every test that concluded refuted it" in offered
    assert "evidence that supports" not in offered
    assert state(hypothesis) == "refuted"
