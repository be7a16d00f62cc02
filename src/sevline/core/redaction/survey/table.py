"""Factors of many patterns as the tables of one scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.redaction.survey.factors import Text, cost, factors, share_of
from sevline.core.redaction.survey.machine import FOLDED_BITS, PLACES, WORDS
from sevline.core.redaction.survey.tree import EDGE, EVERY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Numbers = NDArray[np.int32]
    Masks = NDArray[np.uint64]

_WORD = (1 << 64) - 1
#: Symbols of the three at a factor's heart, of which each is a letter in any case, a digit, a mark, or another.
_FOLDED = 1 << FOLDED_BITS
#: From how many factors on three symbols are a crowd, and how many crowds are shared out.
CROWD, CROWDS = 5, 40
#: Bits of the table of four symbols.
HASHED = 1 << 20
#: Which part of a log's places may hold a pattern's factors, and the hearts of them.
MOST_ROWS, MOST_PLACES = 0.022, 0.06
_MARKS = " \t\n\r!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def _symbols() -> "Bytes":
    """The symbol of each byte."""
    table = np.arange(256, dtype=np.uint8)
    table[0x80:0xC0], table[0xC0:0xF3], table[0xF3:] = 3, 1, 4
    return table


def _folded() -> "Bytes":
    """The folded symbol of each symbol."""
    table = np.full(128, 63, np.uint8)
    for number, sign in enumerate(_MARKS):
        table[ord(sign)] = 27 + number
    table[ord("0") : ord("9") + 1] = 26
    for number in range(26):
        table[ord("a") + number] = table[ord("A") + number] = number
    return table


_ANY_FOLDED = np.arange(_FOLDED, dtype=np.int32)
SYMBOLS = _symbols()
FOLDED_SYMBOLS = _folded()
FOLD: "Bytes" = FOLDED_SYMBOLS[SYMBOLS]


@dataclass(frozen=True, slots=True)
class Table:
    """`single` are the questions that a byte alone makes worth it. `seldom` has a bit, by its hash, for each four
    folded symbols at whose first three a factor may be; `first` says where the list of the three begins in `listed`.
    Where many may be, `crowded` has a number for the three, and `around` says where the list begins for the symbols
    before and behind them. `shape` is how many classes stand before a factor's heart, and how many it has; `classes`
    are two words for each; `wanted` are the questions of each factor, `always` those that every row is worth.
    """

    single: "Masks"
    seldom: "Masks"
    first: "Numbers"
    crowded: "Bytes"
    around: "Numbers"
    listed: "Numbers"
    shape: "Numbers"
    classes: "Masks"
    wanted: "Masks"
    always: "Masks"


@cache
def _folded_members(members: int) -> tuple[int, ...]:
    return tuple(sorted({int(FOLDED_SYMBOLS[place]) for place in range(128) if members >> place & 1}))


@cache
def _in_any_fold(members: int) -> int:
    """The class with all symbols that are folded with one of its own; edges, which all rows have, are none of them."""
    folded = _folded_members(members)
    return sum(1 << place for place in range(128) if int(FOLDED_SYMBOLS[place]) in folded) & ~EDGE | members


def _heart(text: Text) -> int:
    """Where the three classes stand that are the rarest and need the fewest lists."""

    def dear(at: int) -> float:
        three = text[at : at + 3]
        lists = 1
        for members in three:
            lists *= len(_folded_members(members))
        return share_of(tuple(map(_in_any_fold, three))) + lists / 100_000

    return min(range(len(text) - 2), key=dear)


def is_worth_it(pattern: str) -> bool:
    """Whether its factors are so rare that they cost less than the rows in which they are not."""
    texts = factors(pattern)
    if texts is None or cost(texts) > MOST_ROWS:
        return False
    return sum(_share_at_heart(_padded(text)) for text in texts if len(text) > 1) <= MOST_PLACES


def _share_at_heart(text: Text) -> float:
    heart = _heart(text)
    return share_of(tuple(map(_in_any_fold, text[heart : heart + 3])))


def _padded(text: Text) -> Text:
    return text + (EVERY,) * (3 - len(text))


def _bits(questions: Sequence[int]) -> list[int]:
    whole = sum({1 << one for one in questions})
    return [whole >> (64 * word) & _WORD for word in range(WORDS)]


def table(patterns: Sequence[str]) -> Table:
    """The tables for these patterns, no more than 128, each of which has the bit of its place."""
    asked: dict[Text, list[int]] = {}
    always: list[int] = []
    single = np.zeros((256, WORDS), np.uint64)
    for number, pattern in enumerate(patterns):
        texts = factors(pattern)
        if texts is None:
            always.append(number)
            continue
        for text in texts:
            if len(text) == 1:
                held = [text[0] >> symbol & 1 for symbol in SYMBOLS.tolist()]
                single[np.array(held, bool)] |= np.array(_bits([number]), np.uint64)
                continue
            asked.setdefault(_padded(text), []).append(number)
    shape = np.zeros((len(asked), 2), np.int32)
    classes = np.zeros((len(asked), PLACES, 2), np.uint64)
    wanted = np.zeros((len(asked), WORDS), np.uint64)
    threes: list[NDArray[np.int32]] = []
    for number, (text, questions) in enumerate(asked.items()):
        heart = _heart(text)
        shape[number] = heart, len(text)
        classes[number, : len(text)] = [(members & _WORD, members >> 64) for members in text]
        wanted[number] = _bits(questions)
        one, two, three = (np.array(_folded_members(members), np.int32) for members in text[heart : heart + 3])
        threes.append(((one[:, None, None] * _FOLDED + two[:, None]) * _FOLDED + three).ravel())
    return _listed(threes, shape, classes, wanted, np.array(_bits(always), np.uint64), single)


def _listed(
    threes: "list[Numbers]", shape: "Numbers", classes: "Masks", wanted: "Masks", always: "Masks", single: "Masks"
) -> Table:
    at = np.concatenate(threes) if threes else np.zeros(0, np.int32)
    numbers = np.repeat(np.arange(len(threes), dtype=np.int32), [len(one) for one in threes])
    listed = numbers[np.argsort(at, kind="stable")]
    first = _begins(at, _FOLDED**3)
    crowded, around, more = _crowds(first, listed, shape, classes)
    seldom = _seldom(threes, shape, classes)
    return Table(single, seldom, first, crowded, around, np.concatenate((listed, more)), shape, classes, wanted, always)


def _seldom(threes: "list[Numbers]", shape: "Numbers", classes: "Masks") -> "Masks":
    """A bit for the hash of each four symbols that a factor's heart and what stands behind it may be."""
    held = np.zeros(HASHED, bool)
    for number, three in enumerate(threes):
        heart, length = shape[number]
        behind = _folded_class(classes[number, heart + 3]) if heart + 3 < length else _ANY_FOLDED
        four = (three[:, None].astype(np.uint64) << np.uint64(FOLDED_BITS) | behind.astype(np.uint64)).ravel()
        held[(four * np.uint64(2654435769) >> np.uint64(12)) & np.uint64(HASHED - 1)] = True
    return np.packbits(held, bitorder="little").view(np.uint64)


