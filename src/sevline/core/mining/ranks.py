"""Rank statistics with numpy alone: loading a whole library of statistics takes longer than they do."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def ranks(values: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Ranks from 1; equal values share the mean of theirs."""
    import numpy as np

    _, place, often = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(often)
    return ((last - often + 1 + last) / 2.0)[place]


def rank_sum(before: "NDArray[np.float64]", after: "NDArray[np.float64]") -> tuple[float, float]:
    """Mann and Whitney's U of `after`, and its two-sided p by the normal distribution, corrected for ties and for
    continuity; p is 1 where all values are equal."""
    import numpy as np

    n, m = len(after), len(before)
    every = np.concatenate([after, before])
    u = float(ranks(every)[:n].sum()) - n * (n + 1) / 2
    _, often = np.unique(every, return_counts=True)
    ties = float((often.astype(np.float64) ** 3 - often).sum())
    total = n + m
    spread = math.sqrt(n * m / 12 * ((total + 1) - ties / (total * (total - 1))))
    if not spread:
        return u, 1.0
    z = (max(u, n * m - u) - n * m / 2 - 0.5) / spread
    return u, min(1.0, math.erfc(z / math.sqrt(2)))


def rank_correlation(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> float:
    """Spearman's rho."""
    import numpy as np

    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])
