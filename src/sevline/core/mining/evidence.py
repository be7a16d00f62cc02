"""Shapes into groups: a position is variable where the distinct values seen in the same context weigh enough.

A pure function of the set of shapes: neither counts nor the order of input matter. The more constant words the
context has, the fewer alternatives are needed; siblings that differ in one word are few and are words, values are many
or do not look like words. All work is one sort a round over the tokens, so it stays near linear in the shapes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from sevline.core.mining.tokens import VALUE, is_constant_word, is_identifier, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float64]
    Need = Callable[[Ints, Flags, Flags], Weights]

Number = TypeVar("Number", bound="np.generic")

METHOD = "evidence-1"
"""Changes whenever the same shapes could be grouped otherwise."""

_WEIGHT_WORD, _WEIGHT_IDENTIFIER, _WEIGHT_VALUE = 1.0, 3.0, 5.0
_NEED = 6.0
_FIRST = 2.0
_TAIL, _TAIL_LEAST, _TAIL_WORDS = 14.0, 5.0, 2
_RARE = 2
_ROUNDS = 12
_STEP, _WILD, _PREFIX = 0xD6E8FEB86659FD93, 77, 991


@dataclass(frozen=True, slots=True)
class Grouping:
    """`group_of`: shape -> index into `templates`; a template's variable parts are `<*>`."""

    group_of: dict[bytes, int]
    templates: tuple[str, ...]


def group(shapes: Iterable[bytes]) -> Grouping:
    ordered = sorted(set(shapes))
    if not ordered:
        return Grouping({}, ())
    forms = _Forms([tokens(shape.decode("utf-8", "replace")) for shape in ordered])
    forms.settle()
    return Grouping(dict(zip(ordered, forms.label.tolist(), strict=True)), tuple(forms.templates()))


