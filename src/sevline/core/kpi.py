"""KPIs as pure functions of events, with the rows behind each figure.

A period is half-open. Percentiles interpolate linearly (Hyndman and Fan, type 7), shares carry Wilson's interval, and
nothing is rounded but what is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What the events of one record say of it at some moment, for a KPI.

    It belongs to the periods that hold `at`, or to all where it is `undated`. `row` is None where it is counted nowhere
    unless its case is excluded, which is shown.
    """

    case: str
    at: datetime
    row: KpiRow | None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """One record through time: each reading holds from its moment until the next one."""

    subject: str
    readings: tuple[tuple[datetime, Reading | None], ...]

    def at(self, end: datetime, now: datetime) -> Reading | None:
        """What the events before `end` that are known `now` say."""
        for since, reading in reversed(self.readings):
            if since < end and since <= now:
                return reading
        return None


RowsIn = Callable[[Period], tuple[KpiRow, ...]]
Read = Callable[[Sequence[EventRow]], Reading | None]
Compute = Callable[[RowsIn, Period, datetime], KpiValue]


@dataclass(frozen=True, slots=True)
class Kpi:
    """`read` says what the events of one record mean, `compute` makes the figure of a period from such rows."""

    key: str
    title: str
    definition: str
    target: TargetRow
    reads: tuple[str, ...]
    read: Read
    compute: Compute


KPIS: Registry[Kpi] = Registry("KPI")


def kpi(key: str, *, title: str, reads: tuple[str, ...], read: Read) -> Callable[[Compute], Compute]:
    """Registers a KPI. Its docstring is the definition that is shown beside the figure; `reads` are the beginnings of
    the kinds of events that `read` is given, of one record each."""

    def register(compute: Compute) -> Compute:
        KPIS.add(key, Kpi(key, title, (compute.__doc__ or "").strip(), TARGETS[key], reads, read, compute))
        return compute

    return register


def measure(key: str, events: Iterable[EventRow], period: Period, *, at: datetime) -> KpiValue:
    """The KPI over a period from the events known at `at`; before the period's end it is provisional."""
    given = sorted(events, key=lambda event: event.at)
    return figure(key, histories(key, given), Exclusions(given), period, at=at)


def figure(key: str, told: Iterable[History], exclusions: "Exclusions", period: Period, *, at: datetime) -> KpiValue:
    """As `measure`, from histories that were made of the events before."""
    kept = tuple(told)

    def rows_in(wanted: Period) -> tuple[KpiRow, ...]:
        return tuple(_rows(kept, exclusions, wanted, at))

    return known_kpi(key).compute(rows_in, period, at)


def known_kpi(key: str) -> Kpi:
    KPIS.discover(import_module("sevline.core.metrics"))
    return KPIS[key]


def histories(key: str, events: Iterable[EventRow]) -> list[History]:
    """The history of every record that the KPI is about, from events in the order of their times."""
    wanted, own = known_kpi(key), dict[str, list[EventRow]]()
    for event in events:
        if event.kind.startswith(wanted.reads):
            own.setdefault(event.subject, []).append(event)
    return [History(subject, tuple(_readings(wanted.read, told))) for subject, told in own.items()]


def _readings(read: Read, own: Sequence[EventRow]) -> Iterator[tuple[datetime, Reading | None]]:
    """What is said after each moment at which something happened; the same said again is left out."""
    last: Reading | None = None
    for place, event in enumerate(own, 1):
        if place < len(own) and own[place].at == event.at:
            continue
        reading = read(own[:place])
        if place == 1 or reading != last:
            yield event.at, reading
        last = reading


def _rows(told: Iterable[History], exclusions: "Exclusions", period: Period, now: datetime) -> Iterator[KpiRow]:
    for history in told:
        reading = history.at(period.end, now)
        if reading is None:
            continue
        if reading.undated and reading.row is not None:
            yield reading.row
        elif reading.at in period:
            code = exclusions.code(reading.case, now)
            row = KpiRow(history.subject, reading.at, code, counted=False) if code else reading.row
            if row is not None:
                yield row


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
EXCLUDING = frozenset((*EXCLUSIONS, *_TAKEN_BACK))


class Exclusions:
    """Which cases no KPI counts at a moment, each with its code X1 to X4; from events in the order of their times."""

    def __init__(self, events: Iterable[EventRow] = ()) -> None:
        self._codes: dict[str, list[tuple[datetime, str]]] = {}
        for event in events:
            codes = self._codes.get(event.subject)
            if event.kind in EXCLUSIONS:
                self._codes.setdefault(event.subject, []).append((event.at, EXCLUSIONS[event.kind]))
            elif codes and codes[-1][1] == _TAKEN_BACK.get(event.kind):
                codes.append((event.at, ""))

    def code(self, case: str, now: datetime) -> str:
        """The code that holds; empty for a case that counts."""
        return next((code for since, code in reversed(self._codes.get(case, ())) if since <= now), "")
