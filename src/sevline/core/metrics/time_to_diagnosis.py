"""F-06: how long it takes until a diagnosis that survives."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import fmean
from typing import cast

from sevline.core.hypothesis import Candidate, first_surviving_diagnosis
from sevline.core.kpi import (
    TARGETS,
    EventRow,
    KpiRow,
    KpiValue,
    Period,
    Reading,
    RowsIn,
    Status,
    judge,
    kpi,
    percentile,
)

HOUR = timedelta(hours=1)
UNDIAGNOSED = "undiagnosed"
DIAGNOSED = "diagnosed"


def _read(own: Sequence[EventRow]) -> Reading | None:
    """What the events of one case say: when it was resolved, and how long its diagnosis took."""
    resolved = _resolved_at(own)
    if resolved is None:
        return None
    subject, start = own[0].subject, _started_at(own)
    if start is None:
        return Reading(subject, resolved, None)
    diagnosed = first_surviving_diagnosis(_candidates(own), resolved_at=resolved)
    if diagnosed is None:
        return Reading(subject, resolved, KpiRow(subject, resolved, UNDIAGNOSED, counted=False))
    if diagnosed < start:
        return Reading(subject, resolved, KpiRow(subject, resolved, "X5", counted=False))
    hours = (diagnosed - start) / HOUR
    return Reading(subject, resolved, KpiRow(subject, resolved, DIAGNOSED, counted=True, value=hours))


@kpi("F-06", title="Time to diagnosis", reads=("case.", "diagnosis."), read=_read)
def time_to_diagnosis(rows_in: RowsIn, period: Period, at: datetime) -> KpiValue:
    """Hours, around the clock, from the start to the first diagnosis that survived, of cases resolved in the period.

    The start is the opening of a case first rated Sev1 or Sev2, else the moment a lead was engaged. A diagnosis is a
    probable or confirmed cause with evidence, or a validated workaround. The figure is the median; it is judged by its
    fall against the period before, and void where more than a tenth was resolved without a diagnosis.
    """
    target = TARGETS["F-06"]
    rows = rows_in(period)
    hours = _counted(rows)
    prior = _counted(rows_in(Period(_before(period), period.start)))
    undiagnosed = sum(row.outcome == UNDIAGNOSED for row in rows)
    resolved = len(hours) + undiagnosed
    figures = {"undiagnosed_percent": 100 * undiagnosed / resolved if resolved else 0.0}
    notes: tuple[str, ...] = ()
    status = Status.INSUFFICIENT
    if hours:
        figures |= {"median": percentile(hours, 0.5), "p90": percentile(hours, 0.9), "mean": fmean(hours)}
    if hours and prior:
        figures |= {"previous_median": percentile(prior, 0.5), "previous_mean": fmean(prior)}
        figures["change_percent"] = 100 * (figures["median"] / figures["previous_median"] - 1)
    if min(len(hours), len(prior)) >= target.min_n:
        status, notes = _verdict(figures)
        status = Status.PROVISIONAL if at < period.end else status
    elif len(hours) >= target.min_n:
        notes = (f"The period before has {len(prior)} diagnosed cases; a verdict needs {target.min_n}.",)
    return KpiValue("F-06", period, figures.get("median"), len(hours), status, rows, figures=figures, notes=notes)


def _counted(rows: Sequence[KpiRow]) -> list[float]:
    return [row.value for row in rows if row.counted and row.value is not None]


def _verdict(figures: Mapping[str, float]) -> tuple[Status, tuple[str, ...]]:
    target = TARGETS["F-06"]
    if target.void_above_percent is not None and figures["undiagnosed_percent"] > target.void_above_percent:
        return Status.VOID, ("More than a tenth of the cases was resolved without a diagnosis.",)
    fell = figures["median"] < figures["previous_median"]
    if fell != (figures["mean"] < figures["previous_mean"]):
        return Status.MIXED, ("Mean and median move in different directions: not improved.",)
    return judge(-figures["change_percent"], target), ()


def _before(period: Period) -> datetime:
    """The start of the period before: as many calendar months back where the period is whole months, else as long."""
    start, end = period.start, period.end
    months = (end.year - start.year) * 12 + end.month - start.month
    if months and start.day == end.day == 1 and start.timetz() == end.timetz():
        year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
        return start.replace(year=year, month=month + 1)
    return start - (end - start)


def _resolved_at(own: Sequence[EventRow]) -> datetime | None:
    """The last resolve that held."""
    resolved: datetime | None = None
    for event in own:
        if event.kind == "case.resolved":
            resolved = event.at
        elif event.kind == "case.reopened":
            resolved = None
    return resolved


def _started_at(own: Sequence[EventRow]) -> datetime | None:
    rated = next((event.data["severity"] for event in own if event.data.get("severity") is not None), None)
    wanted = "case.opened" if rated in {1, 2} else "case.lead_engaged"
    return next((event.at for event in own if event.kind == wanted), None)


_REFUTES = frozenset({"diagnosis.cause_refuted", "diagnosis.workaround_withdrawn"})


def _candidates(own: Sequence[EventRow]) -> list[Candidate]:
    """A later record of the same id that no longer qualifies takes the earlier one back."""
    found: list[Candidate] = []
    for event in own:
        what = event.kind.removeprefix("diagnosis.").partition("_")[0]
        key = f"{what}:{event.data.get(what, '')}"
        if event.kind in {"diagnosis.cause_recorded", "diagnosis.workaround_validated"}:
            evidence = tuple(cast("Sequence[str]", event.data.get("items") or ()))
            confidence = str(event.data.get("confidence", "")) if event.kind.endswith("recorded") else "validated"
            found.append(Candidate(key, event.at, confidence, evidence))
        elif event.kind in _REFUTES:
            found.append(Candidate(key, event.at, "refuted"))
    return found
