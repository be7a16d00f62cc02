"""Runs of a reproduction: k of n, one variable at a time, a request made smaller, and whether a fix is verified."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sevline.core.hypothesis import ReproductionRate, reproduction_rate
from sevline.core.lifecycle import Refused
from sevline.core.reproduction.request import RequestSpec

LEAST_FIX_RUNS = 5
SURE = 0.95
MAX_TRIES = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one run. `status` 0: no answer; `millis` until the answer was read."""

    status: int
    millis: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """The fault shows when the status is one of these, or the answer takes longer than `slower_than` milliseconds."""

    statuses: frozenset[int] = frozenset()
    slower_than: float = math.inf

    def shown_by(self, outcome: Outcome) -> bool:
        return outcome.status in self.statuses or outcome.millis > self.slower_than


def counted(outcomes: Sequence[Outcome], fault: Expected, *, tried: str = "") -> ReproductionRate:
    """REP03: in how many of the runs the fault showed itself."""
    return reproduction_rate(sum(1 for outcome in outcomes if fault.shown_by(outcome)), len(outcomes), tried=tried)


@dataclass(frozen=True, slots=True)
class Verification:
    verified: bool
    sentence: str


def runs_needed(prior: float) -> int:
    """Clean runs after which a fault of this rate would have shown itself with 95 % certainty, five at least."""
    if not 0 < prior <= 1:
        raise Refused("The failure rate before the fix lies between 0 and 1, without 0.")
    return LEAST_FIX_RUNS if prior == 1 else max(LEAST_FIX_RUNS, math.ceil(math.log(1 - SURE) / math.log(1 - prior)))


def verified(prior: float, failures: int, runs: int) -> Verification:
    """R-084: 0 failures in n runs, n at least 5 and (1 - p)^n at most 0.05."""
    if not 0 <= failures <= runs:
        raise Refused("Of n runs, between 0 and n can fail.")
    need = runs_needed(prior)
    if failures:
        return Verification(False, f"not verified: {failures} of {runs} runs still fail")
    if runs < need:
        return Verification(False, f"not enough: need >={need} for {SURE:.0%}")
    return Verification(True, f"verified: 0 of {runs} runs fail, where {prior:.0%} failed before")


@dataclass(frozen=True, slots=True)
class Run:
    """One run with its variables, such as browser, flag, version, region."""

    variables: Mapping[str, str]
    failed: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changed` are the variables in which two runs differ; `one` and `two` are their names."""

    changed: tuple[str, ...]
    sentence: str
    one: str = ""
    two: str = ""

    @property
    def conclusive(self) -> bool:
        return len(self.changed) == 1


def compared(one: Run, two: Run) -> Comparison:
    names = sorted({*one.variables, *two.variables})
    changed = tuple(name for name in names if one.variables.get(name, "") != two.variables.get(name, ""))
    if len(changed) > 1:
        return Comparison(changed, f"{len(changed)} variables changed — not conclusive", one.name, two.name)
    if not changed:
        told = "the outcome differs, so it is intermittent" if one.failed != two.failed else "the outcome is the same"
        return Comparison(changed, f"nothing changed; {told}", one.name, two.name)
    name = changed[0]
    values = f"{name} “{one.variables.get(name, '')}” and “{two.variables.get(name, '')}”"
    told = f"{values}: the outcome {'differs' if one.failed != two.failed else 'is the same'}"
    return Comparison(changed, told, one.name, two.name)


def matrix(runs: Sequence[Run]) -> tuple[Comparison, ...]:
    """Every pair of runs; those that differ in one variable come first."""
    pairs = [compared(one, two) for one, two in combinations(runs, 2)]
    return tuple(sorted(pairs, key=lambda pair: (not pair.conclusive, len(pair.changed), pair.sentence)))


@dataclass(frozen=True, slots=True)
class Minimal:
    """The smallest request that still shows the fault; `needed` names the headers without which it does not."""

    spec: RequestSpec
    needed: tuple[str, ...]
    dropped: tuple[str, ...]
    tries: int


def minimised(spec: RequestSpec, shows: Callable[[RequestSpec], bool]) -> Minimal:
    """REP02: leave out one header at a time while the fault stays. Raises Refused when it does not show at all."""
    tries = 1
    if not shows(spec):
        raise Refused("The fault does not show with the whole request, so nothing can be left out.")
    needed: list[str] = []
    dropped: list[str] = []
    current = spec
    for header in spec.headers:
        if tries >= MAX_TRIES:
            break
        smaller = replace(current, headers=tuple(one for one in current.headers if one != header))
        tries += 1
        if shows(smaller):
            current = smaller
            dropped.append(header[0])
        else:
            needed.append(header[0])
    return Minimal(current, tuple(needed), tuple(dropped), tries)


def may_minimise(spec: RequestSpec, *, loopback: bool) -> None:
    """Outside a loopback server only GET and HEAD are repeated for this. Raises Refused."""
    if not loopback and spec.method not in {"GET", "HEAD"}:
        raise Refused(f"A {spec.method} may change data, so it is not repeated against a real host.")
