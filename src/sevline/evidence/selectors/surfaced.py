"""What stands out in an upload and how its records fall into groups: found once when it was read, and kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db.models import Count, QuerySet, Sum, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from sevline.core.amount import amount, sentence_of
from sevline.core.mining.shares import MOST_VALUES
from sevline.core.mining.surfacing.bintests import LEAST_RECORDS
from sevline.core.mining.surfacing.card import CardKind, Surfaced
from sevline.core.mining.surfacing.cards import changed_at, stands_out, together
from sevline.core.mining.surfacing.counts import CountTable, Example, PatternCounts
from sevline.core.mining.surfacing.keeping import as_kept, from_kept
from sevline.core.mining.surfacing.nearby import KnownChange
from sevline.core.mining.surfacing.silences import Silence
from sevline.evidence.models import Pattern, RedactionRun
from sevline.evidence.selectors.asking import GROUPS, NAMED, Asked

MOST_SURFACED = 20_000
"""Patterns that are compared at a moment, the frequent ones first; what is left out is said."""

MOST_GROUPS = 60
_COMPARED = ("pk", "template", "count", "cells", "step", "level", "artifact_id", "key")
_SHOWN = (
    "id", "key", "template", "count", "level", "services", "histogram", "step", "examples", "first_at", "last_at",
    "artifact__name", "artifact__key",
)  # fmt: skip


def kept_of(patterns: Sequence[Pattern]) -> dict[str, Any]:
    """What is kept with a run: the cards, with the place of their pattern, and the groups of all patterns."""
    if not patterns:
        return {}
    table = CountTable(replace(counts_of(pattern), id=str(place)) for place, pattern in enumerate(patterns))
    return {
        "surfaced": as_kept(stands_out(table), int),
        "groups": {by: _grouped(patterns, by).kept for by in GROUPS},
        "services": sorted({pattern.service for pattern in patterns}),
    }


def by_row(kept: dict[str, Any], patterns: Sequence[Pattern]) -> dict[str, Any]:
    """The same once the patterns have been written: the cards name their rows."""
    if not kept:
        return kept
    cards = [
        card
        | {"pattern": patterns[card["pattern"]].pk}
        | {"parts": [part | {"pattern": patterns[part["pattern"]].pk} for part in card["parts"]]}
        for card in kept["surfaced"]["cards"]
    ]
    return kept | {"surfaced": kept["surfaced"] | {"cards": cards}}


def counts_of(pattern: Pattern, shares: Mapping[str, Mapping[str, int]] | None = None) -> PatternCounts:
    """`shares`: given where those of the pattern are not wanted, and were not read."""
    return PatternCounts(
        id=str(pattern.pk),
        template=pattern.template,
        total=pattern.count,
        minutes=dict(pattern.histogram),
        step=pattern.step,
        level=pattern.level or None,
        services=pattern.services,
        shares=pattern.shares if shares is None else shares,
        examples=tuple(Example(pattern.artifact.name, line, text) for line, text in pattern.examples),
        first=pattern.first_at,
        last=pattern.last_at,
        statement=_statement(pattern.key, pattern.artifact.key),
        outcome=_outcome(pattern.key),
    )


def _statement(key: str, within: object) -> str:
    """What wrote a pattern. It is one within a file: another file may be of another installation."""
    return f"{within}:{key.partition('-')[0]}"


def _outcome(key: str) -> str:
    """How the requests of a pattern failed."""
    return key.partition("-")[2]


def surfaced(
    patterns: QuerySet[Pattern], run: RedactionRun | None, asked: Asked, changes: Sequence[KnownChange]
) -> Surfaced:
    """The cards. `patterns`: all of the upload that the person may see."""
    notes: list[str] = []
    if run is not None and run.kept:
        kept = run.kept["surfaced"]
        wanted = patterns.filter(pk__in={card["pattern"] for card in kept["cards"]}).order_by()
        standing = from_kept(kept, {pattern.pk: counts_of(pattern) for pattern in wanted})
    else:  # read before the cards were kept
        found = patterns.order_by("-count", "id")
        standing = stands_out(CountTable(counts_of(pattern) for pattern in found[:MOST_SURFACED]))
    if asked.compare is None:
        return together(standing, None, changes)
    able = patterns.filter(count__gte=LEAST_RECORDS).order_by("-count", "id")
    cells_in = msgspec.json.Decoder(list[tuple[int, int]]).decode
    rows = able.annotate(cells=Cast("histogram", TextField())).values_list(*_COMPARED)[:MOST_SURFACED]
    table = CountTable(
        PatternCounts(
            str(pk),
            template,
            count,
            dict(cells_in(cells)),
            step,
            level or None,
            statement=_statement(key, artifact),
            outcome=_outcome(key),
        )
        for pk, template, count, cells, step, level, artifact, key in rows
    )
    told = together(standing, _whole(changed_at(table, asked.compare), patterns), changes)
    if len(table) == MOST_SURFACED and (left := able.count() - MOST_SURFACED) > 0:
        notes.append(sentence_of(left, _ONE_LEFT, _LEFT))
    return replace(told, notes=(*told.notes, *notes))


def kinds_of(told: Surfaced) -> list[tuple[str, int]]:
    """Each kind of card with how many there are, those that were not kept among them."""
    counts = Counter(card.kind.value for card in told.cards) + Counter(told.left)
    return [(kind.value, counts[kind.value]) for kind in CardKind if counts[kind.value]]


def silence_at(patterns: QuerySet[Pattern], run: RedactionRun | None, begin: str) -> Silence | None:
    """The stretch without records that begins at that minute since the epoch."""
    told = surfaced(patterns, run, Asked(), ()).silences
    return next((one for one in told if str(one.begin) == begin), None)


def file_of(patterns: QuerySet[Pattern], silence: Silence) -> int:
    """The key of the file that a stretch is of: of several, the one with the most records."""
    rows = patterns.filter(artifact__name__in=silence.sources) if silence.sources else patterns
    sums = rows.order_by().values_list("artifact").annotate(records=Sum("count")).order_by("-records", "artifact")
    return int(sums[0][0])


def _whole(changed: Surfaced, patterns: QuerySet[Pattern]) -> Surfaced:
    """The cards with the rest of their patterns, which is read for them alone."""
    rows = patterns.order_by().only(*_SHOWN).in_bulk([int(card.pattern.id) for card in changed.cards])
    known = {str(key): counts_of(row, shares={}) for key, row in rows.items()}
    cards = tuple(replace(card, pattern=known[card.pattern.id]) for card in changed.cards if card.pattern.id in known)
    return replace(changed, cards=cards)


_ONE_LEFT = "The pattern with the fewest records was not compared."
_LEFT = "The {:,} patterns with the fewest records were not compared."


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    patterns: int
    records: int


@dataclass(frozen=True, slots=True)
class Grouped:
    """The largest groups; `values`: how many there are beside those that name none; `cut`: a pattern names more values
    than are kept of it, so there may be more."""

    rows: tuple[Group, ...]
    values: int
    cut: bool = False

    @property
    def more(self) -> int:
        """Values that have no row."""
        return max(0, self.values - sum(row.name != "none" for row in self.rows))

    @property
    def kept(self) -> list[Any]:
        return [[[row.name, row.patterns, row.records] for row in self.rows], self.values, self.cut]


def grouped(found: Iterable[tuple[int, Mapping[str, int]]], by: str) -> Grouped:
    """Patterns and records of each value; a pattern counts for each value that its records name. `none`: records that
    name none. `found`: of each pattern its records, and those of each value."""
    kinds: Counter[str] = Counter()
    records: Counter[str] = Counter()
    cut = False
    for count, values in found:
        cut = cut or len(values) >= MOST_VALUES
        kinds.update(values.keys())
        records.update(values)
        if (left := count - sum(values.values())) > 0:
            kinds["none"] += 1
            records["none"] += left
    rows = [Group(name, kinds[name], number) for name, number in records.items()]
    rows.sort(key=lambda group: (-group.records, group.name))
    return Grouped(tuple(rows[:MOST_GROUPS]), len(records.keys() - {"none"}), cut and by in NAMED)


def _grouped(patterns: Sequence[Pattern], by: str) -> Grouped:
    return grouped(((pattern.count, _values(pattern, by)) for pattern in patterns), by)


def _values(pattern: Pattern, by: str) -> Mapping[str, int]:
    if by == "level":
        return {pattern.level: pattern.count} if pattern.level else {}
    told: Mapping[str, int] = pattern.services if by == "service" else pattern.shares.get(by, {})
    return told


def _levels(found: QuerySet[Pattern]) -> Grouped:
    levels = found.order_by().values_list("level").annotate(kinds=Count("id"), records=Sum("count"))
    rows = [Group(level or "none", kinds, records) for level, kinds, records in levels]
    rows.sort(key=lambda group: (-group.records, group.name))
    return Grouped(tuple(rows), len({row.name for row in rows} - {"none"}))


def groups(found: QuerySet[Pattern], run: RedactionRun | None, by: str, *, filtered: bool) -> Grouped | None:
    """Kept with the run where all patterns are shown, counted otherwise; None where no grouping is asked for."""
    if by not in GROUPS:
        return None
    if not filtered and run is not None and run.kept:
        rows, values, cut = run.kept["groups"][by]
        return Grouped(tuple(Group(*row) for row in rows), values, cut)
    if by == "level":
        return _levels(found)
    column = Cast("services", TextField()) if by == "service" else KeyTextTransform(by, "shares")
    named = found.order_by().annotate(named=column).values_list("count", "named").iterator(chunk_size=2000)
    values_in = msgspec.json.Decoder(dict[str, int]).decode
    return grouped(((count, values_in(values) if values else {}) for count, values in named), by)


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


def reach(shown: Grouped | None, whole: Grouped | None, by: str) -> Reach | None:
    """How many of the tenants, regions, versions or hosts of the log the patterns shown touch."""
    if by not in NAMED or shown is None or whole is None:
        return None
    return Reach(by, shown.values, whole.values, shown.cut or whole.cut)
