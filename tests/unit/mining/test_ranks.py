"""Rank statistics agree with a library of statistics, ties included."""

import numpy as np
import pytest

from sevline.core.mining.ranks import rank_correlation, rank_sum, ranks

RNG = np.random.default_rng(3)
SAMPLES = {
    "different values": (RNG.lognormal(3, 1, 400), RNG.lognormal(3.2, 1, 250)),
    "many ties": (RNG.integers(1, 9, 300).astype(float), RNG.integers(2, 9, 120).astype(float)),
    "equal values": (np.ones(40), np.ones(30)),
    "far apart": (RNG.normal(0, 1, 200), RNG.normal(50, 1, 200)),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_ranks_and_the_rank_sum_are_those_of_a_library(name: str) -> None:
    stats = pytest.importorskip("scipy.stats")
    before, after = SAMPLES[name]

    expected = stats.mannwhitneyu(after, before, alternative="two-sided", method="asymptotic")
    u, p = rank_sum(before, after)

    assert np.array_equal(ranks(before), stats.rankdata(before))
    assert u == expected.statistic
    assert p == pytest.approx(min(1.0, float(np.nan_to_num(expected.pvalue, nan=1.0))), rel=1e-9, abs=1e-300)


def test_the_rank_correlation_is_that_of_a_library() -> None:
    stats = pytest.importorskip("scipy.stats")
    one = RNG.integers(1, 40, 500).astype(float)
    other = one + RNG.normal(0, 9, 500)

    assert rank_correlation(one, other) == pytest.approx(float(stats.spearmanr(one, other).statistic), rel=1e-12)
