"""The state of a bulk reading while it grows: arrays, one row a shape. It becomes a `LogState` in the end."""

from collections.abc import Iterator
from itertools import compress, pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from sevline.core.mining.absorb import (
    LEADS,
    NO_MARK,
    ROOM,
    SHAPE_BYTES,
    SIGNS,
    absorb,
    name_services,
    refold,
    remark,
)  # fmt: skip
from sevline.core.mining.cells import Cells
from sevline.core.mining.examples import SAMPLES, Example, Kept
from sevline.core.mining.folding import common_words
from sevline.core.mining.frames import BEGIN, END, ESCAPED, FIELDED, FLAGS, MESSAGE, MESSAGE_END
from sevline.core.mining.levels import COARSEST
from sevline.core.mining.shape import (
    EXAMPLE_BYTES,
    EXAMPLES,
    FIELD_BYTES,
    SAMPLE_BYTES,
    ShapeStat,
    growing,
)
from sevline.core.mining.tallies import EPOCH, MINUTE_BITS, SERVICE_BITS, CellTally, Tally, observe
from sevline.core.readers.logs.levels import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.frames import Numbers, Times
    from sevline.core.mining.wide import Block

    Hashes = NDArray[np.uint64]

LETTERS = np.frombuffer(b"TDIWEF", np.uint8)
_SERVICES = 1 << 16
_SAMPLES_HELD = 1 << 15


class Shown(NamedTuple):
    """Lines as they stand in `text`, for records whose message was made of parts of theirs."""

    text: bytes
    begins: "Numbers"
    ends: "Numbers"


