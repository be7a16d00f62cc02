"""The KPI page, the rows behind each figure, and the same rows for a spreadsheet."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from sevline.core.kpi import Status
from sevline.core.lifecycle import Refused
from sevline.governance.export import guarded
from sevline.people.models import Person
from sevline.people.views.requests import SignedIn
from sevline.platform import clock
from sevline.reports import actions, overrides, selectors
from sevline.reports.folded import KEYS
from sevline.reports.period import Chosen, chosen_from, month_of, quarter_of
from sevline.reports.selectors import Tile
from sevline.ui.charts import Point, trend

# No colour where there is no verdict.
TONES = {
    Status.EXCEEDED: ("ok", "check"),
    Status.MET: ("ok", "check"),
    Status.AT_RISK: ("warn", "warn"),
    Status.MISSED: ("bad", "over"),
    Status.MIXED: ("", "half"),
    Status.VOID: ("", "missing"),
    Status.PROVISIONAL: ("", "clock"),
    Status.INSUFFICIENT: ("", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A tile with its picture and the tone of its verdict."""

    tile: Tile
    tone: str
    icon: str
    chart: SafeString


@require_GET
def insights(request: SignedIn) -> HttpResponse:
    chosen, problem = _chosen(request)
    told = selectors.told(request.user)
    shown = [_shown(tile) for tile in selectors.tiles(told, chosen, at=clock.now())]
    months = overrides.by_month(told.sent, told.names, at=clock.now())
    context = {**_frame(request, chosen), "tiles": shown, "months": months, "cases": told.cases, "problem": problem}
    return render(request, "reports/insights.html", context, status=422 if problem else 200)


@require_GET
def overridden(request: SignedIn) -> HttpResponse:
    """The packets that went out by an override of the quality gate in a period."""
    chosen, problem = _chosen(request)
    told = selectors.told(request.user)
    found = overrides.within(chosen.period, told.sent, told.names)
    context = {**_frame(request, chosen), "rows": found, "cases": told.cases, "problem": problem}
    return render(request, "reports/overrides.html", context, status=422 if problem else 200)


@require_GET
def rows(request: SignedIn, key: str) -> HttpResponse:
    chosen, problem = _chosen(request)
    tile, found, cases = _rows(request.user, key, chosen)
    context = {**_frame(request, chosen), "shown": _shown(tile), "rows": found, "cases": cases, "problem": problem}
    return render(request, "reports/rows.html", context, status=422 if problem else 200)


@require_GET
def export(request: SignedIn, key: str) -> HttpResponse:
    """The rows as CSV, in the order of the page; a period that does not exist is refused."""
    chosen = chosen_from({name: str(value) for name, value in request.GET.items()}, at=clock.now())
    tile, found, _ = _rows(request.user, key, chosen)
    text = StringIO()
    cells = selectors.cells(found, tile.value.version)
    csv.writer(text, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in cells)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{tile.kpi.key}-{chosen.period.start:%Y%m%d}-{chosen.period.end:%Y%m%d}.csv"
    period = chosen.period
    actions.note_export(key, by=request.user, title=tile.kpi.title, start=period.start, end=period.end, rows=len(found))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(person: Person, key: str, chosen: Chosen) -> tuple[Tile, list[selectors.Row], int]:
    told = selectors.told(person)
    if key not in KEYS:
        raise Http404
    tile = selectors.tile(key, told, chosen, at=clock.now())
    return tile, selectors.rows(tile, told.names), told.cases


def _chosen(request: SignedIn) -> tuple[Chosen, str]:
    """The period of the address; this quarter and a sentence when the address makes no sense."""
    now = clock.now()
    try:
        return chosen_from({name: str(value) for name, value in request.GET.items()}, at=now), ""
    except Refused as refusal:
        return quarter_of(now), str(refusal)


def _frame(request: SignedIn, chosen: Chosen) -> dict[str, Any]:
    now = clock.now()
    return {"chosen": chosen, "month": month_of(now), "quarter": quarter_of(now), "given": request.GET}


def _shown(tile: Tile) -> Shown:
    tone, icon = TONES[tile.value.status]
    points = [Point(label, value.value, value.n) for label, value in tile.trend]
    title = f"{tile.kpi.title}, by month"
    picture = trend(points, id=f"trend-{tile.kpi.key}", title=title, target=tile.band, unit=f" {tile.unit}")
    return Shown(tile, tone, icon, picture)
