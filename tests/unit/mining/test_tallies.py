"""Counts by shape and minute, and by shape and service, are those of counting one by one, in whatever order."""

import random
from collections import Counter

import numpy as np
import pytest

from sevline.core.mining.cells import MOST
from sevline.core.mining.frames import FLAGS, LEVEL, TIMED
from sevline.core.mining.shape import ShapeStat
from sevline.core.mining.tallies import EPOCH, MINUTE_BITS, SERVICE_BITS, CellTally, Tally, observe

SHAPES = 5
Row = tuple[int, float, int]


def drawn(seed: int, count: int, minutes: int) -> list[Row]:
    """Shape, time and service of records; of the first shape most, some before 1970."""
    chance = random.Random(seed)
    return [
        (int(chance.random() ** 2 * SHAPES), 60.0 * chance.randrange(minutes) - 600.5, chance.randrange(3))
        for _ in range(count)
    ]


class Counted:
    """What the kernels count of rows, settled after each piece of them."""

    def __init__(self, rows: list[Row], size: int) -> None:
        self.cells, self.pairs = CellTally(SHAPES), Tally()
        self.first, self.last = np.full(SHAPES, np.inf), np.full(SHAPES, -np.inf)
        self.levels = np.zeros((SHAPES, 7), np.int64)
        with np.errstate(over="ignore"):
            for begin in range(0, len(rows), size):
                self._take(rows[begin : begin + size])
        self.keys, self.counts = self.cells.found()

    def _take(self, rows: list[Row]) -> None:
        frames = np.zeros((len(rows), 8), np.int64)
        frames[:, FLAGS], frames[:, LEVEL] = TIMED, 2
        shapes, times, services = (np.array(column) for column in zip(*rows, strict=True))
        taken = observe(
            frames, times, shapes, services, 0, self.first, self.last, self.levels, self.cells.steps, self.cells.fresh,
            self.cells.used, self.pairs.fresh, self.pairs.used,
        )  # fmt: skip
        assert taken == len(rows)
        self.cells.settle()
        self.pairs.settle()

    def histogram(self, shape: int) -> dict[int, int]:
        mine = self.keys >> MINUTE_BITS == shape
        minutes = (self.keys[mine] & ((1 << MINUTE_BITS) - 1)) - EPOCH
        return dict(zip(minutes.tolist(), self.counts[mine].tolist(), strict=True))


def one_by_one(rows: list[Row], shape: int) -> ShapeStat:
    stat = ShapeStat()
    for own, at, _ in rows:
        if own == shape:
            stat.add(at, None, None)
    return stat


@pytest.mark.parametrize(("seed", "minutes", "size"), [(1, 40, 7), (2, 400, 5000), (3, 9000, 900), (4, 20000, 3100)])
def test_cells_are_those_of_adding_records_one_by_one(seed: int, minutes: int, size: int) -> None:
    rows = drawn(seed, 9000, minutes)

    found = Counted(rows, size)

    wanted = [one_by_one(rows, shape) for shape in range(SHAPES)]
    assert [found.histogram(shape) for shape in range(SHAPES)] == [stat.histogram for stat in wanted]
    assert found.cells.steps.tolist() == [stat.step for stat in wanted]
    assert found.first.tolist() == [stat.first for stat in wanted]
    assert found.last.tolist() == [stat.last for stat in wanted]
    assert found.levels[:, 3].tolist() == [stat.count for stat in wanted]


def test_services_are_counted_by_shape() -> None:
    rows = drawn(5, 4000, 10)

    keys, counts = Counted(rows, 333).pairs.found()

    wanted = Counter((shape << SERVICE_BITS) | service for shape, _, service in rows if service)
    assert dict(zip(keys.tolist(), counts.tolist(), strict=True)) == wanted
    assert sorted(keys.tolist()) == keys.tolist()


def test_keys_that_are_all_known_already_are_added_once() -> None:
    rows = drawn(6, 500, 5)

    found = Counted(rows + rows + rows, len(rows))

    assert int(found.counts.sum()) == 3 * len(rows)


def test_shapes_that_become_one_have_the_cells_of_both() -> None:
    rows = drawn(7, 9000, 2500)
    mapping = np.array([0, 1, 0, 1, 0])
    found = Counted(rows, 1000)

    found.cells.fold(mapping)

    found.keys, found.counts = found.cells.found()
    wanted = [one_by_one([(int(mapping[shape]), at, 0) for shape, at, _ in rows], shape) for shape in (0, 1)]
    assert [found.histogram(shape) for shape in (0, 1)] == [stat.histogram for stat in wanted]
    assert len(found.histogram(0)) <= MOST
