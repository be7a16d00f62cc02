"""The pattern explorer: patterns filtered, sorted and paged in the database, so that a hundred thousand stay usable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from sevline.catalog import selectors as catalog
from sevline.core.mining.slots import constant_text
from sevline.core.mining.surfacing.bintests import LEAST_RECORDS
from sevline.core.mining.surfacing.counts import minute_of
from sevline.core.mining.surfacing.nearby import KnownChange
from sevline.evidence.models import Pattern, RedactionRun, Upload
from sevline.evidence.selectors.asking import EARLIEST, LATEST, NAMED, Asked
from sevline.evidence.selectors.pictures import PatternRow, pattern_rows, picture_of
from sevline.evidence.selectors.rates import LOUD, rate_of
from sevline.evidence.selectors.rows import patterns
from sevline.people.models import Person
from sevline.ui.charts import Marker

PER_PAGE = 50
MOST_MARKERS = 12
LONGEST_LABEL = 28
SORTS = {
    "count": ("-count", "id"),
    "level": ("id",),  # in which the patterns of a run are kept
    "first": ("first_at", "id"),
    "last": ("-last_at", "id"),
    "rare": ("count", "id"),
}


@dataclass(frozen=True, slots=True)
class ExplorerRow:
    """`shown`: records in the window. `before`, `after`: around the compared moment; `ratio`: of their rates; `said`:
    what is made of it."""

    row: PatternRow
    shown: int
    before: int | None = None
    after: int | None = None
    ratio: float | None = None
    said: str = ""


def explored(person: Person, upload: Upload, asked: Asked) -> QuerySet[Pattern]:
    """The patterns that fit, sorted; a pattern is in a window when its first and last record are not both outside."""
    found = patterns(person, upload)
    if asked.text:
        found = found.filter(template__icontains=asked.text)
    if asked.level:
        found = found.filter(level="" if asked.level == "none" else asked.level)
    if asked.service:
        found = found.filter(service="" if asked.service == "none" else asked.service)
    dimension, _, value = asked.named.partition("=")
    if dimension in NAMED and value:
        found = found.filter(**{f"shares__{dimension}__has_key": value})
    if asked.first is not None:
        found = found.filter(last_at__gte=asked.first)
    if asked.last is not None:
        found = found.filter(first_at__lt=asked.last)
    return found.order_by(*SORTS[asked.sort])


def page_of(
    found: QuerySet[Pattern], asked: Asked, number: str | None, rate: Sequence[Sequence[int]]
) -> tuple[Page[Pattern], list[ExplorerRow]]:
    """One page, and its patterns with pictures and the figures of the window."""
    page = _Pages(found, PER_PAGE).get_page(number)
    made = pattern_rows(list(page.object_list))
    start = page.start_index()
    numbered = [
        PatternRow(row.pattern, start + place, row.level, row.tone, row.spark) for place, row in enumerate(made)
    ]
    sides = _sides(asked, rate)
    return page, [_row(row, asked, sides) for row in numbered]


class _Pages(Paginator[Pattern]):
    """Only the keys are gone through up to a page, and from the end where that is nearer; then its rows are read."""

    def page(self, number: int | str) -> Page[Pattern]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        found = cast("QuerySet[Pattern]", self.object_list)
        keys = found.select_related(None).values_list("pk", flat=True)
        wanted = (
            list(keys[first:last])
            if 2 * first <= self.count
            else list(keys.reverse()[self.count - last : self.count - first])[::-1]
        )
        rows = Pattern.objects.select_related("artifact").in_bulk(wanted)
        return Page([rows[key] for key in wanted if key in rows], number, self)


def _sides(asked: Asked, rate: Sequence[Sequence[int]]) -> tuple[int, int, int] | None:
    """Where the time before begins, the moment, where the time after ends; as long on both sides as the log allows."""
    if asked.compare is None or not rate:
        return None
    moment = minute_of(asked.compare)
    begin, end = asked.window or (EARLIEST, LATEST)
    first, last = max(begin, rate[0][0]), min(end, rate[-1][0] + 1)
    return (first, moment, last) if first < moment < last else None


def not_compared(asked: Asked, rate: Sequence[Sequence[int]]) -> list[str]:
    """Why there is nothing to put beside each other, in a sentence."""
    if asked.compare is None or _sides(asked, rate) is not None:
        return []
    if not rate:
        return ["No record of this log has a time, so nothing can be compared."]
    return ["The moment of the comparison is not within the time that is shown; there is nothing before or after it."]


def _row(row: PatternRow, asked: Asked, sides: tuple[int, int, int] | None) -> ExplorerRow:
    cells = row.pattern.histogram
    window = asked.window
    shown = row.pattern.count if window is None else within(window, cells)
    if sides is None:
        return ExplorerRow(row, shown)
    begin, moment, end = sides
    before = sum(count for at, count in cells if begin <= at < moment)
    after = sum(count for at, count in cells if moment <= at < end)
    if before + after < LEAST_RECORDS:
        return ExplorerRow(row, shown, before, after, None, "too few to compare" if before + after else "none shown")
    ratio = (after / (end - moment)) / (before / (moment - begin)) if before else None
    if ratio is None:
        return ExplorerRow(row, shown, before, after, None, "new since then")
    return ExplorerRow(row, shown, before, after, ratio, f"{ratio:.1f} times the rate" if after else "gone since then")


def services_of(person: Person, upload: Upload, run: RedactionRun | None) -> list[str]:
    """Kept with the run; looked for among the patterns for a run of before they were kept."""
    if run is not None and "services" in run.kept:
        return [name for name in run.kept["services"][:200] if name]
    named = patterns(person, upload).order_by().values_list("service", flat=True).distinct().order_by("service")
    return [name for name in named[:200] if name]


def rate_figures(person: Person, upload: Upload, run: RedactionRun | None) -> list[list[int]]:
    """Kept with the run; added up for a run of before they were kept."""
    return run.rate if run is not None and run.rate else rate_of(patterns(person, upload))


def counting_query(pattern: Pattern) -> str:
    """What the pages that count in all logs of the case are asked for this pattern, as a part of their address."""
    example = pattern.examples[0][1] if pattern.examples else ""
    asked = {"level": pattern.level, "text": constant_text(pattern.template, example)[:200]}
    return urlencode({name: value for name, value in asked.items() if value})


def within(window: tuple[int, int], cells: Sequence[Sequence[int]]) -> int:
    """Records in the minutes [begin, end)."""
    return sum(count for minute, count in cells if window[0] <= minute < window[1])


def own_rate(pattern: Pattern, whole: Sequence[Sequence[int]]) -> list[list[int]]:
    """The records of one pattern over the time of the log, so that it is seen when there are none."""
    loud = pattern.level in LOUD
    own = {minute: [minute, 0, count] if loud else [minute, count, 0] for minute, count in pattern.histogram}
    ends = {cell[0]: [cell[0], 0, 0] for cell in (whole[0], whole[-1])} if whole else {}
    return [cell for _, cell in sorted((ends | own).items())]


def picture(rate: Sequence[Sequence[int]], asked: Asked, changes: Sequence[KnownChange]) -> SafeString:
    """Records over time with the changes of the catalogue; a drag over it fills the form of the window."""
    if not rate:
        return SafeString("")
    begin, end = asked.window or (rate[0][0], rate[-1][0] + 1)
    inside = [change for change in changes if begin <= minute_of(change.at) < end]
    markers = [Marker(change.at, _short(change.title)) for change in inside[-MOST_MARKERS:]]
    if asked.compare is not None:
        markers.append(Marker(asked.compare, "compared", "accent"))
    return picture_of(rate, window=asked.window, markers=markers, brush="window")


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_LABEL else f"{title[: LONGEST_LABEL - 1].rstrip()}…"


def nearby(person: Person, rate: Sequence[Sequence[int]]) -> list[KnownChange]:
    """Changes of the catalogue near the time that the log covers."""
    if not rate:
        return []
    first, last = (datetime.fromtimestamp(minute * 60, UTC) for minute in (rate[0][0], rate[-1][0]))
    return catalog.known_changes(person, first, last + timedelta(minutes=1))
