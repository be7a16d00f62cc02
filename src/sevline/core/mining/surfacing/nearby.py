"""Changes near an onset, ranked, each with how often one would be that near by chance. Correlated, not proven."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import exp

LABEL = "correlated, not proven"
EARLIEST = timedelta(hours=24)
LATEST = timedelta(hours=1)


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
    """`gap`: onset minus change, negative where the change came after.

    `chance`: probability that at least one change of the catalogue lies at least that near, if changes fell anywhere;
    None where the catalogue is too short to tell.
    """

    rank: int
    change: KnownChange
    gap: timedelta
    matches: bool
    chance: float | None
    label: str = LABEL

    @property
    def sentence(self) -> str:
        minutes = abs(self.gap.total_seconds()) / 60
        when = f"{minutes:.0f} min {'before' if self.gap >= timedelta(0) else 'after'} the onset"
        named = ", ".join(sorted(self.change.components)) or "an unnamed component"
        where = "of the component that shows it" if self.matches else f"of {named}"
        told = f"{self.change.kind.capitalize()} “{self.change.title}” {where}, {when}; {self.label}."
        if self.chance is None:
            return f"{told} The catalogue holds too few changes to say how often that happens by chance."
        return f"{told} By chance, a change is that near {self.chance:.0%} of the time."


def changes_near(
    onset: datetime, changes: Iterable[KnownChange], components: Collection[str] = ()
) -> tuple[NearChange, ...]:
    """Changes from 24 hours before the onset to one hour after it: those of the component first, then the nearest.

    A change after the onset ranks behind every earlier one. `components` are those that show the failure.
    """
    known = tuple(changes)
    wanted = {_plain(name) for name in components}
    inside = [change for change in known if onset - EARLIEST <= change.at <= onset + LATEST]

    def order(change: KnownChange) -> tuple[bool, bool, timedelta, str]:
        return not _matches(change, wanted), change.at > onset, abs(onset - change.at), change.key

    return tuple(
        NearChange(rank, change, onset - change.at, _matches(change, wanted), _chance(abs(onset - change.at), known))
        for rank, change in enumerate(sorted(inside, key=order), start=1)
    )


def _matches(change: KnownChange, wanted: set[str]) -> bool:
    return bool(wanted & {_plain(name) for name in change.components})


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


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