def _begins(places: "Numbers", most: int) -> "Numbers":
    """Where the list of each place begins, and where the last one ends."""
    begins = np.zeros(most + 1, np.int32)
    np.cumsum(np.bincount(places, minlength=most), out=begins[1:])
    return begins


def _crowds(
    first: "Numbers", listed: "Numbers", shape: "Numbers", classes: "Masks"
) -> "tuple[Bytes, Numbers, Numbers]":
    """The lists of the fullest three symbols, shared out by the symbols before and behind them."""
    crowded = np.zeros(_FOLDED**3, np.uint8)
    places, numbers = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for crowd, three in enumerate(_fullest(np.diff(first)), 1):
        crowded[three] = crowd
        for number in listed[first[three] : first[three + 1]]:
            heart, length = shape[number]
            before, behind = (
                _folded_class(classes[number, place]) if 0 <= place < length else _ANY_FOLDED
                for place in (heart - 1, heart + 3)
            )
            places.append(((crowd * _FOLDED + before[:, None]) * _FOLDED + behind).ravel())
            numbers.append(np.full(len(places[-1]), number, np.int32))
    at = np.concatenate(places)
    more = np.concatenate(numbers)[np.argsort(at, kind="stable")]
    return crowded, _begins(at, (CROWDS + 1) * _FOLDED**2) + np.int32(len(listed)), more


def _fullest(counts: "NDArray[np.intp] | Numbers") -> list[int]:
    """The three symbols that cost the most time: how often they are in a log, times how many factors are there."""
    unfolded: list[list[int]] = [[] for _ in range(_FOLDED)]
    for symbol, folded in enumerate(FOLDED_SYMBOLS.tolist()):
        unfolded[folded].append(symbol)
    classes = [sum(1 << symbol for symbol in symbols) for symbols in unfolded]
    full = np.flatnonzero(counts >= CROWD).tolist()

    def dear(three: int) -> float:
        parts = (three >> 2 * FOLDED_BITS, three >> FOLDED_BITS & _FOLDED - 1, three & _FOLDED - 1)
        return float(counts[three]) * share_of(tuple(classes[part] for part in parts))

    return sorted(full, key=dear, reverse=True)[:CROWDS]


def _folded_class(words: "Masks") -> "Numbers":
    return np.array(_folded_members(int(words[0]) | int(words[1]) << 64), np.int32)
