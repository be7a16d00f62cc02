"""Exact tails are those of the tables, and cost no library of statistics."""

import subprocess
import sys

import numpy as np
import pytest

from sevline.core.mining.surfacing.tails import fisher, negative_binomial_tail, poisson_tail, row_ranks

_CARDS = """
import sys
from sevline.core.mining.surfacing.cards import surface
from sevline.core.mining.surfacing.counts import PatternCounts
from sevline.core.mining.surfacing.counts import moment_of
cells = {minute: 2 + 40 * (300 <= minute < 304) + 9 * (minute >= 360) for minute in range(480)}
shares = {"tenant": {"acme": 900, "bolt": 20}}
other = {"tenant": {"acme": 20, "bolt": 900}}
patterns = [
    PatternCounts("a", "one", 920, cells, shares=shares),
    PatternCounts("b", "two", 920, cells, shares=other, statement="s"),
    PatternCounts("c", "two", 920, cells, shares=other, statement="s", outcome="5xx"),
]
assert surface(patterns, moment=moment_of(360)).cards
assert "scipy.stats" not in sys.modules
"""


@pytest.mark.parametrize(
    ("cells", "two_sided", "greater"),
    [
        ((3, 1, 1, 3), 0.4857142857, 0.2428571429),
        ((8, 2, 1, 5), 0.0349650350, 0.0244755245),
        ((34, 386, 2, 388), 1.867589e-08, 1.724364e-08),
        ((0, 5, 0, 5), 1.0, 1.0),
    ],
)
def test_fishers_test_is_exact(cells: tuple[int, int, int, int], two_sided: float, greater: float) -> None:
    assert fisher(cells) == pytest.approx(two_sided, rel=1e-3)
    assert fisher(cells, greater=True) == pytest.approx(greater, rel=1e-3)


def test_tails_of_counts_are_exact() -> None:
    records, mean = np.array([3, 10]), np.array([1.0, 4.0])

    assert poisson_tail(records, mean) == pytest.approx([0.0803013970, 0.0081322428], rel=1e-6)
    assert negative_binomial_tail(np.array([2]), np.array([1.0]), np.array([1.0])) == pytest.approx([0.25])


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    values = np.array([[3.0, 1.0, 3.0, 2.0], [0.0, 0.0, 0.0, 5.0]])

    assert row_ranks(values).tolist() == [[3.5, 1.0, 3.5, 2.0], [2.0, 2.0, 2.0, 4.0]]


@pytest.mark.slow
def test_cards_of_a_log_load_no_library_of_statistics() -> None:
    subprocess.run([sys.executable, "-c", _CARDS], check=True, timeout=120)
