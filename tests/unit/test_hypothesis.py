"""The board's rules, causes with their confidence, and rates of reproduction."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sevline.core.hypothesis import (
    HYPOTHESIS,
    Candidate,
    CauseFacts,
    Confidence,
    HypothesisFacts,
    ReproductionState,
    check_cause,
    first_surviving_diagnosis,
    may_be_public,
    propose,
    reproduction_rate,
)
from sevline.core.lifecycle import Refused

GOOD = HypothesisFacts(
    statement="The audience no longer matches",
    predicts="Every failing response names urn:b",
    refuted_by="A failing response that names urn:a",
    evidence_for=("E-1",),
    has_concluding_test=True,
)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.requirement("R-039")
def test_a_hypothesis_needs_a_refuting_observation_and_support_needs_evidence_and_a_concluding_test() -> None:
    with pytest.raises(Refused, match="which observation would refute"):
        propose(replace(GOOD, refuted_by=""))
    with pytest.raises(Refused, match="at least one piece of evidence"):
        HYPOTHESIS.apply("support", "testing", replace(GOOD, evidence_for=()))
    with pytest.raises(Refused, match="test that concludes"):
        HYPOTHESIS.apply("support", "testing", replace(GOOD, has_concluding_test=False))
    assert HYPOTHESIS.apply("support", propose(GOOD), GOOD) == "supported"


def test_refuting_needs_evidence_against() -> None:
    with pytest.raises(Refused, match="refutes"):
        HYPOTHESIS.apply("refute", "supported", GOOD)
    assert HYPOTHESIS.apply("refute", "supported", replace(GOOD, evidence_against=("E-2",))) == "refuted"


@pytest.mark.parametrize(("verb", "status"), [("park", "testing"), ("reconsider", "refuted"), ("test", "parked")])
def test_a_hypothesis_is_parked_and_taken_up_again(verb: str, status: str) -> None:
    assert HYPOTHESIS.apply(verb, status, GOOD) in {"parked", "proposed", "testing"}


CAUSE = CauseFacts("The entity id changed", "The gateway compares it", Confidence.CONFIRMED, ("E-1",), ("certificate",))


def test_a_cause_needs_what_its_confidence_says() -> None:
    check_cause(CAUSE)
    check_cause(CauseFacts("A guess"))
    for confidence in (Confidence.PROBABLE, Confidence.CONFIRMED):
        with pytest.raises(Refused, match="needs at least one piece of evidence"):
            check_cause(replace(CAUSE, confidence=confidence, evidence=()))
    with pytest.raises(Refused, match="ruled out"):
        check_cause(replace(CAUSE, alternatives_ruled_out=()))
    with pytest.raises(Refused, match="State the cause"):
        check_cause(CauseFacts(" "))


def test_only_a_confirmed_cause_may_be_public() -> None:
    assert [may_be_public(confidence) for confidence in Confidence] == [True, False, False]


def test_the_first_diagnosis_that_survives_counts() -> None:
    early = Candidate("cause:1", NOON, "probable", ("E-1",))
    later = Candidate("cause:2", NOON + timedelta(hours=2), "confirmed", ("E-2",))
    refuted = Candidate("cause:1", NOON + timedelta(hours=1), "refuted")
    resolved = NOON + timedelta(hours=5)
    assert first_surviving_diagnosis([early, later], resolved_at=resolved) == NOON
    assert first_surviving_diagnosis([later, refuted, early], resolved_at=resolved) == later.at
    assert first_surviving_diagnosis([refuted], resolved_at=resolved) is None


def test_a_cause_taken_back_to_a_suspicion_no_longer_stands() -> None:
    history = [
        Candidate("cause:1", NOON, "probable", ("E-1",)),
        Candidate("cause:1", NOON + timedelta(hours=1), "suspected", ("E-1",)),
        Candidate("cause:1", NOON + timedelta(hours=2), "confirmed", ("E-1",)),
    ]
    assert first_surviving_diagnosis(history, resolved_at=NOON + timedelta(hours=3)) == NOON + timedelta(hours=2)


@pytest.mark.requirement("R-078")
def test_four_of_five_runs_are_80_percent_and_two_runs_are_not_enough() -> None:
    rate = reproduction_rate(4, 5)
    assert int(rate.percent) == 80
    assert (rate.label, rate.state) == ("4 of 5, 80 %", ReproductionState.INTERMITTENT)
    few = reproduction_rate(2, 2)
    assert (few.enough, few.label) == (False, "2 of 2, not enough runs")
    assert reproduction_rate(3, 3).state is ReproductionState.REPRODUCED
    assert reproduction_rate(0, 3, tried="the same user on staging").state is ReproductionState.NOT_REPRODUCED
    with pytest.raises(Refused, match="Say what was tried"):
        reproduction_rate(0, 3)


@pytest.mark.parametrize(("succeeded", "runs"), [(1, 0), (4, 3), (-1, 3)])
def test_counts_that_cannot_be_are_refused(succeeded: int, runs: int) -> None:
    with pytest.raises(Refused, match="not possible"):
        reproduction_rate(succeeded, runs)
