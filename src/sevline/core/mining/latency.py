"""Statistics of durations: percentiles before and after, the largest step in time, growth with concurrency."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sevline.core.mining.ranks import rank_correlation, rank_sum, ranks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_N = 100
#: Cliff's delta from which a shift counts: "medium" in the usual reading.
LEAST_EFFECT = 0.33
LEAST_RATIO = 1.25
SPLITS = 48


@dataclass(frozen=True, slots=True)
class Shift:
    """Pairs are (before, after), in milliseconds. `effect` is Cliff's delta: +1 when all after are larger."""

    p50: tuple[float, float]
    p95: tuple[float, float]
    p99: tuple[float, float]
    n: tuple[int, int]
    effect: float
    p: float

    @property
    def ratio(self) -> float:
        return self.p95[1] / self.p95[0] if self.p95[0] else float("inf")

    @property
    def worse(self) -> bool:
        middle = self.effect >= LEAST_EFFECT
        tail = self.effect >= 0.05 and self.ratio >= 2.0
        return self.p < 0.001 and self.ratio >= LEAST_RATIO and (middle or tail)

    @property
    def p_text(self) -> str:
        return "< 0.001" if self.p < 0.001 else f"= {self.p:.3f}"


@dataclass(frozen=True, slots=True)
class Step:
    """`index` is the first request after it, `at` its time in epoch seconds."""

    index: int
    at: float
    shift: Shift


@dataclass(frozen=True, slots=True)
class Growth:
    """Spearman's rank correlation of duration and requests at once; medians in the lowest and highest quarter."""

    rho: float
    quick: float
    slow: float
    low: int
    high: int
    most: int
    peak: int


def shift_between(before: "NDArray[np.float64]", after: "NDArray[np.float64]") -> Shift:
    """Two samples compared; Mann-Whitney with the normal approximation, ties corrected."""
    import numpy as np

    u, p = rank_sum(before, after)
    effect = 2 * u / (len(before) * len(after)) - 1
    pairs = [(float(np.percentile(before, share)), float(np.percentile(after, share))) for share in (50, 95, 99)]
    return Shift(pairs[0], pairs[1], pairs[2], (len(before), len(after)), effect, p)


def largest_step(at: "NDArray[np.float64]", took: "NDArray[np.float64]") -> Step | None:
    """The moment at which durations rise most, if they do so at all; the test is corrected for the moments tried."""
    import numpy as np

    n = len(took)
    if n < 2 * MIN_N:
        return None
    summed = np.concatenate([[0.0], np.cumsum(ranks(took))])
    candidates = np.unique(np.linspace(MIN_N, n - MIN_N, min(SPLITS * 8, n - 2 * MIN_N + 1)).astype(int))
    candidates = candidates[at[candidates] > at[candidates - 1]]
    if not len(candidates):
        return None
    mean_after = (summed[n] - summed[candidates]) / (n - candidates)
    mean_before = summed[candidates] / candidates
    # The rank sum's distance from its mean, in standard deviations: comparable between splits of different sizes.
    z = (mean_after - mean_before) / np.sqrt((n + 1) * n * n / (12.0 * candidates * (n - candidates)))
    index = int(candidates[int(np.argmax(z))])
    shift = shift_between(took[:index], took[index:])
    corrected = Shift(shift.p50, shift.p95, shift.p99, shift.n, shift.effect, min(1.0, shift.p * len(candidates)))
    return Step(index, float(at[index]), corrected) if corrected.worse else None


def concurrency(at: "NDArray[np.float64]", took: "NDArray[np.float64]") -> Growth:
    """Requests under way when each one starts, itself included, against how long it takes."""
    import numpy as np

    ends = np.sort(at + took / 1000)
    active = np.arange(1, len(at) + 1) - np.searchsorted(ends, at, side="right")
    if len(np.unique(active)) < 3 or len(np.unique(took)) < 3:
        return Growth(0.0, 0.0, 0.0, 0, 0, int(active.max(initial=0)), 0)
    low, high = np.percentile(active, 25), np.percentile(active, 75)
    rho = rank_correlation(active.astype(np.float64), took)
    quick, slow = float(np.median(took[active <= low])), float(np.median(took[active >= high]))
    return Growth(rho, quick, slow, int(low), int(high), int(active.max()), int(np.argmax(active)))
