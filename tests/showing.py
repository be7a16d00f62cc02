"""Which samples tests have of a check: one that it finds something in, one that it passes over, one without input."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sevline.core.finding import Check, Finding, Gathered, Given, State

BAD = frozenset({State.FAIL, State.WARN})


class Sample(StrEnum):
    FOUND = "found"
    SILENT = "silent"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Run:
    """In which states a check answered once, and whether it was given any of what it asks for."""

    states: frozenset[State]
    was_given: bool


@contextmanager
def noting() -> Iterator[dict[str, list[Run]]]:
    """What the checks answer meanwhile, by the id of the check."""
    seen: dict[str, list[Run]] = {}
    run = Check.run

    def noted(check: Check, evidence: Sequence[Given]) -> Iterator[Finding]:
        findings = list(run(check, evidence))
        states = frozenset(finding.state for finding in findings)
        seen.setdefault(check.id, []).append(Run(states, _was_given(check, evidence)))
        return iter(findings)

    Check.run = noted  # type: ignore[method-assign,assignment]
    try:
        yield seen
    finally:
        Check.run = run  # type: ignore[method-assign]


def _was_given(check: Check, evidence: Sequence[Given]) -> bool:
    kinds = [need.kind for need in check.inputs.values()]
    return any(
        bool(kind.of_all(evidence)) if issubclass(kind, Gathered) else any(isinstance(one, kind) for one in evidence)
        for kind in kinds
    )


def shown_by(runs: Iterable[Run], *, notes: bool) -> set[Sample]:
    """The samples among the runs of one check; `notes`: it has no fault to tell, and what it finds is a note.

    Silent: it was given what it asks for and passed it or said nothing. A note counts as that only for a check that
    has a fault to tell; a check that says something of whatever it is given has no silent sample.
    """
    found = frozenset({State.INFO}) if notes else BAD
    return {sample for run in runs for sample in _sample(run, found)}


def _sample(run: Run, found: frozenset[State]) -> Iterator[Sample]:
    if run.states & found:
        yield Sample.FOUND
    elif run.was_given and State.NOT_EVALUATED not in run.states:
        yield Sample.SILENT
    if State.NOT_EVALUATED in run.states:
        yield Sample.MISSING
