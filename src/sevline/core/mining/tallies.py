"""How often each of many keys was seen, exactly: what is new in a small table of hashes, all else in one list in rising
order, sixteen bytes a key. Kernels; see `jit`."""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.cells import MOST, STEPS, added
from sevline.core.mining.frames import FLAGS, LEVEL, TIMED
from sevline.core.mining.jit import jit, part

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Times

SLOTS = 1 << 18
_FULL = SLOTS // 2
_SHIFT = np.uint64(46)
"""Leaves the highest bits, as many as a table's places need."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
MINUTE_BITS = 40
"""Of a key of a shape and a minute; a minute may be before 1970."""

EPOCH = 1 << (MINUTE_BITS - 1)
SERVICE_BITS = 20
_STEPS = np.array(STEPS, np.int64)


class Tally:
    """`keys` and `counts`: the list, of which the first `size` are used. `fresh`: the table, of `used` keys, each with
    its count."""

    def __init__(self) -> None:
        self.fresh = np.zeros((SLOTS, 2), np.int64)
        self.used = np.zeros(1, np.int64)
        self.keys, self.counts = np.empty(0, np.int64), np.empty(0, np.int64)
        self.size = 0

    def settle(self) -> None:
        """Takes what is in the table into the list."""
        if not self.used[0]:
            return
        keys = self.fresh[:, 0][self.fresh[:, 0] != 0]
        keys.sort()
        numbers = np.empty(len(keys), np.int64)
        with np.errstate(over="ignore"):
            look_up(keys, self.fresh, numbers)
        self.fresh[:], self.used[0] = 0, 0
        size = self.size + len(keys) - shared(self.keys, self.size, keys)
        if size > len(self.keys):
            more = np.empty(max(size * 5 // 4, 4096) - self.size, np.int64)
            self.keys, self.counts = (
                np.concatenate((self.keys[: self.size], more)),
                np.concatenate((self.counts[: self.size], more)),
            )
        merge(self.keys, self.counts, self.size, size, keys, numbers)
        self.size = size

    def found(self) -> "tuple[Numbers, Numbers]":
        """Keys in rising order, and how often each was seen."""
        self.settle()
        return self.keys[: self.size], self.counts[: self.size]

    def replace(self, keys: "Numbers", counts: "Numbers") -> None:
        """Other keys for those of `found`, in any order, of which some may be the same."""
        self.keys, self.counts = added(keys, counts)
        self.size = len(self.keys)


class CellTally(Tally):
    """Keys are a shape and a minute. `steps`: how wide the cells of each shape are; they widen where it has too
    many."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.steps = np.ones(rows, np.int64)

    def settle(self) -> None:
        super().settle()
        self.size = widen(self.keys, self.counts, self.size, self.steps, _STEPS)

    def fold(self, mapping: "Numbers") -> None:
        """Shapes become those that `mapping` names."""
        keys, counts = self.found()
        steps = np.ones(len(self.steps), np.int64)
        np.maximum.at(steps, mapping, self.steps[: len(mapping)])
        shapes = mapping[keys >> MINUTE_BITS]
        minutes = (keys & ((1 << MINUTE_BITS) - 1)) - EPOCH
        self.steps = steps
        self.replace((shapes << MINUTE_BITS) | (minutes - minutes % steps[shapes] + EPOCH), counts)
        self.size = widen(self.keys, self.counts, self.size, self.steps, _STEPS)

    def grow(self, rows: int) -> None:
        self.steps = np.concatenate((self.steps, np.ones(rows - len(self.steps), np.int64)))


@part
def _place(key: int, table: "Numbers") -> int:
    """Where a key stands in the table, or the free place for it."""
    slot = np.int64((np.uint64(key) * _MIX) >> _SHIFT)
    while table[slot, 0] != key and table[slot, 0] != 0:
        slot = (slot + 1) & (SLOTS - 1)
    return slot  # type: ignore[return-value]  # an index is signed


