"""The histogram of one shape or pattern at rest: its cells in rising order in two arrays.

A cell takes five bytes or a few more here and about a hundred in a dictionary, and there may be a million of them.
"""

from array import array
from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOST = 1500
"""Cells of one histogram; where there are more they widen."""

STEPS = (1, 5, 15, 60, 360, 1440, 10080)
"""Minutes that a cell is wide. Each divides the next, and so does what follows, so no order of adding matters."""

_CODES = (("B", 1 << 8), ("H", 1 << 16), ("i", 1 << 31))


class Cells(Mapping[int, int]):
    """Minute at which a cell starts -> its records; never changed."""

    __slots__ = ("counts", "minutes")

    def __init__(self, minutes: "array[int]", counts: "array[int]") -> None:
        self.minutes, self.counts = minutes, counts

    @classmethod
    def of(cls, cells: Mapping[int, int]) -> "Cells":
        if isinstance(cells, Cells):
            return cells
        minutes = sorted(cells)
        counts = [cells[minute] for minute in minutes]
        signed = array(_signed(min(minutes, default=0), max(minutes, default=0)), minutes)
        return cls(signed, array(_code(max(counts, default=0)), counts))

    @classmethod
    def of_columns(cls, minutes: "Numbers", counts: "Numbers") -> "Cells":
        """`minutes` in rising order, each once."""
        if not len(minutes):
            return cls(array("i"), array("B"))
        signed, code = _signed(int(minutes[0]), int(minutes[-1])), _code(int(counts.max()))
        return cls(array(signed, minutes.astype(signed).tobytes()), array(code, counts.astype(code).tobytes()))

    def __getitem__(self, minute: int) -> int:
        at = bisect_left(self.minutes, minute)
        if at == len(self.minutes) or self.minutes[at] != minute:
            raise KeyError(minute)
        return self.counts[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self.minutes)

    def __len__(self) -> int:
        return len(self.minutes)

    def items(self) -> ItemsView[int, int]:
        return _Items(self)

    def values(self) -> ValuesView[int]:
        return _Values(self)

    def pairs(self) -> Iterator[tuple[int, int]]:
        return zip(self.minutes, self.counts, strict=True)

    def columns(self) -> "tuple[Numbers, Numbers]":
        """Minutes, in rising order, and the records of each."""
        import numpy as np

        return np.array(self.minutes, np.int64), np.array(self.counts, np.int64)

    @classmethod
    def summed(cls, many: "Sequence[Cells]") -> "Cells":
        """All of them, which are of one width."""
        ordered = sorted(filter(None, many), key=lambda one: one.minutes[0])
        if not ordered:
            return cls(array("i"), array("B"))
        if all(one.minutes[-1] < after.minutes[0] for one, after in pairwise(ordered)):
            return reduce(_behind, ordered)
        import numpy as np

        minutes, counts = zip(*(one.columns() for one in ordered), strict=True)
        return cls.of_columns(*added(np.concatenate(minutes), np.concatenate(counts)))

    def widened(self, step: int) -> "Cells":
        """The same in cells that are `step` minutes wide."""
        minutes, counts = self.columns()
        return Cells.of_columns(*added(minutes - minutes % step, counts))

    def __repr__(self) -> str:
        return f"Cells({dict(self.pairs())})"

    def __reduce__(self) -> "tuple[type[Cells], tuple[array[int], array[int]]]":
        return Cells, (self.minutes, self.counts)


class _Items(ItemsView[int, int]):
    def __init__(self, cells: Cells) -> None:
        super().__init__(cells)
        self._cells = cells

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return self._cells.pairs()


class _Values(ValuesView[int]):
    def __init__(self, cells: Cells) -> None:
        super().__init__(cells)
        self._cells = cells

    def __iter__(self) -> Iterator[int]:
        return iter(self._cells.counts)


def next_step(step: int) -> int:
    return next((wider for wider in STEPS if wider > step), step * 4)


def columns_of(cells: Mapping[int, int]) -> "tuple[Numbers, Numbers]":
    """The minutes of any histogram, in rising order, and the records of each."""
    return Cells.of(cells).columns()


def added(keys: "Numbers", counts: "Numbers") -> "tuple[Numbers, Numbers]":
    """Each key once, in rising order, with the sum of its counts."""
    import numpy as np

    order = np.argsort(keys, kind="stable")  # parts of it are in order, which this way of sorting makes use of
    keys, counts = keys[order], counts[order]
    if not len(keys):
        return keys, counts
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[begins], np.add.reduceat(counts, begins)


def _behind(first: Cells, second: Cells) -> Cells:
    (minutes, counts), (others, more) = (first.minutes, first.counts), (second.minutes, second.counts)
    return Cells(_joined(minutes, others), _joined(counts, more))


def _joined(first: "array[int]", second: "array[int]") -> "array[int]":
    if first.typecode == second.typecode:
        return first + second
    wide = max(first, second, key=lambda each: each.itemsize).typecode
    return array(wide, first) + array(wide, second)


def _code(most: int) -> str:
    return next((code for code, below in _CODES if most < below), "q")


def _signed(least: int, most: int) -> str:
    return "i" if least >= -(1 << 31) and most < 1 << 31 else "q"
