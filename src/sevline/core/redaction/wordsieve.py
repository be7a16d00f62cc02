"""Searches rows for the words of many questions in one pass over their bytes, with arrays instead of patterns.

A word of few characters a place is found by a hash of three to six bytes in a row, in small letters; any other by the
pairs of bytes that may follow one another in it. What is found may be wrong, for the question itself is asked
afterwards; what is not found is not there. A character beyond ASCII counts as one byte, the same for all.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.redaction.clues import CODES, EQUAL_LETTERS, UPPER, Word, Words, likely, weight

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.intp]
    Masks = NDArray[np.uint64]

#: Questions that are told apart, and words that are: as many as a number has bits.
BITS = 64
#: Bytes that are looked at in one step.
BLOCK = 1 << 19
#: Bytes that a word can reach beyond the block.
BEYOND = 16
#: Places of a word that are looked at by pairs; pairs that are asked of every place, and the others where these are.
PAIRED, EVERYWHERE = 12, 3
#: Words that are looked for by pairs, and those of one question.
LANES, OF_ONE = 3 * BITS, 16
#: How likely a place may be to tell anything, and how much likelier the first places of a word may be than others.
TELLS_NOTHING, LIKELIER = 0.8, 4
#: How many ways there are to write a gram at most: more would fill the table.
WAYS = 64
#: How likely a gram may be, roughly: digits in a row are looked for as pairs.
RARE = 0.002
_TABLE = 1 << 16
_FIRST, _SECOND, _DOWN = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(16)


class WordSieve:
    """`groups` are questions that are asked together, each with its words; one for which nothing is known is None, and
    passes all rows. `bits` tell in the same order which bits of a mask are whose."""

    def __init__(self, groups: Sequence[Sequence[Words | None]]) -> None:
        questions = [words for group in groups for words in group]
        bits = _bits_of(questions)
        told = iter(np.array([1 << bit for bit in bits], np.uint64))
        self.bits = [[next(told) for _ in group] for group in groups]
        self._open = np.uint64(sum({1 << bit for bit, words in zip(bits, questions, strict=True) if words is None}))
        grams: dict[int, dict[int, int]] = {3: {}, 4: {}, 6: {}}
        paired: dict[Word, int] = {}
        for bit, words in zip(bits, questions, strict=True):
            apart: set[Word] = set()
            for word in words or ():
                gram = _gram(word)
                if gram is None:
                    apart.add(_least_likely(word))
                    continue
                known = grams[len(gram)]
                for code in product(*gram):
                    value = int.from_bytes(bytes(code), "little")
                    known[value] = known.get(value, 0) | 1 << bit
            for word, _ in _fewer([(one, 0) for one in apart], OF_ONE):
                paired[word] = paired.get(word, 0) | 1 << bit
        self._three, self._four, self._six = (_masks_of(grams[width]) for width in (3, 4, 6))
        self._threes = _hashed(grams[3])
        self._fours = _hashed({code & 0xFFFFFFFF for code in (*grams[4], *grams[6])})
        lanes = _fewer(list(paired.items()), LANES)
        near = _fewer([(word[: 2 * EVERYWHERE], 0) for word, _ in lanes], BITS)
        self._near = _pair_tables([word for word, _ in near], 2 * EVERYWHERE)
        self._halves = [
            (
                _pair_tables([word for word, _ in lanes[half : half + BITS]], PAIRED),
                [_by_byte([asked for _, asked in lanes[at : at + 8]]) for at in range(half, half + BITS, 8)],
            )
            for half in range(0, LANES, BITS)
        ]

    def masks(self, rows: "pl.Series") -> "Masks":
        """For each row the `bits` of the questions that it may hold something for."""
        if rows.is_empty():
            return np.zeros(0, np.uint64)
        ends = np.cumsum(rows.str.len_chars().to_numpy().astype(np.int64) + 1)  # each row has a line end behind it
        written = f"\n{rows.str.join(chr(10)).item()}\n"
        text = _bytes_of(written)
        found = np.zeros(len(rows), np.uint64)
        # A place stands for the row of the byte behind it: a word can begin with the line end before its row.
        for start in range(0, len(text), BLOCK):
            block = np.full(min(BLOCK, len(text) - start) + BEYOND, 10, np.uint8)
            part = text[start : start + len(block)]
            block[: len(part)] = part
            self._look(block, start, ends, found)
        found |= self._open
        if not written.isascii() and any(letter in written for letter in EQUAL_LETTERS):
            found[rows.str.contains_any(list(EQUAL_LETTERS)).to_numpy()] = ~np.uint64(0)
        return found

    def _look(self, block: "Bytes", start: int, ends: "Places", found: "Masks") -> None:
        stop = start + len(block) - BEYOND
        first, last = np.searchsorted(ends, (start, stop), "right")
        if first >= len(found):
            return
        last = min(last, len(found) - 1)
        if first == last:
            for _, masks in self._hits(block):
                found[first] |= np.bitwise_or.reduce(masks)
            return
        borders = np.concatenate(([start], ends[first:last], [stop + BEYOND]))
        rows = np.repeat(np.arange(first, last + 1, dtype=np.int32), np.diff(borders))
        for places, masks in self._hits(block):
            at = rows[places]
            begins = np.concatenate(([0], (at[1:] != at[:-1]).nonzero()[0] + 1))
            found[at[begins]] |= np.bitwise_or.reduceat(masks, begins)

    def _hits(self, block: "Bytes") -> "Iterator[tuple[Places, Masks]]":
        """Where something of which questions begins."""
        small = np.frombuffer(block.tobytes().lower(), np.uint8)
        for shift in range(4):
            codes = small[shift : len(small) - (len(small) - shift) % 4].view("<u4")
            at = self._fours.take(codes[:-1] * _FIRST >> _DOWN).nonzero()[0]
            if len(at):
                four = codes[at] * _SECOND
                six = four ^ (codes[at + 1] & np.uint32(0xFFFF)) * _FIRST
                yield from _real(at * 4 + shift, self._four[four >> _DOWN] | self._six[six >> _DOWN])
            codes = codes[:-1] & np.uint32(0xFFFFFF)
            at = self._threes.take(codes * _FIRST >> _DOWN).nonzero()[0]
            if len(at):
                yield from _real(at * 4 + shift, self._three[codes[at] * _SECOND >> _DOWN])
        for shift in range(2):
            pairs = block[shift : len(block) - (len(block) - shift) % 2].view("<u2").astype(np.intp)
            yield from self._paired(pairs, shift)

    def _paired(self, pairs: "Places", shift: int) -> "Iterator[tuple[Places, Masks]]":
        count = len(pairs) - PAIRED // 2 + 1
        near = self._near[0].take(pairs[:count])
        for number, table in enumerate(self._near[1:], 1):
            near &= table.take(pairs[number : number + count])
        at = (near != 0).nonzero()[0]
        for tables, asked in self._halves:
            lanes = tables[0].take(pairs[at])
            places = at
            for number, table in enumerate(tables[1:], 1):
                if number == EVERYWHERE:
                    real = (lanes != 0).nonzero()[0]
                    places, lanes = places[real], lanes[real]
                lanes &= table.take(pairs[places + number])
            real = (lanes != 0).nonzero()[0]
            if len(real):
                parts = lanes[real].view(np.uint8).reshape(-1, 8)
                masks = asked[0].take(parts[:, 0])
                for number in range(1, 8):
                    masks |= asked[number].take(parts[:, number])
                yield places[real] * 2 + shift, masks


def _real(places: "Places", masks: "Masks") -> "Iterator[tuple[Places, Masks]]":
    real = (masks != 0).nonzero()[0]
    if len(real):
        yield places[real], masks[real]


def _bits_of(questions: Sequence[Words | None]) -> list[int]:
    """The bit of each question: beyond as many as there are, those that are least likely share one."""
    chance = [1.0 if words is None else sum(map(likely, words)) for words in questions]
    ranks = {number: rank for rank, number in enumerate(sorted(range(len(chance)), key=lambda one: -chance[one]))}
    return [min(ranks[number], BITS - 1) for number in range(len(questions))]


@lru_cache(maxsize=1024)
def _folded(characters: int) -> list[int]:
    """The codes of the characters in small letters."""
    small = characters & ~UPPER | (characters & UPPER) << 32
    return [code for code in range(CODES) if small >> code & 1]


def _gram(word: Word) -> list[list[int]] | None:
    """Six, four or three places of the word with the bytes of each in small letters; None where they can be written in
    too many ways, or stand in too many texts."""
    ways = [_folded(characters) for characters in word]
    counts, chances = [len(one) for one in ways], [weight(characters) for characters in word]
    for width in (6, 4, 3):
        parts = [
            (prod(chances[start : start + width]), start)
            for start in range(len(word) - width + 1)
            if prod(counts[start : start + width]) <= WAYS
        ]
        least, start = min(parts, default=(1.0, 0))
        if least <= RARE or (parts and width == len(word)):
            return ways[start : start + width]
    return None


def _hashed(known: Iterable[int]) -> "NDArray[np.bool_]":
    """Whether a code is known, by its first hash."""
    there = np.zeros(_TABLE, np.bool_)
    there[np.fromiter(known, np.uint32) * _FIRST >> _DOWN] = True
    return there


def _masks_of(known: dict[int, int]) -> "Masks":
    """By the second hash of a code, whose it is."""
    masks = np.zeros(_TABLE, np.uint64)
    codes = np.fromiter(known, np.uint64, len(known))
    low, high = codes.astype(np.uint32), (codes >> np.uint64(32)).astype(np.uint32)
    hashes = (low * _SECOND ^ high * _FIRST) >> _DOWN
    np.bitwise_or.at(masks, hashes, np.fromiter(known.values(), np.uint64, len(known)))
    return masks


def _least_likely(word: Word) -> Word:
    """The part to look for: all of it, unless it begins with what is far likelier than what comes after."""
    while len(word) > 2 and weight(word[0]) > TELLS_NOTHING:
        word = word[1:]
    near = [likely(word[start : start + 2 * EVERYWHERE]) for start in range(max(1, len(word) - 2 * EVERYWHERE + 1))]
    least = min(near)
    start = next(start for start, chance in enumerate(near) if chance <= LIKELIER * least)
    return word[start : start + PAIRED]


def _fewer(lanes: list[tuple[Word, int]], most: int) -> list[tuple[Word, int]]:
    """No more words than that: each of the rest is joined to the one that grows least by it."""
    if len(lanes) <= most:
        return lanes
    lanes = sorted(lanes, key=lambda lane: (-likely(lane[0]), lane))
    kept = lanes[:most]
    for word, asked in lanes[most:]:
        near = min(range(most), key=lambda number: likely(_wider(kept[number][0], word)) - likely(kept[number][0]))
        kept[near] = (_wider(kept[near][0], word), kept[near][1] | asked)
    return kept


def _wider(first: Word, second: Word) -> Word:
    return tuple([one | other for one, other in zip(first, second, strict=False)])


def _pair_tables(words: list[Word], places: int) -> "list[Masks]":
    """For each two places of the words which pair of bytes may stand there, a bit for each word."""
    masks = [_allowed([word[place] if place < len(word) else None for word in words]) for place in range(places)]
    pairs = zip(masks[::2], masks[1::2], strict=True)
    return [np.bitwise_and.outer(second, first).reshape(-1) for first, second in pairs]  # the first byte is the low one


def _allowed(places: list[int | None]) -> "Masks":
    """For each byte at whose place it may stand, a bit for each; None is beyond the end of a word, where any may."""
    told = np.zeros((BITS, 256), np.bool_)
    for number, characters in enumerate(places):
        told[number] = _bytes(characters)
    return np.packbits(np.ascontiguousarray(told.T), axis=1, bitorder="little").view(np.uint64).reshape(-1)


@lru_cache(maxsize=1024)
def _bytes(characters: int | None) -> "NDArray[np.bool_]":
    """Which bytes are of these characters."""
    if characters is None:
        return np.ones(256, np.bool_)
    bits = np.frombuffer(characters.to_bytes(32, "little"), np.uint8)
    return np.unpackbits(bits, bitorder="little").view(np.bool_)


def _bytes_of(text: str) -> "Bytes":
    """A byte for each character."""
    written = np.frombuffer(text.encode(), np.uint8)
    if text.isascii():
        return written
    narrowed: Bytes = np.minimum(written[(written & 0xC0) != 0x80], np.uint8(0x80))
    return narrowed


def _by_byte(asked: list[int]) -> "Masks":
    """For each byte of eight lanes the questions of its bits."""
    table = np.zeros(256, np.uint64)
    for bit, questions in enumerate(asked):
        table[[code for code in range(256) if code >> bit & 1]] |= np.uint64(questions)
    return table
