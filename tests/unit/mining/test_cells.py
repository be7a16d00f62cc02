"""A histogram at rest is the dictionary it was made of."""

import pickle
from array import array
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevline.core.mining.cells import MOST, Cells, columns_of
from sevline.core.mining.shape import ShapeStat

MINUTES = st.one_of(st.integers(-50, 50), st.integers(-(1 << 34), 1 << 34))
HISTOGRAMS = st.dictionaries(MINUTES, st.one_of(st.integers(1, 300), st.integers(1, 1 << 40)), max_size=30)


@given(HISTOGRAMS)
def test_cells_are_the_dictionary_that_they_were_made_of(cells: dict[int, int]) -> None:
    found = Cells.of(cells)

    minutes, counts = columns_of(cells)
    assert found == cells
    assert list(found.items()) == sorted(cells.items())
    assert list(found.values()) == counts.tolist()
    assert {minute: found[minute] for minute in found} == cells
    assert Cells.of_columns(minutes, counts) == cells
    assert pickle.loads(pickle.dumps(found)) == cells


@given(HISTOGRAMS, HISTOGRAMS, st.sampled_from([1, 5, 60]))
def test_a_sum_counts_what_both_counted(one: dict[int, int], two: dict[int, int], step: int) -> None:
    summed = Cells.summed([Cells.of(one).widened(step), Cells.of(two).widened(step)])

    wanted = Counter[int]()
    for minute, count in (*one.items(), *two.items()):
        wanted[minute - minute % step] += count
    assert summed == wanted


def test_a_minute_without_a_record_is_not_there() -> None:
    with pytest.raises(KeyError):
        Cells(array("i", [5, 7]), array("B", [1, 2]))[6]


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=60), st.integers(0, 60), st.booleans())
def test_parts_of_a_log_have_the_histogram_of_the_whole(hours: list[int], cut: int, rests: bool) -> None:
    times = [60.0 * (hour + minute) for hour in hours for minute in range(0, 120, 3)]
    parts, whole = (ShapeStat(), ShapeStat()), ShapeStat()
    for number, at in enumerate(times):
        parts[number >= cut * 40].add(at, None, None)
        whole.add(at, None, None)
    for part in parts if rests else ():
        part.rest()

    parts[0].merge(parts[1])

    assert (parts[0].histogram, parts[0].step) == (whole.histogram, whole.step)
    assert len(whole.histogram) <= MOST


def test_a_histogram_at_rest_still_takes_a_record() -> None:
    stat = ShapeStat()
    stat.add(60.0, None, None)
    stat.rest()
    stat.add(61.0, None, None)

    assert stat.histogram == {1: 2}
