"""A log in blocks, for the formats that a layout frames: most lines go through the kernels, the others to their reader.

A line that the layout leaves to the reader may go on with the record before it, so the line before is read there too.
Such runs of lines are cut out of the block and read as the reader reads a whole log; the rest never becomes an object.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.collector import Collector, Shown
from sevline.core.mining.frames import FLAGS, READ, TIMED, YEARED, ZONED
from sevline.core.mining.jit import compiled
from sevline.core.mining.layouts import BARE_LINES, WRAPPED, Layout, framed, rewritten
from sevline.core.mining.wide import faced, newlines, words_for
from sevline.core.readers.logs.lines import LINE_LIMIT, LineFacts, lines_of
from sevline.core.readers.logs.reading import BACK, Clock, LogReading, records_of
from sevline.core.readers.logs.record import LogRecord
from sevline.core.readers.logs.unfold import NumberedLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.frames import Numbers, Times
    from sevline.core.mining.wide import Block

    Flags = NDArray[np.bool_]

BLOCK = 2 * 1024 * 1024
"""Bytes that are framed at once."""

_HELD = 16 * 1024 * 1024
"""More than this is never held back for a record that does not end."""

_IN_JSON = frozenset({Layout.JSON_LINES, Layout.DOCKER_JSON})

Found = Callable[[Sequence[int], list[bytes]], None]
"""Is handed line numbers and the shape of each."""


class Bulk:
    """Reads one source to its end; `reading` keeps its counts, `collector` what the kernels counted.

    `slow` is handed the records that the reader made. `window`: epoch seconds [from, to), records outside are left out.
    """

    def __init__(
        self, layout: Layout, reading: LogReading, collector: Collector, *, reference: datetime | None,
        slow: Callable[[list[LogRecord]], None], window: tuple[float, float] | None = None, found: Found | None = None,
        first_line: int = 1, latest: datetime | None = None,
    ) -> None:  # fmt: skip
        self.layout, self.reading, self.collector, self.reference = layout, reading, collector, reference
        self.slow, self.window, self.found, self.line = slow, window, found, first_line
        self.clock = Clock(reading, reference, None, latest=latest)
        self.moment = reference.timestamp() if reference else 0.0
        self.year = reference.year if reference else 0
        self._before, self._back, self._slow_times = -np.inf, 0, list[tuple[int, float]]()
        self._words, self._ends = np.empty(0, np.uint64), np.empty(0, np.int64)
        self._rows: tuple[Numbers, Times] = np.empty((0, 8), np.int64), np.empty(0, np.float64)

    def read(self, blocks: Iterable[bytes]) -> None:
        """`blocks`: UTF-8, cut anywhere."""
        held = b""
        for block in _sized(blocks):
            if cut := block.rfind(b"\n") + 1:
                whole = b"".join((held, memoryview(block)[:cut]))
                held = self._block(whole, final=False) + _bounded(block[cut:])
            else:
                held = self._block(held + block, final=False)
            if len(held) > _HELD:
                cut = held.rfind(b"\n") + 1 or len(held)
                self._block(_shortened(held[:cut]), final=True)
                held = held[cut:]
        if held:
            self._block(held, final=True)
        self.reading.backwards = self._back

    def _block(self, block: bytes, *, final: bool) -> bytes:
        """Reads what surely is complete; gives the rest, which must stand before the next block."""
        rest = b""
        if block[-1:] != b"\n":
            cut = block.rfind(b"\n") + 1
            if final:
                block += b"\n"
            else:
                block, rest = block[:cut], _bounded(block[cut:])
        if not block:
            return rest
        faces, ends = self._faced(rewritten(block, self.layout))
        edges = ends if faces.bytes is block else np.flatnonzero(np.frombuffer(block, np.uint8) == 10)
        frames, times = framed(faces, ends, self.layout, self.moment, self.year, self._rows)
        if b"\0" in block or (self.layout in _IN_JSON and not _is_utf8(block)):
            frames[:, FLAGS] = 0
        left = self._left_to_reader(frames)
        last = len(ends)
        if not final:
            while last > 0 and (left[last - 1] or last == len(ends)):
                last -= 1
            rest = block[_start(edges, last) :] + rest
        self._lines(block, faces, edges[:last], frames[:last], times[:last], left[:last])
        return rest

    def _faced(self, block: bytes) -> "tuple[Block, Numbers]":
        """The block and where its lines end, in the memory of the block before."""
        if words_for(block) > len(self._words):
            self._words = np.empty(words_for(block) * 5 // 4, np.uint64)
        faces = faced(block, self._words)
        ends = self._ends_of(faces)
        if len(ends) > len(self._rows[1]):
            count = len(ends) * 5 // 4
            self._rows = np.empty((count, 8), np.int64), np.empty(count, np.float64)
        return faces, ends

    def _ends_of(self, faces: "Block") -> "Numbers":
        if not compiled():
            return np.flatnonzero(faces.text == 10)
        while (count := newlines(faces.wide, self._ends)) > len(self._ends):
            self._ends = np.empty(count * 5 // 4, np.int64)
        return self._ends[:count]

    def _left_to_reader(self, frames: "Numbers") -> "Flags":
        unread = (frames[:, FLAGS] & READ) == 0
        left: Flags = unread.copy()
        left[:-1] |= unread[1:]
        if self.layout is Layout.PLAIN or self.layout in WRAPPED:
            left[1:] |= unread[:-1]
        return left

    def _lines(
        self, text: bytes, block: "Block", edges: "Numbers", frames: "Numbers", times: "Times",
        left: "Flags",
    ) -> None:  # fmt: skip
        """`text`: the lines as they stand, which end at `edges`; `block`: as they were framed."""
        if not len(edges):
            return
        numbers = np.arange(self.line, self.line + len(edges))
        runs = [(text[_start(edges, begin) : _start(edges, end)], begin, end) for begin, end in _runs(left)]
        if self.layout in BARE_LINES:
            for run, begin, end in runs:
                self._slow_lines(run, range(self.line + begin, self.line + end))
        elif runs:  # each begins with a header, so that none goes on with the run before it
            self._slow_lines(b"".join(text for text, _, _ in runs), numbers[left].tolist())
        self._note_steps(times[~left], frames[~left, FLAGS], numbers[~left])
        if not runs:
            self._fast_lines(block, frames, times, numbers, self._shown(text, edges, np.arange(len(edges))))
        elif not left.all():
            kept = np.flatnonzero(~left)
            self._fast_lines(block, frames[kept], times[kept], numbers[kept], self._shown(text, edges, kept))
        self.line += len(edges)

    def _note_steps(self, times: "Times", flags: "Numbers", numbers: "Numbers") -> None:
        """Counts the records that are older than the one before them, as the clock of the readers does."""
        timed = (flags & TIMED) != 0
        found = times[timed]
        if self._slow_times:
            lines, slow = zip(*self._slow_times, strict=True)
            order = np.argsort(np.concatenate((numbers[timed], lines)), kind="stable")
            found = np.concatenate((found, slow))[order]
            self._slow_times.clear()
        if len(found):
            self._back += int((np.diff(found, prepend=self._before) < -BACK).sum())
            self._before = float(found[-1])

    def _shown(self, text: bytes, edges: "Numbers", kept: "Numbers") -> "Shown | None":
        """Of a layout whose message is made of parts of the line, the lines themselves."""
        if self.layout is not Layout.ACCESS_LOG:
            return None
        begins = np.concatenate((np.zeros(1, np.int64), edges[:-1] + 1))
        return Shown(text, begins[kept], edges[kept])

    def _slow_lines(self, block: bytes, line_numbers: Iterable[int]) -> None:
        facts = LineFacts()
        numbered = map(NumberedLine, line_numbers, lines_of([block], facts))
        records = list(records_of(numbered, self.reading, self.clock))
        told = self.reading.lines
        told.lines, told.cut, told.nul = told.lines + facts.lines, told.cut + facts.cut, told.nul + facts.nul
        self._slow_times += [(record.line_no, record.at) for record in records if record.at is not None]
        self.slow(records)

    def _fast_lines(
        self, block: "Block", frames: "Numbers", times: "Times", numbers: "Numbers", shown: "Shown | None"
    ) -> None:
        reading, flags = self.reading, frames[:, FLAGS]
        count = len(frames)
        timed = int(((flags & TIMED) != 0).sum())
        reading.lines.lines += count
        reading.count += count
        reading.parsed += count
        reading.by_format[self.layout.name.lower()] += count
        reading.untimed += count - timed
        reading.zone_unknown += timed - int(((flags & ZONED) != 0).sum())
        reading.year_inferred += count - int(((flags & YEARED) != 0).sum())
        if self.window is not None:
            begin, end = self.window
            inside = np.flatnonzero(((flags & TIMED) != 0) & (times >= begin) & (times < end))
            frames, times, numbers = frames[inside], times[inside], numbers[inside]
            shown = None if shown is None else Shown(shown.text, shown.begins[inside], shown.ends[inside])
        ids = self.collector.add(block, frames, times, numbers, shown)
        if self.found is not None and len(ids):
            shapes = self.collector.shape_texts()
            self.found(numbers.tolist(), [shapes[number] for number in ids.tolist()])


def _start(edges: "Numbers", line: int) -> int:
    """Where a line begins; of the line behind the last, where that ends."""
    return int(edges[line - 1]) + 1 if line else 0


def _runs(left: "Flags") -> Iterator[tuple[int, int]]:
    """Begin and end of each run of lines that are left to the reader."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], left, [False])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _sized(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks of about BLOCK bytes."""
    parts: list[bytes] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size >= BLOCK:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        yield b"".join(parts)


def _bounded(line: bytes) -> bytes:
    """Of an unfinished line, no more than shows that it is too long."""
    return line if len(line) <= 2 * LINE_LIMIT else line[: LINE_LIMIT + 1]


def _shortened(block: bytes) -> bytes:
    return block if block[-1:] == b"\n" else block + b"\n"


def _is_utf8(block: bytes) -> bool:
    if block.isascii():
        return True
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
