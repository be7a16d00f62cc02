"""The additive summary of a log: shapes with their statistics, and what was noticed while reading.

`state + state` is associative and commutative, so a log may be split anywhere between records, over any number of
workers, and added up in any order. Memory is bounded: when there are more shapes than the cap, all are folded to a
coarser key, and the coarsest level needed depends on the set of shapes alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from itertools import islice
from zlib import crc32

from sevline.core.mining.fieldoutcomes import NONE, outcome_in
from sevline.core.mining.levels import COARSEST
from sevline.core.mining.masking import RAISED, lead_of, mask
from sevline.core.mining.patterns import LogPattern, pattern_ids, patterns_of
from sevline.core.mining.shape import EXAMPLE_BYTES, FIELD_BYTES, ShapeStat, mark_of
from sevline.core.readers.logs.record import LogRecord
from sevline.core.readers.logs.traces import headed

SHAPE_CAP = 50_000
JSON_NOTE = "The lines were taken out of JSON."
SHAPE_BYTES = 2000
_BATCH = 2000


@dataclass(slots=True)
class SourceFacts:
    """What was noticed in one source, summed over its parts."""

    bytes: int = 0
    lines: int = 0
    records: int = 0
    parsed: int = 0
    joined: int = 0
    cut: int = 0
    joined_cut: int = 0
    nul: int = 0
    undecoded: int = 0
    untimed: int = 0
    zone_unknown: int = 0
    year_inferred: int = 0
    backwards: int = 0
    formats: dict[str, int] = field(default_factory=dict)
    """Records read by each format; `plain` counts lines that no format read."""
    notes: frozenset[str] = frozenset()
    """Sentences for the reader: a stream that ended early, an encoding other than UTF-8."""

    def __add__(self, other: "SourceFacts") -> "SourceFacts":
        summed = SourceFacts(notes=self.notes | other.notes)
        for name in (each.name for each in fields(self) if each.name not in {"formats", "notes"}):
            setattr(summed, name, getattr(self, name) + getattr(other, name))
        for form in sorted({*self.formats, *other.formats}):
            summed.formats[form] = self.formats.get(form, 0) + other.formats.get(form, 0)
        return summed

    @property
    def is_document(self) -> bool:
        """JSON of which most parts have no time: no log, but a state that somebody wrote down."""
        return JSON_NOTE in self.notes and 2 * self.untimed > self.records

    @property
    def share_parsed(self) -> float:
        """Part of the records whose header was read, 0 to 1."""
        return self.parsed / self.records if self.records else 0.0


def _lead(record: LogRecord) -> bytes:
    return lead_of(record.level, record.service, outcome_in(record.fields) if record.fields else NONE)


def _head(message: bytes) -> bytes:
    first, raised = headed(message)
    return first[: SHAPE_BYTES - len(raised)] + RAISED + raised if raised else first[:SHAPE_BYTES]


def _folded(shape: bytes, level: int) -> bytes:
    if not level:
        return shape
    from sevline.core.mining.folding import fold

    return fold(shape, level)


def _unknown(shape: bytes) -> ShapeStat | None:
    del shape
    return None


@dataclass(slots=True)
class LogState:
    """`shapes`: shape text, folded to `level`, -> its statistics. `sources`: name -> what was noticed there."""

    shapes: dict[bytes, ShapeStat] = field(default_factory=dict)
    sources: dict[str, SourceFacts] = field(default_factory=dict)
    level: int = 0
    cap: int = SHAPE_CAP

    def __add__(self, other: "LogState") -> "LogState":
        summed = LogState(cap=min(self.cap, other.cap), level=max(self.level, other.level))
        for state in (self, other):
            for shape, stat in state.shapes.items():
                summed._stat(_folded(shape, summed.level)).merge(stat)
            for name, facts in state.sources.items():
                summed.sources[name] = summed.sources.get(name, SourceFacts()) + facts
        summed._keep_bounded()
        return summed

    @property
    def records(self) -> int:
        return sum(stat.count for stat in self.shapes.values())

    def note(self, source: str, sentence: str) -> None:
        """Adds a sentence for the reader to a source that was read; one that was not is left out."""
        if sentence and source in self.sources:
            facts = self.sources[source]
            facts.notes |= {sentence}

    def patterns(self) -> tuple[LogPattern, ...]:
        """Shapes grouped by the statement that wrote them, the most telling first."""
        return patterns_of(self.shapes)

    def ids_of_shapes(self) -> dict[bytes, str]:
        """The id of each shape's statement; only when all records have been added."""
        return pattern_ids(self.shapes)

    def pattern_of(self) -> Callable[[bytes], str]:
        """Tells the pattern's id for a shape that was handed out while reading; when all records have been added."""
        ids = pattern_ids(self.shapes, outcomes=True)
        return lambda shape: ids[self.key_of(shape)]

    def key_of(self, shape: bytes) -> bytes:
        """Where a shape that was handed out while reading stands in `shapes` now."""
        return _folded(shape, self.level)

    def add(self, records: Iterable[LogRecord], *, source: str = "") -> list[bytes]:
        """Counts the records; gives the shape of each, in their order, before any folding."""
        shapes: list[bytes] = []
        stream = iter(records)
        while batch := list(islice(stream, _BATCH)):
            shapes.extend(self.add_batch(batch, source=source))
        return shapes

    def add_batch(self, batch: list[LogRecord], *, source: str = "") -> list[bytes]:
        """As `add`, for as many records as are handled at once; their messages are masked in one pass."""
        heads = [
            _head(message) if b"\n" in message else message[:SHAPE_BYTES]
            for message in (record.message for record in batch)
        ]
        masked = mask(b"\n".join(heads)).split(b"\n")
        shapes = [_lead(record) + shape for record, shape in zip(batch, masked, strict=True)]
        known = self.shapes.get if not self.level else _unknown
        seed = crc32(source.encode("utf-8", "replace"))
        for record, shape in zip(batch, shapes, strict=True):
            at, level, service, message = record.at, record.level, record.service, record.message
            line_no, shown = record.line_no, record.shown
            stat = known(shape) or self._stat(_folded(shape, self.level))
            stat.add(at, level, service)
            mark = mark_of(line_no, seed)
            if mark < stat.widest:
                text, fields = (shown or message)[:EXAMPLE_BYTES], record.fields[:FIELD_BYTES]
                stat.offer(mark, text, source, line_no, fields)
        self._keep_bounded()
        return shapes

    def add_stats(self, stats: dict[bytes, ShapeStat], level: int) -> None:
        """Takes in what a bulk reading collected, folded to `level`; `stats` is the state's own from then on."""
        if not self.shapes and level >= self.level:
            self.shapes, self.level = stats, level
            return
        if level != self.level:
            part = LogState(stats, {}, level, self.cap)
            summed = self + part
            self.shapes, self.level = summed.shapes, summed.level
            return
        known, self.shapes = self.shapes, stats
        for shape, stat in known.items():
            if shape in stats:
                stats[shape].merge(stat)
            else:
                stats[shape] = stat
        self._keep_bounded()

    def _stat(self, key: bytes) -> ShapeStat:
        stat = self.shapes.get(key)
        if stat is None:
            stat = self.shapes[key] = ShapeStat()
        return stat

    def _keep_bounded(self) -> None:
        while len(self.shapes) > self.cap and self.level < COARSEST:
            self.level += 1
            folded: dict[bytes, ShapeStat] = {}
            for shape, stat in self.shapes.items():
                key = _folded(shape, self.level)
                if key in folded:
                    folded[key].merge(stat)
                else:
                    folded[key] = stat.copy()
            self.shapes = folded
