"""Patterns: the shapes of one statement, summed, ranked so that what a support engineer looks for stands first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from sevline.core.mining.cells import Cells
from sevline.core.mining.examples import Example
from sevline.core.mining.masking import LEAD, is_place, without_end
from sevline.core.mining.shape import EXAMPLES, ShapeStat, growing
from sevline.core.mining.slots import VALUE, Sample, Slot, slots_of
from sevline.core.mining.statuses import outcome_of
from sevline.core.readers.logs.levels import LEVELS

_SAMPLED_SHAPES = 40
_LOUD = {"ERROR": 2, "FATAL": 2, "WARN": 1, "5xx": 2, "4xx": 1, "failed": 1}


@dataclass(frozen=True, slots=True)
class LogPattern:
    """Records of one statement, those of failed requests apart from the others: `id` is the same wherever the template
    and the outcome are the same. `first` and `last` are in UTC.

    `histogram`: minute since the epoch at which a cell of `histogram_step` minutes starts -> records.
    `examples`: (number of the line where it stands first, text); `sources` names their files in the same order.
    """

    id: str
    template: str
    count: int
    share: float
    first: datetime | None
    last: datetime | None
    levels: dict[str, int]
    services: dict[str, int]
    histogram: Mapping[int, int]
    histogram_step: int
    examples: tuple[tuple[int, str], ...]
    sources: tuple[str, ...]
    shapes: int
    place: str = ""
    """Where the statement stands in the source, where the records name it."""
    samples: tuple[Sample, ...] = ()
    """Sampled records, each with the number of records that it stands for."""
    outcome: str = ""
    """4xx, 5xx or failed where a status of HTTP in the text, or a field beside it, says that requests failed."""
    raised: str = ""
    """What the trace below the message says was raised, and where, or how a request was answered: the end of the
    template."""

    @property
    def statement(self) -> str:
        """The id of the statement; records of other outcomes or with another exception have the same."""
        return self.id.partition("-")[0].partition(".")[0]

    @property
    def apart(self) -> str:
        """The id of what its records share but for their outcome."""
        return self.id.partition("-")[0]

    @property
    def text(self) -> str:
        """The template with the outcome, as a reader is shown it."""
        return f"{self.template} [{self.outcome}]" if self.outcome else self.template

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its variables, and the fields that its records name beside the message: kind, values, the most frequent ones
        with their estimated share."""
        return slots_of(self.template.removesuffix(f" {self.raised}"), self.samples)

    @property
    def level(self) -> str | None:
        """The loudest level that at least one record in ten has; None where no record has one."""
        enough = [level for level in LEVELS if self.levels.get(level, 0) * 10 >= sum(self.levels.values()) > 0]
        return enough[-1] if enough else None


def patterns_of(shapes: Mapping[bytes, ShapeStat]) -> tuple[LogPattern, ...]:
    """Loud levels and failed requests first, then the frequent ones. What one statement says of several exceptions, or
    of the same one from several places, is as many patterns."""
    from sevline.core.mining.grouping import group

    grouping = group(shapes)
    members: dict[tuple[int, str, bytes], list[bytes]] = {}
    for shape, number in grouping.group_of.items():
        raised = without_end(shape)[1]
        members.setdefault((number, outcome_of(shape, LEAD), raised), []).append(shape)
    total = sum(stat.count for stat in shapes.values())
    with growing():
        patterns = [
            _pattern(
                grouping.leads[number], grouping.templates[number], outcome, raised, [shapes[one] for one in found],
                total,
            )
            for (number, outcome, raised), found in members.items()
        ]  # fmt: skip
    return tuple(sorted(patterns, key=_rank))


def _sum(members: list[ShapeStat]) -> ShapeStat:
    if len(members) == 1:
        return members[0]
    stat = ShapeStat()
    stat.merge(*members)
    return stat


def _samples(members: list[ShapeStat]) -> Iterator[Sample]:
    """Of the most frequent shapes; a sampled record stands for its part of the records of its shape."""
    ordered = sorted(members, key=lambda member: (-member.count, min(member.examples, default=0)))
    for member in ordered[:_SAMPLED_SHAPES]:
        for _, example in sorted(member.examples.items()):
            yield Sample(member.count / len(member.examples), example.text, example.fields)


def pattern_ids(shapes: Iterable[bytes], *, outcomes: bool = False) -> dict[bytes, str]:
    """Shape -> id of its statement; with `outcomes`, of its pattern, which is another where requests failed."""
    from sevline.core.mining.grouping import group

    grouping = group(shapes)
    ids = [pattern_id(lead, text) for lead, text in zip(grouping.leads, grouping.templates, strict=True)]
    if not outcomes:
        return {shape: ids[number] for shape, number in grouping.group_of.items()}
    return {
        shape: _id(ids[number], outcome_of(shape, LEAD), without_end(shape)[1])
        for shape, number in grouping.group_of.items()
    }


def _id(statement: str, outcome: str, raised: bytes) -> str:
    if raised:
        statement = f"{statement}.{blake2b(raised, digest_size=3).hexdigest()}"
    return f"{statement}-{outcome}" if outcome else statement


def pattern_id(lead: bytes, template: str) -> str:
    """The same wherever method, place (or level and logger) and template are; of a place, its template does not
    matter."""
    from sevline.core.mining.grouping import METHOD

    told = lead if is_place(lead) else lead + template.encode("utf-8", "replace")
    return blake2b(METHOD.encode() + b"\n" + told, digest_size=6).hexdigest()


def _rank(pattern: LogPattern) -> tuple[int, int, str]:
    loud = max(_LOUD.get(pattern.level or "", 0), _LOUD.get(pattern.outcome, 0))
    return -loud, -pattern.count, pattern.text


def _pattern(
    lead: bytes, template: str, outcome: str, raised: bytes, members: list[ShapeStat], total: int
) -> LogPattern:
    stat = _sum(members)
    examples = _shown(stat)
    told = raised.decode("utf-8", "replace").replace("0", VALUE)
    return LogPattern(
        id=_id(pattern_id(lead, template), outcome, raised),
        template=f"{template} {told}" if told else template,
        outcome=outcome,
        raised=told,
        count=stat.count,
        share=stat.count / total,
        first=_moment(stat.first),
        last=_moment(stat.last),
        levels={level: stat.levels[level] for level in LEVELS if level in stat.levels},
        services=dict(sorted(stat.services.items(), key=lambda item: (-item[1], item[0]))),
        histogram=Cells.of(stat.histogram),
        histogram_step=stat.step,
        examples=tuple((example.line_no, example.text.decode("utf-8", "replace")) for example in examples),
        sources=tuple(example.source for example in examples),
        shapes=len(members),
        samples=tuple(_samples(members)),
        place=lead[1:-1].decode("utf-8", "replace") if is_place(lead) else "",
    )


def _shown(stat: ShapeStat) -> list[Example]:
    """Of the sample, records with different texts in the order in which they stand."""
    shown: dict[bytes, Example] = {}
    for example in sorted(stat.examples.values(), key=lambda each: (each.source, each.line_no, each.text)):
        shown.setdefault(example.text, example)
    kept = {example: mark for mark, example in stat.examples.items()}
    chosen = sorted(shown.values(), key=lambda example: kept[example])[:EXAMPLES]
    return sorted(chosen, key=lambda each: (each.source, each.line_no))


def _moment(at: float | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)
