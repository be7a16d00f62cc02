"""The registry of functions that see the sign of a failure mode in the numbered lines of a log.

    @signature(Mode.CLOCK_SKEW, "clock", "skew")
    def clock_skew(lines: Lines) -> Sign | None: ...

The words, in small letters, say which lines the function is handed: those that hold one of them.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from sevline.core.failuremodes import Mode
from sevline.core.finding import Evidence, Given
from sevline.core.registry import Registry

#: Numbered from 1.
Lines = Sequence[tuple[int, str]]
GROWS = 1.5


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen of a mode: `told` is a sentence, `places` are line, what stands there, what would be usual."""

    mode: Mode
    told: str
    places: tuple[tuple[int, str, str], ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FailureSigns(Given):
    """One log, looked through for every mode."""

    what = "a log with times"
    how = "Attach the log from ten minutes before to ten minutes after the fault, as it was written."

    artifact: str
    signs: tuple[Sign, ...]

    def of(self, mode: Mode) -> Sign | None:
        return next((sign for sign in self.signs if sign.mode is mode), None)

    def cite(self, place: tuple[int, str, str]) -> Evidence:
        line, observed, expected = place
        return Evidence(self.artifact, f"{line}:1", observed, expected)


Sees = Callable[[Lines], Sign | None]


@dataclass(frozen=True, slots=True)
class Signature:
    """`words`, in small letters: one of them stands in every line that the function can use."""

    mode: Mode
    words: tuple[str, ...]
    of: Sees


SIGNATURES: Registry[Signature] = Registry("signature of a failure mode")


def signature(mode: Mode, *words: str) -> Callable[[Sees], Sees]:
    def register(function: Sees) -> Sees:
        SIGNATURES.add(mode, Signature(mode, words, function))
        return function

    return register


def every_signature() -> Registry[Signature]:
    from sevline.core.readers import failuresigns

    SIGNATURES.discover(sys.modules[failuresigns.__name__])
    return SIGNATURES


def signs_in(chosen: Callable[[tuple[str, ...]], Lines]) -> Iterator[Sign]:
    """Every sign; `chosen` gives the numbered lines that hold one of some words."""
    for one in every_signature():
        if (sign := one.of(chosen(one.words))) is not None:
            yield sign


def growth(values: Sequence[float]) -> tuple[float, float] | None:
    """The means of the first and the last third, where the last is GROWS times the first or more."""
    third = len(values) // 3
    if not third:
        return None
    before, after = fmean(values[:third]), fmean(values[-third:])
    return (before, after) if before > 0 and after >= GROWS * before else None
