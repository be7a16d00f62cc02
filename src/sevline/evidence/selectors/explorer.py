"""The pattern explorer: patterns filtered, sorted and paged in the database, so that a hundred thousand stay usable."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.utils.safestring import SafeString

from sevline.catalog import selectors as catalog
from sevline.core.amount import amount, sentence_of
from sevline.core.mining.shares import MOST_VALUES
from sevline.core.mining.slots import constant_text
from sevline.core.mining.surfacing.cards import Surfaced, surface
from sevline.core.mining.surfacing.counts import Example, PatternCounts, minute_of
from sevline.core.mining.surfacing.nearby import KnownChange
from sevline.evidence.models import Pattern, RedactionRun, Upload
from sevline.evidence.selectors.pictures import PatternRow, pattern_rows, picture_of
from sevline.evidence.selectors.rates import LOUD, rate_of
from sevline.evidence.selectors.rows import patterns
from sevline.people.models import Person
from sevline.ui.charts import Marker

PER_PAGE = 50
MOST_SURFACED = 20_000
"""Patterns that the cards look at, the frequent ones first; what is left out is said."""

MOST_MARKERS = 12
LONGEST_LABEL = 28
MOST_GROUPS = 60
SORTS = {
    "count": ("-count", "id"),
    "level": ("id",),  # in which the patterns of a run are kept
    "first": ("first_at", "id"),
    "last": ("-last_at", "id"),
    "rare": ("count", "id"),
}
NAMED = ("tenant", "region", "version", "host")
GROUPS = ("level", "service", *NAMED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `named`: patterns with a record that names it, such as `tenant=acme`.

    `first` and `last`: a window [first, last); `compare`: before and after it.
    """

    text: str = ""
    level: str = ""
    service: str = ""
    sort: str = "level"
    group: str = ""
    named: str = ""
    first: datetime | None = None
    last: datetime | None = None
    compare: datetime | None = None

    @property
    def window(self) -> tuple[int, int] | None:
        if self.first is None or self.last is None:
            return None
        return minute_of(self.first), max(minute_of(self.last), minute_of(self.first) + 1)


@dataclass(frozen=True, slots=True)
class ExplorerRow:
    """`shown`: records in the window. `before`, `after`: around the compared moment; `ratio`: of their rates."""

    row: PatternRow
    shown: int
    before: int | None = None
    after: int | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    patterns: int
    records: int


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
    page = Paginator(found, PER_PAGE).get_page(number)
    made = pattern_rows(list(page.object_list))
    start = page.start_index()
    numbered = [
        PatternRow(row.pattern, start + place, row.level, row.tone, row.spark) for place, row in enumerate(made)
    ]
    sides = _sides(asked, rate)
    return page, [_row(row, asked, sides) for row in numbered]


def _sides(asked: Asked, rate: Sequence[Sequence[int]]) -> tuple[int, int, int] | None:
    """Where the time before begins, the moment, where the time after ends; as long on both sides as the log allows."""
    if asked.compare is None or not rate:
        return None
    moment = minute_of(asked.compare)
    first, last = asked.window or (rate[0][0], rate[-1][0] + 1)
    return (first, moment, last) if first < moment < last else None


def _row(row: PatternRow, asked: Asked, sides: tuple[int, int, int] | None) -> ExplorerRow:
    cells = row.pattern.histogram
    window = asked.window
    shown = row.pattern.count if window is None else sum(n for at, n in cells if window[0] <= at < window[1])
    if sides is None:
        return ExplorerRow(row, shown)
    begin, moment, end = sides
    before = sum(count for at, count in cells if begin <= at < moment)
    after = sum(count for at, count in cells if moment <= at < end)
    ratio = (after / (end - moment)) / (before / (moment - begin)) if before else None
    return ExplorerRow(row, shown, before, after, ratio)


