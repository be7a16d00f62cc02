"""KPIs as pure functions of events, with the rows behind each figure.

A period is half-open. Percentiles interpolate linearly (Hyndman and Fan, type 7), shares carry Wilson's interval, and
nothing is rounded but what is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from math import floor, sqrt
from typing import Annotated, Literal

import msgspec

from sevline.core.registry import Registry
from sevline.core.tables import Row, Table, load, no_repeats


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: its kind, time, the record that it is about, and what it said."""

    kind: str
    at: datetime
    subject: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open: the start belongs to it and the end to the next one."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None or self.start >= self.end:
            raise ValueError("A period needs a start with a zone that lies before its end.")

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


class Status(StrEnum):
    EXCEEDED = "exceeded"
    MET = "met"
    AT_RISK = "at_risk"
    MISSED = "missed"
    MIXED = "mixed"
    VOID = "void"
    INSUFFICIENT = "insufficient"
    PROVISIONAL = "provisional"


class TargetRow(Row, frozen=True):
    key: str
    unit: Literal["percent", "hours"]
    better: Literal["higher", "lower"]
    judged_by: Literal["value", "change"]
    floor: float
    min_n: Annotated[int, msgspec.Meta(ge=1)]
    stretch: float | None = None
    void_above_percent: float | None = None


class KpiTargets(Table, frozen=True):
    wilson_z: float
    at_risk_percent: float
    target: tuple[TargetRow, ...]

    def check_rows(self) -> None:
        no_repeats("KPI", (row.key for row in self.target))


KPI_TARGETS = load("kpi_targets.toml", KpiTargets)
TARGETS = {row.key: row for row in KPI_TARGETS.target}


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One record behind a figure. `value` is its share of the figure; `outcome` says how it was counted or why not."""

    subject: str
    at: datetime
    outcome: str
    counted: bool
    value: float | None = None


@dataclass(frozen=True, slots=True)
class KpiValue:
    """A figure with its number of rows, interval, side figures and every row that was counted or left out."""

    key: str
    period: Period
    value: float | None
    n: int
    status: Status
    rows: tuple[KpiRow, ...]
    interval: tuple[float, float] | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    version: str = KPI_TARGETS.version

    @property
    def outcomes(self) -> dict[str, int]:
        """How many rows had each outcome, counted or not."""
        return dict(Counter(row.outcome for row in self.rows))

    @property
    def left_out(self) -> int:
        return sum(not row.counted for row in self.rows)


Compute = Callable[[Sequence[EventRow], Period, datetime], KpiValue]


@dataclass(frozen=True, slots=True)
class Kpi:
    key: str
    title: str
    definition: str
    target: TargetRow
    compute: Compute


KPIS: Registry[Kpi] = Registry("KPI")


def kpi(key: str, *, title: str) -> Callable[[Compute], Compute]:
    """Registers a KPI. Its docstring is the definition that is shown beside the figure."""

    def register(compute: Compute) -> Compute:
        KPIS.add(key, Kpi(key, title, (compute.__doc__ or "").strip(), TARGETS[key], compute))
        return compute

    return register


def measure(key: str, events: Iterable[EventRow], period: Period, *, at: datetime) -> KpiValue:
    """The KPI over a period from the events known at `at`; before the period's end it is provisional."""
    KPIS.discover(import_module("sevline.core.metrics"))
    ordered = sorted((event for event in events if event.at <= at), key=lambda event: event.at)
    return KPIS[key].compute(ordered, period, at)


def percentile(values: Sequence[float], share: float) -> float:
    """Linear interpolation at h = (n − 1) · share; raises ValueError for no values."""
    if not values:
        raise ValueError("There is no percentile of no values.")
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def wilson(hits: int, n: int, z: float = KPI_TARGETS.wilson_z) -> tuple[float, float] | None:
    """Wilson's interval of a share, in percent; None for no trials."""
    if n == 0:
        return None
    share = hits / n
    middle = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return 100 * (middle - spread) / scale, 100 * (middle + spread) / scale


def judge(value: float, target: TargetRow, *, at_risk_percent: float = KPI_TARGETS.at_risk_percent) -> Status:
    """The status of a figure, or of an improvement in percent for a KPI that is judged by its change."""
    higher = target.better == "higher" or target.judged_by == "change"
    sign = 1 if higher else -1
    if target.stretch is not None and sign * value >= sign * target.stretch:
        return Status.EXCEEDED
    if sign * value >= sign * target.floor:
        return Status.MET
    near = target.floor * (1 - sign * at_risk_percent / 100)
    return Status.AT_RISK if sign * value >= sign * near else Status.MISSED


def display(value: float | None, unit: str) -> str:
    """Rounded half up: one decimal for percent, two for times; a dash for no figure."""
    if value is None:
        return "–"
    decimals = 1 if unit == "percent" else 2
    scale = 10**decimals
    # The tiny addend keeps 0.125 · 100 from falling under its half by a binary fraction.
    return f"{floor(value * scale + 0.5 + 1e-9) / scale:.{decimals}f}"


EXCLUSIONS = {"case.merged": "X1", "case.marked_spam": "X2", "case.marked_test": "X3", "case.excluded": "X4"}
_TAKEN_BACK = {"case.unmerged": "X1", "case.included": "X4"}


def excluded_cases(events: Iterable[EventRow]) -> dict[str, str]:
    """The cases that no KPI counts, each with its code X1 to X4."""
    codes: dict[str, str] = {}
    for event in events:
        if event.kind in EXCLUSIONS:
            codes[event.subject] = EXCLUSIONS[event.kind]
        elif codes.get(event.subject) == _TAKEN_BACK.get(event.kind, ""):
            del codes[event.subject]
    return codes
