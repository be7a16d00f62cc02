"""Changes near an onset, ranked, each with how often one would be that near by chance. Correlated, not proven."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import exp

from sevline.core.lasting import about
from sevline.core.mining.surfacing.components import Fit, Origin, best, fits

LABEL = "correlated, not proven"
EARLIEST = timedelta(hours=24)
LATEST = timedelta(hours=1)
LIKELY = 0.5
"""Chance from which a change is as near as one usually is."""

IN_MINUTES = timedelta(hours=2)
_NAMES = 3


class ChangeKind(StrEnum):
    """What was changed: software brought out, a switch, a setting, a schema or data, or what a vendor reported."""

    DEPLOY = "deploy"
    FLAG = "flag"
    CONFIG = "config"
    MIGRATION = "migration"
    VENDOR = "vendor incident"


@dataclass(frozen=True, slots=True)
class KnownChange:
    """`components`: names of what was changed; empty where it is not known."""

    key: str
    kind: ChangeKind
    title: str
    at: datetime
    components: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NearChange:
    """`gap`: onset minus change, negative where the change came after. `fit`: of its component with the records, which
    are those of `named` where that is known.

    `chance`: probability that at least one change of the catalogue lies at least that near, if changes fell anywhere;
    None where the catalogue is too short to tell.
    """

    rank: int
    change: KnownChange
    gap: timedelta
    fit: Fit
    chance: float | None
    named: tuple[str, ...] = ()
    label: str = LABEL

    @property
    def sentence(self) -> str:
        when = f"{_length(self.gap)} {'before' if self.gap >= timedelta(0) else 'after'} the onset"
        told = f"{self.change.kind.capitalize()} “{self.change.title}” {self._where}, {when}; {self.label}."
        if self.chance is None:
            return f"{told} The catalogue holds too few changes to say how often that happens by chance."
        often = f"{told} By chance, a change is that near {self.chance:.0%} of the time"
        return f"{often}: nothing follows from it." if self.chance >= LIKELY else f"{often}."

    @property
    def _where(self) -> str:
        components = ", ".join(sorted(self.change.components)) or "an unnamed component"
        if self.fit in {Fit.SAME, Fit.PART}:
            return "of the component that shows it"
        if self.fit is Fit.MENTIONED:
            return f"of {components}, which the records mention"
        if self.fit is Fit.OTHER:
            own = f", which are of {_listed(self.named)}" if self.named else ""
            return f"of {components}, another component than that of the records{own}"
        return f"of {components}"


def changes_near(
    onset: datetime, changes: Iterable[KnownChange], origin: Origin | Collection[str] = ()
) -> tuple[NearChange, ...]:
    """Changes from 24 hours before the onset to one hour after it: those of the component first, then the nearest.

    A change of another component than that of the records, where both are known, ranks behind all others; among those
    that fit alike, a change after the onset ranks behind every earlier one. `origin`: where the records that show the
    failure come from, or the names of those components.
    """
    known = tuple(changes)
    shown_by = origin if isinstance(origin, Origin) else Origin(frozenset(origin))
    fitting = fits({name for change in known for name in change.components}, shown_by)
    inside = [
        (change, best(fitting[name] for name in change.components))
        for change in known
        if onset - EARLIEST <= change.at <= onset + LATEST
    ]

    def order(found: tuple[KnownChange, Fit]) -> tuple[int, bool, timedelta, str]:
        change, fit = found
        return list(Fit).index(fit), change.at > onset, abs(onset - change.at), change.key

    return tuple(
        NearChange(
            rank, change, onset - change.at, fit, _chance(abs(onset - change.at), known),
            tuple(sorted(shown_by.named)),
        )
        for rank, (change, fit) in enumerate(sorted(inside, key=order), start=1)
    )  # fmt: skip


def _length(gap: timedelta) -> str:
    """Minutes where they can be counted with, and the two largest units of what is longer."""
    seconds = abs(gap.total_seconds())
    return f"{seconds / 60:.0f} min" if seconds < IN_MINUTES.total_seconds() else about(seconds)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_NAMES]) + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _chance(gap: timedelta, known: tuple[KnownChange, ...]) -> float | None:
    """From the mean rate of all changes in the catalogue; both sides of the onset count."""
    if len(known) < 3:
        return None
    times = [change.at for change in known]
    span = (max(times) - min(times)) / timedelta(minutes=1)
    if span < 60:
        return None
    rate = (len(known) - 1) / span
    return 1 - exp(-rate * 2 * max(1.0, gap / timedelta(minutes=1)))