class _Forms:
    """The distinct token rows, flat: `token` holds vocabulary numbers, `start` where each row begins. 0 is VALUE."""

    def __init__(self, rows: list[list[str]]) -> None:
        import numpy as np

        self.words = [VALUE, *sorted({token for row in rows for token in row} - {VALUE})]
        number = {word: index for index, word in enumerate(self.words)}
        self.token = np.array([number[token] for row in rows for token in row], np.int64)
        self.start = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
        self.label = np.arange(len(rows))
        self.hash = np.array([_hash(word) for word in self.words], np.uint64)
        self.constant = np.array([bool(word) and is_constant_word(word) for word in self.words], np.int64)
        weights = (_WEIGHT_IDENTIFIER if is_identifier(word) else _WEIGHT_WORD for word in self.words[1:])
        self.weight = np.array([_WEIGHT_VALUE, *weights])

    def settle(self) -> None:
        """Until nothing changes: mark, collapse, join what became equal; once, in between, the tails."""
        self._join_equal(by_constants=False)
        tails_done = False
        for _ in range(_ROUNDS):
            marked = self._evident(self._rare(), _same_need) | self._evident(None, _same_need)
            marked &= self.token != 0
            if marked.any():
                self._mark(marked)
            elif tails_done or not self._mark_tails():
                break
            else:
                tails_done = True
        self._join_equal(by_constants=True)

    def templates(self) -> list[str]:
        texts = [word or "<*>" for word in self.words]
        bounds = zip(self.start[:-1].tolist(), self.start[1:].tolist(), strict=True)
        return [" ".join(texts[token] for token in self.token[begin:end]) or "<*>" for begin, end in bounds]

    def _row(self) -> "Ints":
        import numpy as np

        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))

    def _place(self) -> "Ints":
        import numpy as np

        return np.arange(len(self.token)) - np.repeat(self.start[:-1], np.diff(self.start))

    def _rare(self) -> "Flags":
        """Tokens in so few forms that they may be values."""
        import numpy as np

        rare: Flags = np.bincount(self.token, minlength=len(self.words)) <= _RARE
        rare[0] = True
        return rare

    def _evident(self, soft: "Flags | None", need: "Need") -> "Flags":
        """Positions whose context, all other tokens or all that are not `soft`, carries enough evidence."""
        import numpy as np

        step = self._place().astype(np.uint64) * np.uint64(_STEP)
        own, wild = _mix(self.hash[self.token] + step), _mix(step + np.uint64(_WILD))
        words = self.constant[self.token]
        if soft is None:
            whole, context = self._row_sum(own), self._row_sum(words)
            key = whole[self._row()] - own + wild
            return self._weighed(key, context[self._row()] - words, np.ones(len(self.token), bool), need)
        is_soft = soft[self.token]
        whole = self._row_sum(np.where(is_soft, wild, own))
        context = self._row_sum(np.where(is_soft, 0, words))
        key = whole[self._row()] + _mix(step + np.uint64(_PREFIX))
        return self._weighed(key, context[self._row()], is_soft, need)

    def _mark_tails(self) -> bool:
        """Free text to the end: from a position whose context, the tokens before it, carries enough evidence."""
        import numpy as np

        row, place = self._row(), self._place()
        step = place.astype(np.uint64) * np.uint64(_STEP)
        own = _mix(self.hash[self.token] + step)
        key = self._before(own) + _mix(step + np.uint64(_PREFIX))
        hit = self._weighed(key, self._before(self.constant[self.token]), np.ones(len(self.token), bool), _tail_need)
        if not hit.any():
            return False
        end = self.start[1:].copy()
        np.minimum.at(end, row[hit], np.flatnonzero(hit) + 1)
        before = len(self.token), int((self.token == 0).sum())
        self._mark(hit, end)
        return (len(self.token), int((self.token == 0).sum())) != before

    def _row_sum(self, values: "NDArray[Number]") -> "NDArray[Number]":
        import numpy as np

        total = np.concatenate((np.zeros(1, values.dtype), np.cumsum(values, dtype=values.dtype)))
        sums: NDArray[Number] = total[self.start[1:]] - total[self.start[:-1]]
        return sums

    def _before(self, values: "NDArray[Number]") -> "NDArray[Number]":
        import numpy as np

        total = np.concatenate((np.zeros(1, values.dtype), np.cumsum(values, dtype=values.dtype)))
        sums: NDArray[Number] = total[:-1] - np.repeat(total[self.start[:-1]], np.diff(self.start))
        return sums

    def _weighed(self, key: "Hashes", context: "Ints", asked: "Flags", need: "Need") -> "Flags":
        import numpy as np

        found = np.zeros(len(self.token), bool)
        index = np.flatnonzero(asked)
        if not len(index):
            return found
        index = index[np.lexsort((self.token[index], key[index]))]
        keys, values = key[index], self.token[index]
        new_key = np.concatenate(([True], keys[1:] != keys[:-1]))
        new_value = new_key | np.concatenate(([True], values[1:] != values[:-1]))
        bucket = np.cumsum(new_key) - 1
        words, first = context[index][new_key], self._place()[index][new_key] == 0
        has_value = np.bincount(bucket, values == 0) > 0
        enough = np.bincount(bucket, self.weight[values] * new_value) >= need(np.maximum(words, 1), first, has_value)
        good = (np.bincount(bucket, new_value) >= 2) & (words >= 1) & enough
        found[index[good[bucket]]] = True
        return found

    def _mark(self, marked: "Flags", end: "Ints | None" = None) -> None:
        """Marked tokens become VALUE, a row is cut at its `end`, neighbouring values are one, equal rows are one."""
        import numpy as np

        row = self._row()
        self.token = np.where(marked, 0, self.token)
        before = np.concatenate(([-1], self.token[:-1]))
        before[self.start[:-1][np.diff(self.start) > 0]] = -1
        keep = ~((self.token == 0) & (before == 0))
        if end is not None:
            keep &= np.arange(len(self.token)) < end[row]
        lengths = np.bincount(row[keep], minlength=len(self.start) - 1)
        self.token = self.token[keep]
        self.start = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        self._join_equal(by_constants=False)

    def _join_equal(self, *, by_constants: bool) -> None:
        """Equal rows are one; by constants, rows of two words or more are equal wherever their values stand."""
        import numpy as np

        rows = len(self.start) - 1
        own = _mix(self.hash[self.token] + self._place().astype(np.uint64) * np.uint64(_STEP))
        key = self._row_sum(own) + _mix(np.diff(self.start).astype(np.uint64))
        if by_constants:
            fixed = self.token != 0
            rank: Hashes = self._before(fixed.astype(np.uint64))
            ranked: Hashes = _mix(self.hash[self.token] + rank * np.uint64(_STEP)) * fixed
            wordy = self._row_sum(self.constant[self.token]) >= 2
            key = np.where(wordy, self._row_sum(ranked), key)
        _, at, inverse = np.unique(key, return_index=True, return_inverse=True)
        order = np.argsort(at, kind="stable")
        rank_of = np.empty(len(order), np.int64)
        rank_of[order] = np.arange(len(order))
        kept = at[order]
        if len(kept) < rows:
            lengths = np.diff(self.start)[kept]
            start = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
            shift = np.repeat(self.start[kept] - start[:-1], lengths)
            self.token, self.start = self.token[np.arange(start[-1]) + shift], start
            self.label = rank_of[inverse.ravel()][self.label]


def _same_need(words: "Ints", first: "Flags", has_value: "Flags") -> "Weights":
    import numpy as np

    return _NEED * (0.5 + 1 / words) * np.where(first & ~has_value, _FIRST, 1.0)


def _tail_need(words: "Ints", first: "Flags", has_value: "Flags") -> "Weights":
    import numpy as np

    del first, has_value
    return np.where(words >= _TAIL_WORDS, np.maximum(_TAIL / words, _TAIL_LEAST), np.inf)


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _mix(values: "Hashes") -> "Hashes":
    import numpy as np

    mixed: Hashes = values ^ (values >> np.uint64(33))
    mixed = mixed * np.uint64(0xFF51AFD7ED558CCD)
    mixed = mixed ^ (mixed >> np.uint64(29))
    mixed = mixed * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(32))
