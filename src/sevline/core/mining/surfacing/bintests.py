"""Tests on counts in bins, for many patterns at once: storms, ranks, what neighbouring bins share, discoveries."""

from math import erfc, sqrt
from typing import TYPE_CHECKING

from sevline.core.mining.surfacing.tails import row_ranks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RANK_BINS = 8
"""With fewer bins on a side than this, a rank test cannot be small enough to pass for hundreds of patterns."""

LEAST_RECORDS = 10

FALSE_SHARE = 0.015
"""Share of false discoveries among those made that is accepted (Benjamini-Hochberg)."""

STORM = 3
"""A bin counts for so many times the median of those with records, and as many records more, at most."""


def calmed(bins: "Ints") -> "Floats":
    """Without storms: they would pass for a rate, and hide one by what they add to the spread."""
    import numpy as np

    ordered = np.sort(bins, axis=1)
    empty = (ordered == 0).sum(axis=1)
    last = bins.shape[1] - 1
    row = np.arange(len(bins))
    low, high = (np.minimum(empty + (last + 1 - empty - part) // 2, last) for part in (1, 0))
    usual = (ordered[row, low] + ordered[row, high]) / 2
    calm: Floats = np.minimum(bins, (STORM * usual + STORM)[:, None])
    return calm


def inflation(before: "Floats", after: "Floats") -> float:
    """How much neighbouring bins of all patterns go together widens every spread."""
    import numpy as np

    scores = []
    for bins in (before, after):
        kept = bins[bins.sum(axis=1) >= LEAST_RECORDS]
        if bins.shape[1] < RANK_BINS or not len(kept):
            continue
        centred = kept - kept.mean(axis=1, keepdims=True)
        scale = (centred**2).sum(axis=1)
        lag = (centred[:, 1:] * centred[:, :-1]).sum(axis=1)
        scores.append(np.where(scale > 0, lag / np.maximum(scale, 1e-9), 0.0))
    if not scores:
        return 1.0
    together = float(np.clip(np.median(np.concatenate(scores)), 0.0, 0.8))
    return (1 + together) / (1 - together)


def two_sided(z: "Floats") -> "Floats":
    import numpy as np

    p: Floats = np.array([erfc(value / sqrt(2)) for value in z.tolist()])
    return p


def rank_test(before: "Floats", after: "Floats", widened: float) -> "Floats":
    """Mann-Whitney over bins, normal approximation with ties, its variance `widened` by what `inflation` says."""
    import numpy as np

    n_before, n_after = before.shape[1], after.shape[1]
    joined = np.concatenate([after, before], axis=1)
    ranks = row_ranks(joined)
    u = ranks[:, :n_after].sum(axis=1) - n_after * (n_after + 1) / 2
    n = n_before + n_after
    ordered = np.sort(joined, axis=1)
    ties = np.zeros(len(joined))
    run = np.ones(len(joined))
    for at in range(1, n + 1):
        same = ordered[:, at] == ordered[:, at - 1] if at < n else np.zeros(len(joined), bool)
        ties += np.where(same, 0.0, run**3 - run)
        run = np.where(same, run + 1, 1.0)
    variance = n_before * n_after / 12 * ((n + 1) - ties / (n * (n - 1)))
    z = np.abs(u - n_before * n_after / 2) / np.sqrt(np.maximum(variance * widened, 1e-9))
    return two_sided(z)


def discoveries(p: "Floats") -> "Flags":
    """Benjamini-Hochberg over all rows."""
    import numpy as np

    order = np.argsort(p, kind="stable")
    bound = FALSE_SHARE * np.arange(1, len(p) + 1) / len(p)
    passing = np.flatnonzero(p[order] <= bound)
    chosen = np.zeros(len(p), bool)
    if len(passing):
        chosen[order[: passing[-1] + 1]] = True
    return chosen
