"""Whether what was seen in one place of a sentence are values of one variable, where the evidence for it is not enough
by itself: decided by what the alternatives look like and where they stand, weighed as was learned from real programs.

Features are whole numbers, 1,024 to one, and so are the weights, 1,000 to one: the sum is the same on every machine.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.alternatives import Alternatives
from sevline.core.mining.vocabulary import TELLS_COMMON, TELLS_FUNCTION, WEIGHT_IDENTIFIER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.forms import Forms

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float64]

ONE = 1024
WEIGHTS: dict[str, int] = {
    "evidence": 415,
    "distinct": -1647,
    "rows": 65,
    "context": 1331,
    "first": 444,
    "free_text": -415,
    "identifiers": 724,
    "labels": -3577,
    "tags": 2407,
    "mixed_case": -1171,
    "function_words": -2000,
    "common_words": -366,
    "varied": 714,
    "small_letters": -376,
    "signs": 627,
    "length": -531,
    "lengths": 380,
    "endings": 1604,
    "commonest": -2219,
    "elsewhere": 664,
    "behind_label": 621,
    "behind_function_word": -805,
    "before_value": 868,
    "at_end": 867,
    "shared": -2613,
    "row_length": 92,
    "place": 1102,
}
BIAS = 100
"""Learned on 26 November 2026 from 5,569 examples of 80 programs by `python -m benchmarks.logs_learning`, which names
its source and says what it is worth on programs held out. How the features are made: `features`."""


def accepted(
    forms: "Forms", seen: Alternatives, weights: Mapping[str, int] = WEIGHTS, bias: int = BIAS
) -> "Flags":  # fmt: skip
    """Of each context, whether its alternatives are values. Words of outcome never are: success and failure stay
    apart."""
    score = np.full(len(seen.evidence), bias * ONE, np.int64)
    for name, values in features(forms, seen).items():
        score += weights.get(name, 0) * values
    outcomes = np.bincount(seen.context, forms.words.outcome[forms.token[seen.index]], minlength=len(score))
    found: Flags = (score > 0) & (outcomes == 0)
    return found


def features(forms: "Forms", seen: Alternatives) -> dict[str, "Ints"]:
    """Of each context, by name; 1,024 to one. Means over rows, or shares of the distinct words; logarithms of
    counts."""
    contexts = len(seen.evidence)
    token, row = forms.token[seen.index], forms.row[seen.index]

    def total(values: "Flags | Ints") -> "Weights":
        sums: Weights = np.bincount(seen.context, values, minlength=contexts).astype(np.float64, copy=False)
        return sums

    one = seen.new & (token != 0)
    rows, distinct = total(np.ones(len(token), np.int64)), np.maximum(total(one), 1)
    before, after = _neighbours(forms, seen.index)
    words = forms.words
    function = words.telling == TELLS_FUNCTION
    runs = np.diff(np.append(np.flatnonzero(seen.new), len(token)))
    commonest = np.zeros(contexts)
    np.maximum.at(commonest, seen.context[seen.new], runs)
    often = np.bincount(forms.token, minlength=words.size)[token] > runs[np.cumsum(seen.new) - 1]

    def share(flags: "Flags") -> "Weights":
        return total(one & flags[token]) / distinct

    known = _looks(words.words, token[one])
    context, each = seen.context[one], np.bincount(seen.context[one], minlength=contexts)

    def looking(column: int) -> "Weights":
        return np.bincount(context, known[:, column], minlength=contexts) / distinct

    length = looking(0)
    spread = np.sqrt(np.maximum(np.bincount(context, known[:, 0] ** 2, minlength=contexts) / distinct - length**2, 0))
    endings = np.bincount(np.unique((context << 32) | known[:, 3]) >> 32, minlength=contexts)
    found = {
        "evidence": np.log(seen.evidence), "distinct": np.log1p(each), "rows": np.log1p(rows),
        "context": np.log1p(seen.telling), "first": seen.first, "free_text": np.full(contexts, float(seen.free)),
        "identifiers": share(words.weight >= WEIGHT_IDENTIFIER), "labels": share(words.label), "tags": share(words.tag),
        "mixed_case": share(words.name), "function_words": share(function),
        "common_words": share(words.telling == TELLS_COMMON), "varied": share(forms.varied),
        "small_letters": looking(1), "signs": looking(2), "length": np.log1p(length), "lengths": np.log1p(spread),
        "endings": endings / distinct, "commonest": commonest / rows, "elsewhere": total(one & often) / distinct,
        "behind_label": total((before > 0) & words.label[before]) / rows,
        "behind_function_word": total((before > 0) & function[before]) / rows,
        "before_value": total(after == 0) / rows, "at_end": total(after < 0) / rows, "shared": seen.shared,
        "row_length": np.log1p(total(np.diff(forms.start)[row]) / rows),
        "place": np.log1p(total(seen.index - forms.start[row]) / rows),
    }  # fmt: skip
    return {name: np.rint(np.asarray(values, np.float64) * ONE).astype(np.int64) for name, values in found.items()}


def _neighbours(forms: "Forms", index: "Ints") -> tuple["Ints", "Ints"]:
    """The tokens before and behind each; -1 where there is none."""
    begin, end = forms.start[forms.row[index]], forms.start[forms.row[index] + 1]
    before = np.where(index > begin, forms.token[index - 1], -1)
    after = np.where(index + 1 < end, forms.token[np.minimum(index + 1, len(forms.token) - 1)], -1)
    return before, after


def _looks(words: list[bytes], token: "Ints") -> "Ints":
    """Of each token: its length, whether it is of small letters alone, whether it has other signs than letters and
    digits, and its last three bytes as a number."""
    kinds, inverse = np.unique(token, return_inverse=True)
    rows = [_look(words[number]) for number in kinds.tolist()]
    table: Ints = np.array(rows, np.int64).reshape(len(rows), 4)[inverse.ravel()]
    return table


@lru_cache(maxsize=1 << 15)
def _look(word: bytes) -> tuple[int, bool, bool, int]:
    bare = word.strip(b".:")
    ending = int.from_bytes(word.rstrip(b".:=")[-3:].lower(), "big")
    return len(word), bare.isalpha() and word.islower(), not word.strip(b".:!?=").isalnum(), ending
