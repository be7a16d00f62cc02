"""The rules of the hypothesis board, of causes and of reproductions, and which diagnosis counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sevline.core.lifecycle import Lifecycle, Move, Refused

RUNS_MIN = 3


class HypothesisState(StrEnum):
    PROPOSED = "proposed"
    TESTING = "testing"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class HypothesisFacts:
    """`evidence_for` and `evidence_against` are evidence ids; a concluding test is one whose conclusion was written."""

    statement: str = ""
    predicts: str = ""
    refuted_by: str = ""
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()
    has_concluding_test: bool = False
    is_refuted_by_its_tests: bool = False  # every test that concluded refuted it


def is_stated(facts: HypothesisFacts) -> str | None:
    return None if facts.statement.strip() else "State the hypothesis in a sentence."


def says_what_would_refute_it(facts: HypothesisFacts) -> str | None:
    return None if facts.refuted_by.strip() else "Say which observation would refute the hypothesis."


def has_evidence_for(facts: HypothesisFacts) -> str | None:
    return None if facts.evidence_for else "Link at least one piece of evidence that supports the hypothesis."


def has_evidence_against(facts: HypothesisFacts) -> str | None:
    if facts.evidence_against or facts.is_refuted_by_its_tests:
        return None
    return "Link at least one piece of evidence against the hypothesis, or conclude a test that refutes it."


def has_a_concluding_test(facts: HypothesisFacts) -> str | None:
    return None if facts.has_concluding_test else "Run a test that concludes, and write its conclusion."


def propose(facts: HypothesisFacts) -> HypothesisState:
    """The state of a new hypothesis; raises Refused when it cannot be refuted or says nothing."""
    if reasons := [reason for guard in (is_stated, says_what_would_refute_it) if (reason := guard(facts))]:
        raise Refused(*reasons)
    return HypothesisState.PROPOSED


H = HypothesisState
OPEN = frozenset({H.PROPOSED, H.TESTING})
HYPOTHESIS: Lifecycle[HypothesisFacts] = Lifecycle(
    (
        Move("test", frozenset({H.PROPOSED, H.PARKED}), H.TESTING),
        Move("support", OPEN, H.SUPPORTED, (has_evidence_for, has_a_concluding_test)),
        Move("refute", OPEN | {H.SUPPORTED}, H.REFUTED, (has_evidence_against,)),
        Move("park", OPEN, H.PARKED),
        Move("reconsider", frozenset({H.SUPPORTED, H.REFUTED, H.PARKED}), H.PROPOSED),
    )
)


class Confidence(StrEnum):
    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class CauseFacts:
    statement: str = ""
    mechanism: str = ""
    confidence: Confidence = Confidence.SUSPECTED
    evidence: tuple[str, ...] = ()
    alternatives_ruled_out: tuple[str, ...] = ()


def _cause_is_stated(cause: CauseFacts) -> str | None:
    return None if cause.statement.strip() else "State the cause in a sentence."


def _cause_has_evidence(cause: CauseFacts) -> str | None:
    if cause.confidence is Confidence.SUSPECTED or cause.evidence:
        return None
    return f"A {cause.confidence} cause needs at least one piece of evidence."


def _confirmed_cause_is_explained(cause: CauseFacts) -> str | None:
    if cause.confidence is not Confidence.CONFIRMED or (cause.mechanism.strip() and cause.alternatives_ruled_out):
        return None
    return "A confirmed cause needs its mechanism and at least one alternative that was ruled out."


_CAUSE_RULES: tuple[Callable[[CauseFacts], str | None], ...] = (
    _cause_is_stated,
    _cause_has_evidence,
    _confirmed_cause_is_explained,
)


def check_cause(cause: CauseFacts) -> None:
    """Raises Refused with every reason why the cause cannot be recorded with this confidence."""
    if reasons := [reason for rule in _CAUSE_RULES if (reason := rule(cause))]:
        raise Refused(*reasons)


def may_be_public(confidence: Confidence) -> bool:
    """Whether a text for customers may state the cause as a fact."""
    return confidence is Confidence.CONFIRMED


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cause or workaround as of one moment. The same key again is its next version; “refuted” takes it back."""

    key: str
    at: datetime
    confidence: str
    evidence: tuple[str, ...] = ()

    @property
    def is_diagnosis(self) -> bool:
        return self.confidence == "validated" or (
            self.confidence in {Confidence.PROBABLE, Confidence.CONFIRMED} and bool(self.evidence)
        )


def first_surviving_diagnosis(candidates: Iterable[Candidate], *, resolved_at: datetime) -> datetime | None:
    """When the first diagnosis was made that still held at resolution, or None if none did."""
    standing: dict[str, datetime] = {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.at):
        if candidate.at > resolved_at:
            continue
        if candidate.is_diagnosis:
            standing.setdefault(candidate.key, candidate.at)
        else:
            standing.pop(candidate.key, None)
    return min(standing.values(), default=None)


class ReproductionState(StrEnum):
    REPRODUCED = "reproduced"
    INTERMITTENT = "intermittent"
    NOT_REPRODUCED = "not_reproduced"


@dataclass(frozen=True, slots=True)
class ReproductionRate:
    """`percent` is exact; `label` is what a person reads."""

    succeeded: int
    runs: int
    state: ReproductionState
    percent: Fraction
    enough: bool
    label: str


def reproduction_rate(succeeded: int, runs: int, *, tried: str = "") -> ReproductionRate:
    """The rate of k of n runs; raises Refused for impossible counts, and for no success without what was tried."""
    if runs < 1 or not 0 <= succeeded <= runs:
        raise Refused(f"{succeeded} of {runs} runs is not possible: give at least one run and no more hits than runs.")
    if succeeded == 0 and not tried.strip():
        raise Refused("Say what was tried, since the fault was not reproduced.")
    state = ReproductionState.INTERMITTENT
    if succeeded in (0, runs):
        state = ReproductionState.REPRODUCED if succeeded else ReproductionState.NOT_REPRODUCED
    percent = Fraction(100 * succeeded, runs)
    enough = runs >= RUNS_MIN
    rate = f"{succeeded} of {runs}"
    label = f"{rate}, {round(percent)} %" if enough else f"{rate}, not enough runs"
    return ReproductionRate(succeeded, runs, state, percent, enough, label)
