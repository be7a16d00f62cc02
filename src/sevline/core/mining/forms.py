"""The distinct token rows of a set of shapes, flat in arrays, and the operations that grouping is made of.

Token number 0 is the value; every other number is a word of the vocabulary. Nothing depends on the order of the rows
but the order of the answer.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sevline.core.mining.alternatives import LEAST, Alternatives
from sevline.core.mining.vocabulary import LEADING_TAG, WEIGHT_VALUE, WEIGHT_WORD, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float64]
    Need = Callable[[Weights, Flags, Flags], Weights]
    Judge = Callable[["Forms", Alternatives], Flags]

Number = TypeVar("Number", bound="np.generic")

_STEP, _WILD, _PREFIX = 0xD6E8FEB86659FD93, 77, 991
_OWN, _PLACES = -1, -2
"""Names of what is kept beside the values of places."""

_SHARED, _SHARED_MORE, _SHARED_MOST = 3, 0.5, 2.0
"""From so many contexts on with the very same alternatives, each further context tells that much more, and all together
that many times as much."""

_UNTOLD = 14.0
"""Evidence that would be wanted where a context tells too little for free text to follow."""


class Forms:
    """`token`: numbers, row after row; `start`: where each row begins, and the end. `label`: shape -> its row.
    `varied`: of each word, whether it was found to be a value somewhere. `judge`, if any, is asked where evidence is
    short."""

    def __init__(self, vocabulary: Vocabulary, token: "Ints", start: "Ints") -> None:
        self.words = vocabulary
        self.token, self.start = token, start
        self.label = np.arange(len(start) - 1)
        self.row = np.repeat(self.label, np.diff(start))
        self.varied = np.zeros(vocabulary.size, bool)
        self.judge: Judge | None = None
        self._mixed: dict[int, Hashes] = {}

    @property
    def rows(self) -> int:
        return len(self.start) - 1

    def texts(self, value: str) -> list[str]:
        """The rows as text, values written as `value`."""
        words = self.words.texts(value)
        bounds: Sequence[tuple[int, int]] = list(zip(self.start[:-1].tolist(), self.start[1:].tolist(), strict=True))
        tokens = np.where(self.words.weight[self.token] == 0, -1, self.token).tolist()
        return [" ".join([words[token] for token in tokens[begin:end] if token >= 0]) or value for begin, end in bounds]

    def place(self) -> "Ints":
        """Of each token, its place in the row."""
        places: Ints = np.arange(len(self.token)) - self.start[:-1][self.row]
        return places

    def row_sum(self, values: "NDArray[Number]") -> "NDArray[Number]":
        total = np.concatenate((np.zeros(1, values.dtype), np.cumsum(values, dtype=values.dtype)))
        sums: NDArray[Number] = total[self.start[1:]] - total[self.start[:-1]]
        return sums

    def before(self, values: "NDArray[Number]") -> "NDArray[Number]":
        """Of each token, the sum over the tokens before it in its row."""
        total = np.concatenate((np.zeros(1, values.dtype), np.cumsum(values, dtype=values.dtype)))
        sums: NDArray[Number] = total[:-1] - total[self.start[:-1]][self.row]
        return sums

    def _placed(self, what: int) -> "Hashes":
        """Of each token, a value of its place; kept until the tokens change."""
        found = self._mixed.get(what)
        if found is None:
            found = self._mixed[what] = mixed(self._steps() + np.uint64(what))
        return found

    def _own(self) -> "Hashes":
        """Of each token, a value of its word and its place; kept until the tokens change."""
        found = self._mixed.get(_OWN)
        if found is None:
            found = self._mixed[_OWN] = mixed(self.words.hash[self.token] + self._steps())
        return found

    def _steps(self) -> "Hashes":
        found = self._mixed.get(_PLACES)
        if found is None:
            found = self._mixed[_PLACES] = self.place().astype(np.uint64) * np.uint64(_STEP)
        return found

    def firsts(self) -> "Ints":
        """Of each row, its first token, a lead not counted."""
        token = np.append(self.token, 0)
        led: Flags = (self.words.weight[token[self.start[:-1]]] == 0) & (np.diff(self.start) > 0)
        first: Ints = self.start[:-1] + led
        return first

    def beside_values(self) -> "Flags":
        """Units behind a value, and names of days and months beside one."""
        before, after = self._values_around()
        calendar = self.words.calendar[self.token] & (before | after)
        found: Flags = (self.words.unit[self.token] & before) | calendar
        return found

    def _values_around(self) -> "tuple[Flags, Flags]":
        """Of each token, whether the one before it in its row is a value, and whether the one after it is."""
        value = self.token == 0
        same = np.append(self.row[1:] == self.row[:-1], False)
        before, after = np.zeros(len(value), bool), np.zeros(len(value), bool)
        before[1:], after[:-1] = value[:-1] & same[:-1], value[1:] & same[:-1]
        return before, after

    def optional(self, weight: float, least: float) -> "Flags":
        """Names (words of that weight, in mixed case, or of a function) beside a value in rows that stand without them
        too, and have words enough."""
        before, after = self._values_around()
        name = (self.words.weight >= weight) | self.words.name
        names: Flags = name[self.token] & (self.token != 0) & (before | after)
        token = np.where(names, 0, self.token)
        kept = self._uncollapsed(token)
        without = self.copied(token[kept], np.bincount(self.row[kept], minlength=self.rows))
        wordy = without.row_sum(without.words.constant[without.token]) >= least
        return names & (np.isin(without.keys(), self.keys()) & wordy)[self.row]

    def all_others(self) -> "tuple[Hashes, Weights]":
        """Of each token, a key of its context, all other tokens and their places, and the weight of that context."""
        own, words = self._own(), self.words.constant[self.token]
        key = self.row_sum(own)[self.row] - own + self._placed(_WILD)
        return key, self.row_sum(words)[self.row] - words

    def others_but(self, soft: "Flags", least: float = 0.0) -> "tuple[Hashes, Weights]":
        """The same with the `soft` tokens (a flag for each word) of the row taken out of the context, which has no
        weight where what is left tells less than `least` or is but tags."""
        taken = soft[self.token]
        own = np.where(taken, self._placed(_WILD), self._own())
        words = np.where(taken, 0.0, self.words.constant[self.token])
        key = self.row_sum(own)[self.row] + self._placed(_PREFIX)
        weight = self.row_sum(words)
        if least:
            telling = np.where(taken, 0.0, self.words.telling[self.token])
            untagged = np.where(self.words.tag[self.token], 0.0, telling)
            weight = weight * ((self.row_sum(telling) >= least) & (self.row_sum(untagged) > 0))
        return key, weight[self.row]

    def all_before(self, tag: float | None = None) -> "tuple[Hashes, Weights]":
        """The same with the tokens before it as context; a context of tags alone has no weight, unless it is told what
        a tag at the first place weighs."""
        telling = self.words.telling[self.token]
        key = self.before(self._own()) + self._placed(_PREFIX)
        if tag is None:
            untagged = self.before(np.where(self.words.tag[self.token], 0.0, telling))
            return key, self.before(telling) * (untagged > 0)
        labels = self.words.tag[self.token] & (np.arange(len(self.token)) == self.firsts()[self.row])
        return key, self.before(np.where(labels & (telling > 0), tag, telling))

    def tagged(self) -> float:
        """Of the rows, the part that begins with a tag."""
        firsts = self.firsts()
        begun = firsts[firsts < self.start[1:]]
        return float(self.words.tag[self.token[begun]].mean()) if len(begun) else 0.0

    def before_sentences(self, context: "tuple[Hashes, Weights]", asked: "Flags", words: float, most: int) -> "Flags":
        """The asked tokens behind a context that tells little (less than `words`), where all that was seen is at most
        so many sentences of so many words and more each: such are statements sooner than free text."""
        found = np.zeros(len(self.token), bool)
        index = np.flatnonzero(asked & (context[1] < words))
        if not len(index):
            return found
        constant = self.words.constant[self.token]
        own = self.row_sum(constant)[self.row[index]] - self.before(constant)[index]
        _, bucket, rows = np.unique(context[0][index], return_inverse=True, return_counts=True)
        bucket = bucket.ravel()
        fewest = np.full(len(rows), np.inf)
        np.minimum.at(fewest, bucket, own)
        found[index] = ((fewest >= words) & (rows <= most))[bucket]
        return found

    def evident(
        self, context: "tuple[Hashes, Weights]", asked: "Flags", need: "Need", value: float = WEIGHT_VALUE
    ) -> "Flags":
        """The asked tokens in whose context at least two distinct ones were seen, of enough weight together;
        `value`: what the value weighs.

        Behind the first place, a word that ends with a colon says what comes; however it is spelled, it is but a word.
        At the first place, a tag names a part of the program more often than a thing, and so counts for less. The same
        alternatives in several contexts are one thing's kinds (`file`, `level`) sooner than so many pairs of sentences,
        and count for more; but not before free text, where words begin sentences, nor where one tells an outcome.
        """
        found = np.zeros(len(self.token), bool)
        index = _not_alone(np.flatnonzero(asked), context[0])
        if not len(index):
            return found
        bits = np.uint64(max(1, int(self.words.size).bit_length()))
        pair = (context[0][index] << bits) | self.token[index].astype(np.uint64)
        order = np.argsort(pair)
        index, pair = index[order], pair[order]
        new_value = np.concatenate(([True], pair[1:] != pair[:-1]))
        key = pair >> bits
        new_key = np.concatenate(([True], key[1:] != key[:-1]))
        several = _in_several(new_value, new_key)
        index, new_value, new_key = index[several], new_value[several], new_key[several]
        if not len(index):
            return found
        bucket = np.cumsum(new_key) - 1
        values, words = self.token[index], context[1][index][new_key]
        leading = self.firsts()[self.row[index]] == index
        first = leading[new_key]
        has_value = np.bincount(bucket, values == 0) > 0
        weight = np.where(values == 0, value, self.words.weight[values])
        weight = np.where(self.words.label[values] & ~leading, np.minimum(weight, WEIGHT_WORD), weight)
        weight = np.where(self.words.tag[values] & leading, weight * LEADING_TAG, weight)
        evidence = np.bincount(bucket, weight * new_value).astype(np.float64, copy=False)
        shared = np.ones(len(words))
        if value == WEIGHT_VALUE:
            seen = new_value & (values != 0)
            shared = self._shared(bucket[seen], values[seen], words)
        evidence, wanted = evidence * shared, need(words, first, has_value)
        good = evidence >= wanted
        if self.judge is not None:
            part = evidence / np.where(np.isfinite(wanted), wanted, _UNTOLD)
            asked = ~good & (part >= LEAST) & (words >= 1)
            kept = asked[bucket]
            numbers = (np.cumsum(asked) - 1)[bucket[kept]]
            facts = (part[asked], words[asked], shared[asked], first[asked], value != WEIGHT_VALUE)
            good[asked] = self.judge(self, Alternatives(index[kept], numbers, new_value[kept], *facts))
        found[index[good[bucket]]] = True
        return found

    def _shared(self, bucket: "Ints", values: "Ints", words: "Weights") -> "Weights":
        """Of each context, how many times what it shows counts, by the number of contexts with the same words in that
        place; `values`: the distinct words of each, in the order of the contexts."""
        times = np.ones(len(words))
        count = np.bincount(bucket, minlength=len(words))
        outcomes = np.bincount(bucket, self.words.outcome[values], minlength=len(words))
        asked = np.flatnonzero((count >= 2) & (words >= 1) & (outcomes == 0))
        if len(asked) < _SHARED:
            return times
        total = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed(self.words.hash[values]), dtype=np.uint64)))
        end = np.cumsum(count)[asked]
        alternatives = total[end] - total[end - count[asked]]
        _, inverse, contexts = np.unique(alternatives, return_inverse=True, return_counts=True)
        more = np.minimum(1 + _SHARED_MORE * (contexts - 1), _SHARED_MOST)
        times[asked] = np.where(contexts >= _SHARED, more, 1.0)[inverse.ravel()]
        return times

    def mark(self, marked: "Flags", end: "Ints | None" = None) -> None:
        """Marked tokens become the value, a row is cut at its `end`, neighbouring values are one, equal rows are
        one."""
        self.varied[self.token[marked]] = True
        self.token = np.where(marked, 0, self.token)
        self._mixed = {}
        keep = self._uncollapsed(self.token)
        if end is not None:
            keep &= np.arange(len(self.token)) < end[self.row]
        lengths = np.bincount(self.row[keep], minlength=self.rows)
        self._take(self.token[keep], lengths)
        self.join_equal()

    def _uncollapsed(self, token: "Ints") -> "Flags":
        """Tokens that are no value right behind another one of their row."""
        before = np.concatenate(([-1], token[:-1]))
        before[self.start[:-1][np.diff(self.start) > 0]] = -1
        apart: Flags = ~((token == 0) & (before == 0))
        return apart

    def copied(self, token: "Ints", lengths: "Ints") -> "Forms":
        """The same words in other rows."""
        return Forms(self.words, token, np.concatenate(([0], np.cumsum(lengths))).astype(np.int64))

    def keys(self) -> "Hashes":
        """Of each row, what is equal where rows are."""
        whole: Hashes = self.row_sum(self._own()) + mixed(np.diff(self.start).astype(np.uint64))
        return whole

    def join_equal(self) -> None:
        self.join(self.keys())

    def join_by_constants(self, least: float) -> None:
        """Rows with the same words in the same order are one, wherever their values stand."""
        self._join_by(self.token != 0, self.row_sum(self.words.constant[self.token]) >= least)

    def join_by_words(self, least: float, keys: int) -> None:
        """The same where rows have that many keys and words: whichever keys there are, in whatever order."""
        named = self.words.key[self.token]
        wordy = self.row_sum(self.words.constant[self.token]) >= least
        self._join_by((self.token != 0) & ~named, wordy & (self.row_sum(named.astype(np.int64)) >= keys))

    def _join_by(self, fixed: "Flags", asked: "Flags") -> None:
        """Of the rows asked for, those whose `fixed` tokens are the same in the same order are one, if all or none
        begins with a value: before the sentence it is what the sentence is about."""
        rank: Hashes = self.before(fixed.astype(np.uint64))
        ranked: Hashes = mixed(self.words.hash[self.token] + rank * np.uint64(_STEP)) * fixed
        about = np.append(self.token, 1)[self.firsts()] == 0
        self.join(np.where(asked, self.row_sum(ranked) + about, self.keys()))

    def join(self, key: "Hashes") -> None:
        """Rows of one key are one; the first of them stays."""
        _, at, inverse = np.unique(key, return_index=True, return_inverse=True)
        if len(at) == self.rows:
            return
        order = np.argsort(at, kind="stable")
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        kept = at[order]
        lengths = np.diff(self.start)[kept]
        start = np.concatenate(([0], np.cumsum(lengths)))
        shift = np.repeat(self.start[kept] - start[:-1], lengths)
        self.label = rank[inverse.ravel()][self.label]
        self._take(self.token[np.arange(start[-1]) + shift], lengths)

    def _take(self, token: "Ints", lengths: "Ints") -> None:
        self.token = token
        self._mixed = {}
        self.start = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        self.row = np.repeat(np.arange(len(lengths)), lengths)


def _not_alone(index: "Ints", key: "Hashes") -> "Ints":
    """Of tokens, those whose context another one may have, by some bits of it: most have none, and need no sorting."""
    slots = (key[index] & np.uint64((1 << max(10, (2 * len(index)).bit_length())) - 1)).astype(np.int64)
    kept: Ints = index[np.bincount(slots)[slots] > 1]
    return kept


def _in_several(new_value: "Flags", new_key: "Flags") -> "Flags":
    """Of tokens in the order of their contexts, whether more than one word was seen in theirs: most stand alone."""
    begins = np.flatnonzero(new_key)
    several = np.add.reduceat(new_value, begins, dtype=np.int64) >= 2
    found: Flags = np.repeat(several, np.diff(np.append(begins, len(new_key))))
    return found


def mixed(values: "Hashes") -> "Hashes":
    """Well spread 64-bit values of other ones."""
    out: Hashes = values ^ (values >> np.uint64(33))
    out = out * np.uint64(0xFF51AFD7ED558CCD)
    out = out ^ (out >> np.uint64(29))
    out = out * np.uint64(0x9E3779B97F4A7C15)
    return out ^ (out >> np.uint64(32))
