"""The KPIs with their definitions and bounds."""

import sevline.core.metrics
from sevline.core.kpi import KPI_TARGETS, KPIS, Kpi, Status
from tools.docs.markdown import code, codes, table

TEXT = """Computed from the event log alone, each over a half-open period, and shown with the number of rows behind it
and the rows themselves. Table of bounds {version}. A figure under its least number of rows has no verdict; within
{near} % of its floor it is at risk. The verdicts are {verdicts}."""


def page() -> str:
    KPIS.discover(sevline.core.metrics)
    known = sorted(KPIS, key=lambda kpi: kpi.key)
    bounds = table(("KPI", "Unit", "Better", "Judged by", "Floor", "Stretch", "Least rows"), map(_bounds, known))
    text = TEXT.format(
        version=code(KPI_TARGETS.version), near=f"{KPI_TARGETS.at_risk_percent:g}", verdicts=codes(Status)
    )
    return "\n\n".join(("# KPIs", text, bounds, *(part for kpi in known for part in _definition(kpi))))


def _bounds(kpi: Kpi) -> tuple[str, ...]:
    target = kpi.target
    stretch = "" if target.stretch is None else f"{target.stretch:g}"
    name = f"{kpi.key} {kpi.title}"
    return name, target.unit, target.better, target.judged_by, f"{target.floor:g}", stretch, str(target.min_n)


def _definition(kpi: Kpi) -> tuple[str, str]:
    return f"## {kpi.key} {kpi.title}", "\n".join(line.strip() for line in kpi.definition.splitlines())
