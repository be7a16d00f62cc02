"""Bytes of a block eight at a time: what a kernel looks for, in a word at once; and hashes of stretches of bytes.

A text has two faces that share their memory: `text`, its bytes, and `wide`, its words, with zeros behind the end so
that a word may be read at every byte. Little-endian machines only (see `jit.choose_compiled`).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.jit import jit, part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Text = NDArray[np.uint8]
    Words = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

_ONES, _HIGHS, _LOWS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080), np.uint64(0x7F7F7F7F7F7F7F7F)
_ZEROS, _BEYOND_NINE = np.uint64(0x3030303030303030), np.uint64(0x7676767676767676)
_NEWLINES = np.uint64(0x0A0A0A0A0A0A0A0A)
_QUOTES, _BACKS, _BLANKS = np.uint64(0x2222222222222222), np.uint64(0x5C5C5C5C5C5C5C5C), np.uint64(0x2020202020202020)
_STEP, _MIX = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0x9E3779B97F4A7C15)
_ONE, _SEVEN, _HALF, _TOP, _LAST = np.uint64(1), np.uint64(7), np.uint64(32), np.uint64(56), np.uint64(63)
_EIGHT, _FOLD, _NONE = np.uint64(8), np.uint64(29), np.uint64(0)

_FROM_A, _BEYOND_Z = np.uint64(0x1F1F1F1F1F1F1F1F), np.uint64(0x0505050505050505)


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes with their two faces."""

    bytes: bytes
    text: "Text"
    wide: "Words"


def faced(block: bytes, room: "Words | None" = None) -> Block:
    """`room`: words to write the block into, at least `words_for` it; to use the same again keeps memory flat."""
    wide = np.empty(words_for(block), np.uint64) if room is None else room[: words_for(block)]
    wide[-3:] = 0
    text = wide.view(np.uint8)[: len(block)]
    text[:] = np.frombuffer(block, np.uint8)
    return Block(block, text, wide)


def words_for(block: bytes) -> int:
    return len(block) // 8 + 3


@part
def word_at(wide: "Words", at: int) -> np.uint64:
    """The eight bytes from `at` on, the first the lowest."""
    index, shift = at >> 3, np.uint64((at & 7) << 3)
    word: np.uint64 = (wide[index] >> shift) | ((wide[index + 1] << (_LAST - shift)) << _ONE)
    return word


@part
def part_at(wide: "Words", begin: int, end: int) -> np.uint64:
    """At most eight bytes, zeros behind them."""
    if end <= begin:
        return _NONE
    if end - begin >= 8:
        return word_at(wide, begin)
    return word_at(wide, begin) & ((_ONE << (np.uint64(end - begin) * _EIGHT)) - _ONE)


@part
def _first(found: np.uint64) -> int:
    """Of bytes whose high bit says that they were found, which comes first."""
    lowest = found & (~found + _ONE)
    return np.int64(((((lowest - _ONE) >> _SEVEN) & _ONES) * _ONES) >> _TOP)  # type: ignore[return-value]


@jit
def newlines(wide: "Words", ends: "Numbers") -> int:
    """Where newlines stand, into `ends`; gives how many there are, of which `ends` may have no room for the last."""
    count = 0
    for index in range(len(wide)):
        word = wide[index] ^ _NEWLINES
        found = ~(((word & _LOWS) + _LOWS) | word | _LOWS)
        while found != 0:
            if count < len(ends):
                ends[count] = 8 * index + _first(found)
            count += 1
            found &= found - _ONE
    return count


@part
def next_digit(wide: "Words", at: int, end: int) -> int:
    """Where the first digit from `at` on stands, or `end`."""
    while at < end:
        word = word_at(wide, at) ^ _ZEROS
        found = ~(((word & _LOWS) + _BEYOND_NINE) | word) & _HIGHS
        if found != 0:
            return min(at + _first(found), end)
        at += 8
    return end


@part
def next_special(wide: "Words", at: int, end: int) -> int:
    """Where the first quote, backslash or control character from `at` on stands, or `end`."""
    while at < end:
        word = word_at(wide, at)
        quote, back = word ^ _QUOTES, word ^ _BACKS
        found = (((quote - _ONES) & ~quote) | ((back - _ONES) & ~back) | ((word - _BLANKS) & ~word)) & _HIGHS
        if found != 0:
            return min(at + _first(found), end)
        at += 8
    return end


@part
def run_at(wide: "Words", at: int, end: int) -> tuple[int, bool]:
    """Where the run of letters and digits at `at` ends, and whether it holds a digit. A byte above 127 is a letter."""
    digit = False
    while at < end:
        word = part_at(wide, at, end)
        low, number = (word | _BLANKS) & _LOWS, word ^ _ZEROS
        digits = ~(((number & _LOWS) + _BEYOND_NINE) | number) & _HIGHS
        letters = (((low + _FROM_A) & ~(low + _BEYOND_Z)) | word) & _HIGHS
        other = ~(digits | letters) & _HIGHS
        if other != 0:
            lowest = other & (~other + _ONE)
            return at + _first(other), digit or digits & (lowest - _ONE) != 0
        digit = digit or digits != 0
        at += 8
    return end, digit


@part
def stretch_hash(wide: "Words", begin: int, end: int, code: np.uint64) -> np.uint64:
    """`code` with the bytes of a stretch, and how many there are, mixed in."""
    at = begin
    while at + 8 <= end:
        code = (code ^ word_at(wide, at)) * _STEP
        code ^= code >> _HALF
        at += 8
    if at < end:
        code = (code ^ part_at(wide, at, end)) * _STEP
        code ^= code >> _HALF
    code = (code ^ np.uint64(end - begin)) * _MIX
    return code ^ (code >> _FOLD)