@part
def _count(key: int, table: "Numbers", used: "Numbers") -> None:
    slot = _place(key, table)
    if table[slot, 0] == 0:
        table[slot, 0] = key
        used[0] += 1
    table[slot, 1] += 1


@jit
def look_up(keys: "Numbers", table: "Numbers", counts: "Numbers") -> None:
    for at in range(len(keys)):
        counts[at] = table[_place(keys[at], table), 1]


@jit
def observe(
    frames: "Numbers", times: "Times", ids: "Numbers", services: "Numbers", line: int, first: "Times", last: "Times",
    levels: "Numbers", steps: "Numbers", cells: "Numbers", used: "Numbers", pairs: "Numbers", paired: "Numbers",
) -> int:  # fmt: skip
    """Times, levels, minutes and services of each shape, from `line` on; gives the line where it stopped because a
    table was half full, or how many there are."""
    minute, begin = np.int64(0), np.inf
    while line < len(frames):
        if used[0] >= _FULL or paired[0] >= _FULL:
            return line
        shape, at = ids[line], times[line]
        levels[shape, frames[line, LEVEL] + 1] += 1
        if services[line] > 0:
            _count((shape << SERVICE_BITS) | services[line], pairs, paired)
        if frames[line, FLAGS] & TIMED != 0:
            first[shape] = min(first[shape], at)
            last[shape] = max(last[shape], at)
            if not begin <= at < begin + 60.0:
                begin = np.floor(at / 60.0) * 60.0
                if begin > at:
                    begin -= 60.0
                minute = np.int64(begin / 60.0)
            start = minute if steps[shape] == 1 else minute - minute % steps[shape]
            _count((shape << MINUTE_BITS) | (start + EPOCH), cells, used)
        line += 1
    return line


@jit
def shared(keys: "Numbers", size: int, others: "Numbers") -> int:
    """How many keys stand in both lists."""
    found, at = 0, 0
    for other in range(len(others)):
        while at < size and keys[at] < others[other]:
            at += 1
        if at < size and keys[at] == others[other]:
            found += 1
    return found


@jit
def merge(keys: "Numbers", counts: "Numbers", size: int, whole: int, others: "Numbers", numbers: "Numbers") -> None:
    """The second list into the first, which has room for the `whole` of both behind its `size`."""
    at, other, to = size - 1, len(others) - 1, whole - 1
    while other >= 0:
        if at >= 0 and keys[at] > others[other]:
            keys[to], counts[to] = keys[at], counts[at]
            at -= 1
        else:
            count = numbers[other]
            if at >= 0 and keys[at] == others[other]:
                count += counts[at]
                at -= 1
            keys[to], counts[to] = others[other], count
            other -= 1
        to -= 1


@jit
def widen(keys: "Numbers", counts: "Numbers", size: int, steps: "Numbers", wider: "Numbers") -> int:
    """Widens the cells of the shapes that have too many; gives how many are left of all."""
    begin, kept = 0, 0
    while begin < size:
        shape = keys[begin] >> MINUTE_BITS
        end = begin
        while end < size and keys[end] >> MINUTE_BITS == shape:
            end += 1
        stop = end
        while stop - begin > MOST:
            steps[shape] = _next_step(steps[shape], wider)
            stop = _closer(keys, counts, begin, stop, steps[shape])
        for here in range(begin, stop):
            keys[kept], counts[kept] = keys[here], counts[here]
            kept += 1
        begin = end
    return kept


@part
def _next_step(step: int, wider: "Numbers") -> int:
    """As `cells.next_step`."""
    for one in wider:
        if one > step:
            return int(one)
    return step * 4


@part
def _closer(keys: "Numbers", counts: "Numbers", begin: int, end: int, step: int) -> int:
    """The cells of one shape in wider ones; gives where they end."""
    to = begin - 1
    for at in range(begin, end):
        minute = (keys[at] & ((1 << MINUTE_BITS) - 1)) - EPOCH
        key = keys[at] - minute % step
        if to >= begin and keys[to] == key:
            counts[to] += counts[at]
        else:
            to += 1
            keys[to], counts[to] = key, counts[at]
    return to + 1
