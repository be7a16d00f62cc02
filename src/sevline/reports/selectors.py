"""KPIs from the events of the cases that a person may see, with every row behind each figure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sevline.cases.models import Case
from sevline.core.kpi import (
    KPIS,
    TARGETS,
    EventRow,
    Exclusions,
    History,
    Kpi,
    KpiRow,
    KpiValue,
    Period,
    Status,
    display,
    figure,
)
from sevline.core.rights import Right, require
from sevline.people.models import Person
from sevline.reports import folded
from sevline.reports.folded import KEYS
from sevline.reports.period import Chosen, months_before

MONTHS = 6
EXCLUSIONS = {
    "X1": "merged into another case",
    "X2": "spam",
    "X3": "test tenant",
    "X4": "excluded with approval",
    "X5": "impossible times",
}
OUTCOMES = {
    "accepted_as_is": "accepted as it was",
    "changes_requested": "sent back for changes",
    "rejected": "rejected",
    "duplicate": "duplicate of something known",
    "withdrawn": "withdrawn",
    "undecided": "not decided yet",
    "diagnosed": "diagnosed",
    "undiagnosed": "resolved without a diagnosis",
    **EXCLUSIONS,
}
MANY_PERCENT = 10  # of rows left out by a code; from here on it is pointed out


@dataclass(frozen=True, slots=True)
class Told:
    """What the events of the cases say that somebody may see: the histories of their records by KPI, which cases are
    excluded, the packets that were sent, and what each record is called and which case it belongs to."""

    histories: Mapping[str, Sequence[History]]
    exclusions: Exclusions
    sent: tuple[EventRow, ...]
    names: Mapping[str, tuple[str, str]]
    cases: int


def told(person: Person) -> Told:
    """What the cases say that the person may see; raises Forbidden without the right to see KPIs."""
    require(person, Right.KPI_VIEW)
    visible = Case.objects.visible_to(person).order_by("number").values_list("number", flat=True)
    folds, numbers = folded.cases(), list(visible)
    kept = [fold for number in numbers if (fold := folds.get(f"C-{number}")) is not None]
    return Told(
        {key: [one for fold in kept for one in fold.histories[key]] for key in KEYS},
        Exclusions(event for fold in kept for event in fold.excluding),
        tuple(event for fold in kept for event in fold.sent),
        {subject: name for fold in kept for subject, name in fold.names.items()},
        len(numbers),
    )


@dataclass(frozen=True)
class Tile:
    """A KPI over a period with everything that its tile says."""

    kpi: Kpi
    value: KpiValue
    trend: tuple[tuple[str, KpiValue], ...]
    pooled: KpiValue | None

    @property
    def unit(self) -> str:
        return {"percent": "%", "hours": "h"}[self.kpi.target.unit]

    @property
    def shown(self) -> str:
        return display(self.value.value, self.kpi.target.unit)

    @property
    def interval(self) -> str:
        if self.value.interval is None:
            return ""
        low, high = (display(bound, "percent") for bound in self.value.interval)
        return f"{low} to {high} at 95 %"

    @property
    def figures(self) -> list[tuple[str, str]]:
        """The side figures in words."""
        units = {"undiagnosed_percent": "percent", "change_percent": "percent"}
        kept = [key for key in FIGURES if key in self.value.figures]
        return [(FIGURES[key], _figure(self.value.figures[key], units.get(key, "hours"))) for key in kept]

    @property
    def status(self) -> str:
        return self.value.status.replace("_", " ")

    @cached_property
    def excluded(self) -> int:
        """Rows left out by an exclusion code, which is not the same as rows that decide nothing."""
        return sum(row.outcome in EXCLUSIONS for row in self.value.rows)

    @property
    def excluded_percent(self) -> float:
        return 100 * self.excluded / len(self.value.rows) if self.value.rows else 0.0

    @property
    def many_excluded(self) -> bool:
        return self.excluded_percent > MANY_PERCENT

    @property
    def outcomes(self) -> list[tuple[str, int, bool]]:
        """How many rows had each outcome in words, and whether they count."""
        counts = Counter((row.outcome, row.counted) for row in self.value.rows)
        return [(OUTCOMES.get(outcome, outcome), n, counted) for (outcome, counted), n in sorted(counts.items())]

    @property
    def target(self) -> str:
        return target_words(self.kpi.key)

    @property
    def band(self) -> tuple[float, float] | None:
        """The target band in the unit of the figure, where there is one."""
        target = self.kpi.target
        if target.judged_by == "value":
            return (target.floor, 100.0) if target.better == "higher" else (0.0, target.floor)
        previous = self.value.figures.get("previous_median")
        return (0.0, previous * (1 - target.floor / 100)) if previous is not None else None


FIGURES = {
    "p90": "90th percentile",
    "mean": "mean",
    "previous_median": "period before",
    "change_percent": "change",
    "undiagnosed_percent": "undiagnosed",
}


def _figure(value: float, unit: str) -> str:
    sign = "−" if value < 0 else ""
    return f"{sign}{display(abs(value), unit)} {'%' if unit == 'percent' else 'h'}"


def target_words(key: str) -> str:
    """The target as a sentence part, from the table."""
    target = TARGETS[key]
    if target.judged_by == "change":
        return f"falls by {target.floor:g} % or more against the period before"
    words = f"{target.floor:g} % or more" if target.better == "higher" else f"{target.floor:g} % or less"
    return words if target.stretch is None else f"{words}, stretch {target.stretch:g} %"


def tiles(told: Told, chosen: Chosen, *, at: datetime) -> list[Tile]:
    """Every KPI over the chosen period, with its trend by month up to the period's end."""
    return [tile(key, told, chosen, at=at) for key in KEYS]