class Collector:
    """Adds up blocks of frames of one source; `cap` shapes at most, then all are folded one level coarser.

    `fielded`: the lines name fields beside the message, so a sampled record keeps its line; `wrapped`: some may, behind
    the header of a container runtime.
    """

    def __init__(self, source: str, cap: int, *, fielded: bool = False, wrapped: bool = False) -> None:
        self.fielded, self.wrapped = fielded, wrapped
        self.source, self.seed, self.cap, self.level = source, crc32(source.encode("utf-8", "replace")), cap, 0
        self.words = common_words()
        rows = min(cap + 2, 4096)
        self.table, self.owner = np.zeros(1 << 14, np.uint64), np.zeros(1 << 14, np.int64)
        self.counts, self.marks = np.zeros(rows, np.int64), np.full((rows, SAMPLES), NO_MARK, np.int64)
        self.first, self.last = np.full(rows, np.inf), np.full(rows, -np.inf)
        self.levels = np.zeros((rows, len(LEVELS) + 1), np.int64)
        self.arena, self.bounds = np.empty(1 << 20, np.uint8), np.zeros(rows + 1, np.int64)
        self.state = np.zeros(3, np.int64)
        self.room = np.zeros(ROOM // 8, np.uint64)
        self.scratch, self.plain = self.room.view(np.uint8), np.empty(SHAPE_BYTES + 8, np.uint8)
        self.sampled = np.empty((0, 3), np.int64)
        self.texts: list[bytes] = []
        self.fields: list[bytes] = []
        self.held = _SAMPLES_HELD
        self.service_table, self.service_owner = np.zeros(2 * _SERVICES, np.uint64), np.zeros(2 * _SERVICES, np.int64)
        self.service_arena, self.service_bounds = np.empty(1 << 22, np.uint8), np.zeros(_SERVICES + 2, np.int64)
        self.service_state = np.array([2, 0], np.int64)
        self.leads = np.zeros((_SERVICES + 2) * LEADS, np.uint64)
        self.cells, self.pairs = CellTally(rows), Tally()

    @property
    def shapes(self) -> int:
        return int(self.state[0])

    def add(
        self, block: "Block", frames: "Numbers", times: "Times", numbers: "Numbers", shown: Shown | None = None
    ) -> "Numbers":
        """Counts the records of a block; `numbers`: the line of each in the source. Gives the shape of each."""
        with np.errstate(over="ignore"):
            return self._add(block, frames, times, numbers, shown)

    def _add(
        self, block: "Block", frames: "Numbers", times: "Times", numbers: "Numbers", shown: Shown | None
    ) -> "Numbers":
        ids, services = np.empty(len(frames), np.int64), np.empty(len(frames), np.int64)
        samples = np.empty((max(4096, len(frames) // 4), 3), np.int64)
        name_services(
            block.text, block.wide, frames, self.service_table, self.service_owner, self.service_arena,
            self.service_bounds, services, self.service_state,
        )  # fmt: skip
        line = 0
        while line < len(frames):
            begun = line
            line = absorb(
                block.text, block.wide, frames, numbers, services, line, self.seed, self.level, self.words, self.table,
                self.owner, self.counts, self.marks, self.arena, self.bounds, ids, samples, SIGNS, LETTERS, self.leads,
                self.state, self.scratch, self.room, self.plain,
            )  # fmt: skip
            self._observe(frames[begun:line], times[begun:line], ids[begun:line], services[begun:line])
            self._sample(block.bytes, frames, numbers, samples, shown)
            if line < len(frames):
                self._make_room(ids[:line])
        return ids

    def shape_texts(self) -> list[bytes]:
        text, bounds = self.arena[: self.state[1]].tobytes(), self.bounds[: self.shapes + 1].tolist()
        return [text[begin:end] for begin, end in pairwise(bounds)]

    def stats(self) -> dict[bytes, ShapeStat]:
        """What was collected, shape by shape."""
        with np.errstate(over="ignore"):
            self._fold(np.empty(0, np.int64))
        with growing():
            return self._stats()

    def _stats(self) -> dict[bytes, ShapeStat]:
        texts = self.shape_texts()
        found = [ShapeStat() for _ in texts]
        count, first, last = self.counts.tolist(), self.first.tolist(), self.last.tolist()
        for shape, stat in enumerate(found):
            stat.count = count[shape]
            if first[shape] <= last[shape]:
                stat.first, stat.last = first[shape], last[shape]
        rows, columns = np.nonzero(self.levels[: len(texts), 1:])
        numbers = self.levels[rows, columns + 1].tolist()
        for shape, level, number in zip(rows.tolist(), columns.tolist(), numbers, strict=True):
            found[shape].levels[LEVELS[level]] = number
        names = self._service_names()
        keys, counts = self.pairs.found()
        for shape, begin, end in _stretches(keys >> SERVICE_BITS):
            services = (keys[begin:end] & ((1 << SERVICE_BITS) - 1)).tolist()
            for service, number in zip(services, counts[begin:end].tolist(), strict=True):
                found[shape].add_service(names[service], number)
        keys, counts = self.cells.found()
        for shape, begin, end in _stretches(keys >> MINUTE_BITS):
            minutes = (keys[begin:end] & ((1 << MINUTE_BITS) - 1)) - EPOCH
            found[shape].histogram = Cells.of_columns(minutes, counts[begin:end])
            found[shape].step = int(self.cells.steps[shape])
        for shape, examples in self._examples():
            found[shape].keep_examples(examples)
        stats: dict[bytes, ShapeStat] = {}
        for text, stat in zip(texts, found, strict=True):
            if text in stats:  # a message that holds the sign behind a lead can have the text of another key
                stats[text].merge(stat)
            else:
                stats[text] = stat
        return stats

    def _observe(self, frames: "Numbers", times: "Times", ids: "Numbers", services: "Numbers") -> None:
        cells, pairs, line = self.cells, self.pairs, 0
        while line < len(frames):
            line = observe(
                frames, times, ids, services, line, self.first, self.last, self.levels, cells.steps, cells.fresh,
                cells.used, pairs.fresh, pairs.used,
            )  # fmt: skip
            if line < len(frames):
                cells.settle()
                pairs.settle()

    def _sample(
        self, block: bytes, frames: "Numbers", numbers: "Numbers", samples: "Numbers", shown: Shown | None
    ) -> None:
        """Takes the text of the records that are among those with the smallest marks of their shapes."""
        found = samples[: self.state[2]]
        found = found[found[:, 2] <= self.marks[found[:, 1], SAMPLES - 1]]
        lines = found[:, 0]
        begins, flags = frames[lines, MESSAGE], frames[lines, FLAGS]
        ends = np.minimum(frames[lines, MESSAGE_END], begins + EXAMPLE_BYTES)
        texts = [block[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        for at in np.flatnonzero(flags & ESCAPED).tolist():
            texts[at] = _plain(texts[at])
        if shown is not None:
            spans = zip(shown.begins[lines].tolist(), shown.ends[lines].tolist(), strict=True)
            texts = [shown.text[begin:end].rstrip(b"\r")[:EXAMPLE_BYTES] for begin, end in spans]
        self.sampled = np.concatenate((self.sampled, np.column_stack((found[:, 1], found[:, 2], numbers[lines]))))
        self.texts += texts
        if self.fielded:
            begins, ends = frames[lines, BEGIN], np.minimum(frames[lines, END], frames[lines, BEGIN] + FIELD_BYTES)
            self.fields += [block[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        elif self.wrapped:
            lined = zip(frames[lines, BEGIN].tolist(), frames[lines, END].tolist(), flags.tolist(), strict=True)
            self.fields += [_behind_header(block[begin:end]) if flag & FIELDED else b"" for begin, end, flag in lined]
        self.state[2] = 0
        if len(self.texts) > self.held:
            self._drop_samples()

    def _drop_samples(self) -> None:
        """Leaves out the sampled records whose shape has enough with smaller marks by now."""
        kept = self.sampled[:, 1] <= self.marks[self.sampled[:, 0], SAMPLES - 1]
        self.texts = list(compress(self.texts, kept.tolist()))
        self.fields = list(compress(self.fields, kept.tolist()))
        self.sampled = self.sampled[kept]
        self.held = max(_SAMPLES_HELD, 2 * len(self.texts))

    def _examples(self) -> Iterator[tuple[int, Kept]]:
        """Shape, and its records by their marks; texts are cut but for the EXAMPLES smallest marks."""
        self._drop_samples()
        if not self.texts:
            return
        order = np.lexsort((self.sampled[:, 1], self.sampled[:, 0]))
        sampled, places = self.sampled[order], order.tolist()
        marks, lines = sampled[:, 1].tolist(), sampled[:, 2].tolist()
        for shape, begin, end in _stretches(sampled[:, 0]):
            found = []
            for at in range(begin, end):
                place = places[at]
                text = self.texts[place] if at < begin + EXAMPLES else self.texts[place][:SAMPLE_BYTES]
                fields = self.fields[place] if self.fields else b""
                found.append((marks[at], Example(text, self.source, lines[at], fields)))
            yield shape, Kept.packed(list(dict(found).items()))

    def _make_room(self, ids: "Numbers") -> None:
        if self.shapes > self.cap:
            self._fold(ids)
            return
        if self.state[1] + ROOM > len(self.arena):
            self.arena = np.concatenate((self.arena, np.empty(len(self.arena), np.uint8)))
        if self.shapes + 1 >= len(self.counts):
            self._widen(min(self.cap + 2, 2 * len(self.counts)))
        if 2 * self.shapes > len(self.table):
            old, owner = self.table, self.owner
            self.table, self.owner = _rehashed(old, owner, 4 * len(old))

    def _widen(self, rows: int) -> None:
        more = rows - len(self.counts)
        self.counts = np.concatenate((self.counts, np.zeros(more, np.int64)))
        self.marks = np.concatenate((self.marks, np.full((more, SAMPLES), NO_MARK, np.int64)))
        self.first, self.last = (
            np.append(self.first, np.full(more, np.inf)),
            np.append(self.last, np.full(more, -np.inf)),
        )
        self.levels = np.concatenate((self.levels, np.zeros((more, self.levels.shape[1]), np.int64)))
        self.bounds = np.concatenate((self.bounds, np.zeros(more, np.int64)))
        self.cells.grow(rows)

    def _fold(self, ids: "Numbers") -> None:
        """One level coarser, until there are no more than `cap`; `ids` are changed to the new numbers."""
        while self.shapes > self.cap and self.level < COARSEST:
            self.level += 1
            shapes, rows = self.shapes, len(self.counts)
            mapping, bounds = np.empty(shapes, np.int64), np.zeros(rows + 1, np.int64)
            arena = np.empty(len(self.arena) + ROOM, np.uint8)
            self.table, self.owner = np.zeros(len(self.table), np.uint64), np.zeros(len(self.table), np.int64)
            count = refold(
                self.arena, self.bounds, shapes, self.level, self.words, self.table, self.owner, arena, bounds, mapping,
                self.scratch, self.room,
            )  # fmt: skip
            marks = np.full((rows, SAMPLES), NO_MARK, np.int64)
            remark(self.marks[:shapes], mapping, marks)
            self._merge_rows(mapping, rows)
            self.arena, self.bounds, self.marks = arena, bounds, marks
            self.state[0], self.state[1] = count, bounds[count]
            ids[:] = mapping[ids]

    def _merge_rows(self, mapping: "Numbers", rows: int) -> None:
        shapes = len(mapping)
        counts, levels = np.zeros(rows, np.int64), np.zeros((rows, self.levels.shape[1]), np.int64)
        first, last = np.full(rows, np.inf), np.full(rows, -np.inf)
        np.add.at(counts, mapping, self.counts[:shapes])
        np.add.at(levels, mapping, self.levels[:shapes])
        np.minimum.at(first, mapping, self.first[:shapes])
        np.maximum.at(last, mapping, self.last[:shapes])
        self.counts, self.levels, self.first, self.last = counts, levels, first, last
        keys, found = self.pairs.found()
        self.pairs.replace((mapping[keys >> SERVICE_BITS] << SERVICE_BITS) | (keys & ((1 << SERVICE_BITS) - 1)), found)
        self.cells.fold(mapping)
        self.sampled[:, 0] = mapping[self.sampled[:, 0]]

    def _service_names(self) -> list[str]:
        text, bounds = self.service_arena[: self.service_state[1]].tobytes(), self.service_bounds.tolist()
        named = pairwise(bounds[2 : self.service_state[0] + 1])
        return ["", "(more services)", *(text[begin:end].decode("utf-8", "replace") for begin, end in named)]


def _behind_header(line: bytes) -> bytes:
    """Of a CRI line, what the program wrote."""
    return line.split(b" ", 3)[3][:FIELD_BYTES]


def _plain(text: bytes) -> bytes:
    return text.replace(b"\\\\", b"\0").replace(b"\\", b"").replace(b"\0", b"\\")


def _stretches(shapes: "Numbers") -> Iterator[tuple[int, int, int]]:
    """Each number of a list in order, and where its stretch begins and ends."""
    if not len(shapes):
        return
    begins = np.flatnonzero(np.concatenate(([True], shapes[1:] != shapes[:-1])))
    yield from zip(shapes[begins].tolist(), begins.tolist(), [*begins[1:].tolist(), len(shapes)], strict=True)


def _rehashed(table: "Hashes", owner: "Numbers", size: int) -> "tuple[Hashes, Numbers]":
    fresh, owners = np.zeros(size, np.uint64), np.zeros(size, np.int64)
    at = np.flatnonzero(table)
    slots = (table[at] & np.uint64(size - 1)).astype(np.int64)
    for code, number, start in zip(table[at], owner[at].tolist(), slots.tolist(), strict=True):
        slot = start
        while fresh[slot]:
            slot = (slot + 1) % size
        fresh[slot], owners[slot] = code, number
    return fresh, owners
