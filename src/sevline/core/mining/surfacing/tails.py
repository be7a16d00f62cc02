"""Tails of distributions, exact. Without the library of statistics, which takes longer to load than all of them to
work out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_SAME = 1e-9
"""Part by which two probabilities may differ that are the same but for rounding."""


def fisher(cells: tuple[int, int, int, int], *, greater: bool = False) -> float:
    """Fisher's exact test of a table of two rows, told one after the other: the probability of a table that is no
    likelier, or with `greater` of one whose first cell is as large."""
    import numpy as np
    from scipy.special import gammaln

    first, beside, below, last = cells
    row, column, every = first + beside, first + below, first + beside + below + last
    seen = np.arange(max(0, row + column - every), min(row, column) + 1)
    left = gammaln(seen + 1) + gammaln(row - seen + 1) + gammaln(column - seen + 1)
    weight = -(left + gammaln(every - row - column + seen + 1))
    likely: Floats = np.exp(weight - weight.max())
    at = first - int(seen[0])
    tail = likely[at:] if greater else likely[likely <= likely[at] * (1 + _SAME)]
    return min(1.0, float(tail.sum() / likely.sum()))


def poisson_tail(records: "Ints", mean: "Floats") -> "Floats":
    """P(X ≥ records), from one record on."""
    from scipy.special import gammainc

    tail: Floats = gammainc(records, mean)
    return tail


def negative_binomial_tail(records: "Ints", size: "Floats", mean: "Floats") -> "Floats":
    """P(X ≥ records), from one record on, where the variance is mean + mean² / size."""
    from scipy.special import betainc

    tail: Floats = betainc(records, size, mean / (size + mean))
    return tail


def row_ranks(values: "Floats") -> "Floats":
    """Ranks from 1 within each row; equal values share the mean of theirs."""
    import numpy as np

    rows, many = values.shape
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    begins = np.ones((rows, many), bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.flatnonzero(begins)
    often = np.diff(np.append(first, rows * many))
    shared = np.repeat(first % many + (often + 1) / 2, often).reshape(rows, many)
    ranks = np.empty((rows, many))
    np.put_along_axis(ranks, order, shared, axis=1)
    return ranks