def tile(key: str, told: Told, chosen: Chosen, *, at: datetime) -> Tile:
    def over(period: Period) -> KpiValue:
        return figure(key, told.histories[key], told.exclusions, period, at=at)

    value = over(chosen.period)
    months = months_before(min(chosen.period.end, at), MONTHS)
    trend = tuple((f"{month.start:%b %Y}", over(month)) for month in months)
    small = value.status is Status.INSUFFICIENT
    pooled = over(chosen.pooled()) if small and value.rows else None
    return Tile(KPIS[key], value, trend, pooled)


@dataclass(frozen=True, slots=True)
class Row:
    """One record behind a figure, with the case to open; `value` is what it adds, in the figure's unit."""

    subject: str
    label: str
    case: str
    at: datetime
    outcome: str
    counted: bool
    value: str

    @property
    def page(self) -> str:
        return f"/cases/{self.case}"


def rows(tile: Tile, names: Mapping[str, tuple[str, str]]) -> list[Row]:
    """The records of a tile, the newest first: as many as the tile says."""
    ordered = sorted(tile.value.rows, key=lambda row: (row.at, row.subject), reverse=True)
    return [_row(row, names, tile.kpi.target.unit) for row in ordered]


def _row(row: KpiRow, names: Mapping[str, tuple[str, str]], unit: str) -> Row:
    label, case = names.get(row.subject, ("", ""))
    value = "" if row.value is None else display(row.value * (100 if unit == "percent" else 1), unit)
    return Row(row.subject, label, case, row.at, OUTCOMES.get(row.outcome, row.outcome), row.counted, value)


HEADINGS = ("record", "title", "case", "time (UTC)", "outcome", "counted", "value", "definitions")


def cells(found: Iterable[Row], version: str) -> Iterable[tuple[str, ...]]:
    """The rows for a spreadsheet; a cell that one would take for a formula starts with an apostrophe."""
    yield HEADINGS
    for row in found:
        at = row.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        counted = "yes" if row.counted else "no"
        yield tuple(map(safe, (row.subject, row.label, row.case, at, row.outcome, counted, row.value, version)))


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text[:1] in {"\t", "\r", "\n"} else text