def groups(found: QuerySet[Pattern], by: str) -> list[Group]:
    """Patterns and records by level, or by what the records name, the largest first."""
    if by not in GROUPS:
        return []
    if by == "level":
        told = found.order_by().values_list(by).annotate(kinds=Count("id"), records=Sum("count"))
        rows = [Group(name or "none", kinds, records) for name, kinds, records in told]
    else:
        rows = _named_groups(found, by)
    return sorted(rows, key=lambda group: (-group.records, group.name))[:MOST_GROUPS]


def _named_groups(found: QuerySet[Pattern], by: str) -> list[Group]:
    """Records of each value; a pattern counts for each value that its records name. `none`: records that name none."""
    kinds: Counter[str] = Counter()
    records: Counter[str] = Counter()
    column = "services" if by == "service" else "shares"
    for count, told in found.order_by().values_list("count", column).iterator(chunk_size=2000):
        values: dict[str, int] = told if by == "service" else told.get(by, {})
        kinds.update(values.keys())
        records.update(values)
        if (left := count - sum(values.values())) > 0:
            kinds["none"] += 1
            records["none"] += left
    return [Group(name, kinds[name], number) for name, number in records.items()]


@dataclass(frozen=True, slots=True)
class Reach:
    """`named`: values that records of the patterns shown name; `active`: those that any record of the log names."""

    what: str
    named: int
    active: int
    at_least: bool

    @property
    def sentence(self) -> str:
        share = f" ({self.named / self.active:.0%})" if self.active else ""
        least = "at least " if self.at_least else ""
        return f"{least}{self.named:,} of the {amount(self.active, self.what)} that the log names{share}"


def reach(person: Person, upload: Upload, found: QuerySet[Pattern], by: str) -> Reach | None:
    """How many of the tenants, regions, versions or hosts of the log the patterns shown touch."""
    if by not in NAMED:
        return None
    (named, cut), (active, more) = _values(found, by), _values(patterns(person, upload), by)
    return Reach(by, len(named), len(active), cut or more)


def _values(found: QuerySet[Pattern], by: str) -> tuple[set[str], bool]:
    """The values, and whether a pattern names more than are kept of one."""
    values: set[str] = set()
    cut = False
    for told in found.order_by().values_list("shares", flat=True).iterator(chunk_size=2000):
        own = told.get(by, {})
        values.update(own)
        cut = cut or len(own) >= MOST_VALUES
    return values, cut


def services_of(person: Person, upload: Upload) -> list[str]:
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


def own_rate(pattern: Pattern) -> list[list[int]]:
    loud = pattern.level in LOUD
    return [[minute, 0, count] if loud else [minute, count, 0] for minute, count in pattern.histogram]


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


def surfaced(person: Person, upload: Upload, asked: Asked, changes: Sequence[KnownChange]) -> Surfaced:
    """The cards, over the patterns with most records."""
    found = patterns(person, upload).order_by("-count", "id")
    kept = found.only(
        "id", "key", "template", "count", "level", "services", "shares", "histogram", "step", "examples",
        "first_at", "last_at", "artifact__name",
    )[:MOST_SURFACED]  # fmt: skip
    counts = (_counts(pattern) for pattern in kept.iterator(chunk_size=1000))
    told = surface(counts, moment=asked.compare, changes=changes)
    left = found.count() - MOST_SURFACED
    if left <= 0:
        return told
    note = sentence_of(
        left, "The pattern with the fewest records was not looked at.",
        "The {:,} patterns with the fewest records were not looked at.",
    )  # fmt: skip
    return Surfaced(told.cards, (*told.notes, note), told.tested)


def _counts(pattern: Pattern) -> PatternCounts:
    return PatternCounts(
        id=str(pattern.pk),
        template=pattern.template,
        total=pattern.count,
        minutes=dict(pattern.histogram),
        step=pattern.step,
        level=pattern.level or None,
        services=pattern.services,
        shares=pattern.shares,
        examples=tuple(Example(pattern.artifact.name, line, text) for line, text in pattern.examples),
        first=pattern.first_at,
        last=pattern.last_at,
    )
