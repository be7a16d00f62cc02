"""Whether a series steps at a moment, or does something else: climbs, has a storm, or steps at another time.

Every shape is one template fitted by least squares to the square roots of the counts, whose variance hardly depends on
the level. A step at the moment must explain the series about as well as the best of all templates.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MARGIN = 120.0
"""How much less a step may explain than the best template, in units of the variance that neither explains: templates
are many, and the best of them wins something by chance alone."""

CROWD_SHARE = 0.025
FEWEST_IN_CROWD = 20
"""A crowd: so many patterns that move the same way at once, as a part of all, that a season is the first thought."""

_CLEARLY = 0.05
_TURNS = 3
_APART = 1.5
"""How much more a row's step must explain than what it shares, in units of the variance that neither explains."""

_LEAST_LEFT = 0.05
_FEWEST_SHARING = 5
_LATEST = 4
"""Bins that a change may come after the moment: a roll-out takes time."""

_RAMPS = (3, 6, 9, 12, 18, 24)
_PULSES = (1, 2, 3, 4, 6, 8)


@dataclass(frozen=True, slots=True)
class Templates:
    """`steps`: bins × steps near the moment; `others`: bins × everything else. Columns have mean 0 and length 1."""

    steps: "Floats"
    others: "Floats"


def steps_at(counts: "Floats", bins_before: int) -> "Flags":
    """For each row of rows × bins, whether it steps right behind the first `bins_before` bins."""
    import numpy as np

    rows, bins = counts.shape
    if not rows:
        return np.zeros(0, bool)
    centred = _centred_roots(counts)
    step, other = _explained(centred, bins_before)
    left = ((centred**2).sum(axis=1) - np.maximum(step, other)) / max(1, bins - 3)
    fits: Flags = step >= other - MARGIN * np.maximum(left, _LEAST_LEFT)
    return fits


def apart_from_crowd(counts: "Floats", bins_before: int, tested: int) -> "Flags":
    """For rows that all move the same way, which of them do not merely go with a crowd that climbs or falls slowly.

    Many patterns follow the same working day. What they have in common is taken as one more template, unless it is a
    step itself, as when an outage hits all: a row stays if its own step explains it clearly better than what it shares.
    The template is then made anew of the rows that do not stay, for steps among them blur what the others share.
    """
    import numpy as np

    rows = len(counts)
    if rows < max(FEWEST_IN_CROWD, CROWD_SHARE * tested):
        return np.ones(rows, bool)
    centred = _centred_roots(counts)
    directions = centred / np.maximum(np.sqrt((centred**2).sum(axis=1, keepdims=True)), 1e-9)
    step = _explained(centred, bins_before)[0]
    apart = np.zeros(rows, bool)
    for turn in range(_TURNS):
        shared = directions[~apart].mean(axis=0)
        shared = shared / max(float(np.sqrt((shared**2).sum())), 1e-9)
        if turn == 0 and _is_step(shared, bins_before):
            return np.ones(rows, bool)
        own = (centred @ shared) ** 2
        left = ((centred**2).sum(axis=1) - np.maximum(step, own)) / max(1, counts.shape[1] - 3)
        apart = step > own + _APART * np.maximum(left, _LEAST_LEFT)
        if (~apart).sum() < _FEWEST_SHARING:
            break
    return apart


def _is_step(shape: "Floats", bins_before: int) -> bool:
    step, other = _explained(shape[None, :], bins_before)
    return bool(other[0] - step[0] < _CLEARLY)


def _centred_roots(counts: "Floats") -> "Floats":
    import numpy as np

    roots = np.sqrt(counts + 0.375)
    centred: Floats = roots - roots.mean(axis=1, keepdims=True)
    return centred


def _explained(centred: "Floats", bins_before: int) -> "tuple[Floats, Floats]":
    """What the best step at the moment explains of each row, and the best of all other shapes."""
    import numpy as np

    templates = _templates(bins_before, centred.shape[1] - bins_before)
    other = ((centred @ templates.others) ** 2).max(axis=1) if templates.others.shape[1] else np.zeros(len(centred))
    return ((centred @ templates.steps) ** 2).max(axis=1), other


@lru_cache(maxsize=64)
def _templates(before: int, after: int) -> Templates:
    bins = before + after
    steps = [_ramp(bins, at, 0) for at in range(before - 1, min(before + _LATEST, bins - 1) + 1) if 0 < at < bins]
    others = [
        _ramp(bins, at, 0) for at in range(1, bins) if not before - 1 <= at <= before + _LATEST
    ]  # fmt: skip
    others += [_ramp(bins, at, width) for width in _RAMPS for at in range(-width // 2, bins)]
    others += [_pulse(bins, at, width) for width in _PULSES if width < min(before, after) for at in range(bins)]
    return Templates(_scaled(steps, bins), _scaled(others, bins))


def _ramp(bins: int, begin: int, width: int) -> "Floats":
    """0 before `begin`, 1 from `begin + width` on, a straight line between."""
    import numpy as np

    place = np.arange(bins)
    if not width:
        return (place >= begin).astype(float)
    return np.clip((place + 0.5 - begin) / width, 0.0, 1.0)


def _pulse(bins: int, begin: int, width: int) -> "Floats":
    import numpy as np

    place = np.arange(bins)
    return ((place >= begin) & (place < begin + width)).astype(float)


def _scaled(columns: "list[Floats]", bins: int) -> "Floats":
    import numpy as np

    if not columns:
        return np.zeros((bins, 0))
    matrix = np.stack(columns, axis=1)
    matrix = matrix - matrix.mean(axis=0)
    length = np.sqrt((matrix**2).sum(axis=0))
    kept: Floats = matrix[:, length > 1e-9] / length[length > 1e-9]
    return kept
