"""REP06: what a reproduction needs before Engineering can work with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReproductionFacts:
    """`steps` are single actions; `times` with their zone; `refuted` hypotheses were tried and are out."""

    steps: Sequence[str] = ()
    expected: str = ""
    actual: str = ""
    times: Sequence[datetime] = ()
    request_id: str = ""
    version: str = ""
    scope: str = ""
    tried: Sequence[str] = ()
    refuted: Sequence[str] = ()


def lacking(facts: ReproductionFacts) -> tuple[str, ...]:
    """Sentences on what is missing; none when the gate is passed."""
    crowded = [
        step for step in facts.steps if " and then " in step.lower() or step.count(";") > 0 or step.count("\n") > 0
    ]
    asked = (
        (bool(facts.steps), "Number the steps, each a single action."),
        (not crowded, f"Split “{crowded[0][:60]}” into single actions." if crowded else ""),
        (bool(facts.expected.strip()), "Say what was expected."),
        (bool(facts.actual.strip()), "Say what happened instead."),
        (bool(facts.times), "Give the time of at least one run in UTC."),
        (all(moment.tzinfo is not None for moment in facts.times), "Give every time with its zone."),
        (bool(facts.request_id.strip()), "Give a request or trace id of a failing run."),
        (bool(facts.version.strip()), "Name the version or build."),
        (bool(facts.scope.strip()), "Give the result of a query on how many are affected."),
        (bool(facts.tried), "Say what was tried."),
        (bool(facts.refuted), "Name at least one hypothesis that was refuted."),
    )
    return tuple(sentence for met, sentence in asked if not met)
