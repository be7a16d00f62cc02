"""What is kept of one shape. Every part is a function of the set of its records alone, so that adding is
associative and commutative: what one part of a log drops, the whole would have dropped too."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from zlib import crc32

from sevline.core.mining.cells import MOST, Cells, next_step
from sevline.core.mining.examples import SAMPLES, Example, Kept

EXAMPLES = 3
"""Records shown of a pattern."""

EXAMPLE_BYTES = 2000
SAMPLE_BYTES = 400
"""Bytes kept of a record that is not among the EXAMPLES smallest marks."""

FIELD_BYTES = 800
"""Bytes kept of the line of a record that names fields beside its message."""

_SERVICES = 100


@dataclass(slots=True)
class ShapeStat:
    """`first` and `last` are epoch seconds; None where no record had a time.

    `histogram`: start minute (since the epoch) of a cell -> records; a cell is `step` minutes wide; cells widen
    when there are too many. `services` keeps those with the smallest hash, each with its exact count. Histogram and
    `examples`, by their marks, are dictionaries while records are added one by one.
    """

    count: int = 0
    first: float | None = None
    last: float | None = None
    levels: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    histogram: dict[int, int] | Cells = field(default_factory=dict)
    step: int = 1
    examples: dict[int, Example] | Kept = field(default_factory=dict)
    widest: int = 1 << 32
    """Marks from here on are not wanted as examples."""

    def add(self, at: float | None, level: str | None, service: str | None) -> None:
        self.count += 1
        if level is not None:
            self.levels[level] = self.levels.get(level, 0) + 1
        if service is not None:
            self.add_service(service, 1)
        if at is not None:
            if self.first is None or at < self.first:
                self.first = at
            if self.last is None or at > self.last:
                self.last = at
            minute = int(at // 60)
            minute -= minute % self.step
            cells = self._growing()
            cells[minute] = cells.get(minute, 0) + 1
            if len(cells) > MOST:
                self._widen()

    def offer(self, mark: int, text: bytes, source: str, line_no: int, fields: bytes = b"") -> None:
        """An example, if its mark is among the smallest seen; see `mark_of`."""
        offered = Example(text, source, line_no, fields)
        if isinstance(self.examples, Kept):
            self.examples = dict(self.examples.pairs())
        examples = self.examples
        found = examples.get(mark)
        if found is not None and found <= offered:
            return
        examples[mark] = offered
        if len(examples) > SAMPLES:
            del examples[max(examples)]
        self._bound()

    def keep_examples(self, found: Kept) -> None:
        """Those of a part that were already chosen by their marks; into a stat that has none."""
        self.examples = found
        self._bound()

    def rest(self) -> None:
        """No records are added one by one any more."""
        self.histogram, self.examples = Cells.of(self.histogram), Kept.of(self.examples)

    def merge(self, *others: "ShapeStat") -> None:
        for other in others:
            self.count += other.count
            for level, count in other.levels.items():
                self.levels[level] = self.levels.get(level, 0) + count
            for service, count in other.services.items():
                self.add_service(service, count)
        both = (self, *others)
        self.first = min((one.first for one in both if one.first is not None), default=None)
        self.last = max((one.last for one in both if one.last is not None), default=None)
        if timed := [one for one in both if one.histogram]:
            step = max(one.step for one in timed)
            self.histogram, self.step = Cells.summed([one.cells_at(step) for one in timed]), step
            self._widen()
        if shown := [Kept.of(one.examples) for one in both if one.examples]:
            self.keep_examples(Kept.summed(shown))

    def copy(self) -> "ShapeStat":
        fresh = ShapeStat()
        fresh.merge(self)
        return fresh

    def add_service(self, service: str, count: int) -> None:
        services = self.services
        if service in services:
            services[service] += count
            return
        services[service] = count
        if len(services) > _SERVICES:
            del services[max(services, key=lambda name: (crc32(name.encode("utf-8", "replace")), name))]

    def _bound(self) -> None:
        if len(self.examples) == SAMPLES:
            self.widest = max(self.examples) + 1

    def _growing(self) -> dict[int, int]:
        if isinstance(self.histogram, Cells):
            self.histogram = dict(self.histogram.items())
        return self.histogram

    def cells_at(self, step: int) -> Cells:
        """The histogram in cells of that width, which is its own or wider."""
        cells = Cells.of(self.histogram)
        return cells if step == self.step else cells.widened(step)

    def _widen(self) -> None:
        """To the smallest step whose cells fit; the steps divide one another, so no order of adding matters."""
        while len(self.histogram) > MOST:
            step = next_step(self.step)
            self.histogram, self.step = self.cells_at(step), step


@contextmanager
def growing() -> Iterator[None]:
    """While many lasting objects are made that form no cycles, nothing is searched for cycles."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def mark_of(line_no: int, seed: int) -> int:
    """A number below 2**32 that spreads the lines of a source evenly, so that the smallest ones are a fair sample.

    `seed` is the CRC-32 of the source's name. The kernel of the same name in `absorb` gives the same.
    """
    code = ((line_no + seed) * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    code ^= code >> 29
    return ((code * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF) >> 32
