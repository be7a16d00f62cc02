"""Coarser keys for shapes, when a log has more of them than are kept. Each level is a function of the one before."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.jit import part
from sevline.core.mining.levels import COARSEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.frames import Text

    Hashes = NDArray[np.uint64]

_SLOTS = 16384
_ALL_BITS = 2**64 - 1
_WORD = re.compile(rb"[^\x00-\x20]+")
_NO_LETTERS = bytes(sign for sign in range(256) if not (65 <= sign <= 90 or 97 <= sign <= 122))


@lru_cache(maxsize=1)
def common_words() -> "Hashes":
    """Open addressing: hashes of the words that messages are written with, in lower case."""
    table = np.zeros(_SLOTS, np.uint64)
    with np.errstate(over="ignore"):
        for word in _words():
            text = np.frombuffer(word.encode(), np.uint8)
            code = np.uint64(word_hash(text, 0, len(text)))
            table[word_slot(table, code)] = code
    return table


def _words() -> list[str]:
    return files("sevline.core.mining").joinpath("words.txt").read_text(encoding="utf-8").split()


@part
def word_hash(text: "Text", begin: int, end: int) -> np.uint64:
    code = np.uint64(5381)
    for here in range(begin, end):
        sign = np.uint64(text[here])
        if 65 <= sign <= 90:
            sign += np.uint64(32)
        code = code * np.uint64(33) + sign
    code *= np.uint64(0x9E3779B97F4A7C15)
    return (code ^ (code >> np.uint64(31))) | np.uint64(1)


@part
def word_slot(table: "Hashes", code: np.uint64) -> int:
    slot = code & np.uint64(len(table) - 1)
    while table[slot] != 0 and table[slot] != code:
        slot = (slot + np.uint64(1)) & np.uint64(len(table) - 1)
    return np.int64(slot)  # type: ignore[return-value]  # an index is signed


@part
def _is_letter(sign: int) -> bool:
    return 65 <= sign <= 90 or 97 <= sign <= 122


@part
def _is_common(text: "Text", begin: int, end: int, words: "Hashes") -> bool:
    """A word of the list, whatever punctuation stands around it."""
    while begin < end and not _is_letter(text[begin]):
        begin += 1
    while end > begin and not _is_letter(text[end - 1]):
        end -= 1
    if begin == end:
        return False
    code = word_hash(text, begin, end)
    return bool(words[word_slot(words, code)] == code)


@part
def _most(level: int) -> int:
    """Words that are kept at a level."""
    if level <= 1:
        return 1 << 30
    return 8 if level == 2 else 4 if level == 3 else 1


@part
def fold_into(text: "Text", begin: int, end: int, level: int, words: "Hashes") -> int:
    """Folds `text[begin:end]` where it stands; gives its new end. See `fold`."""
    if level >= COARSEST:
        text[begin] = 48
        return begin + 1
    most = _most(level)
    out, at, kept, marked = begin, begin, 0, False
    while at < end and kept < most:
        if text[at] <= 32:
            at += 1
            continue
        stop = at
        while stop < end and text[stop] > 32:
            stop += 1
        common = _is_common(text, at, stop, words)
        if common or not marked:
            if out > begin:
                text[out] = 32
                out += 1
            if common:
                while at < stop:
                    text[out] = text[at]
                    out += 1
                    at += 1
            else:
                text[out] = 48
                out += 1
            kept += 1
        marked = not common
        at = stop
    return out


def fold(shape: bytes, level: int) -> bytes:
    """1: words that are not of the common ones are one marker; 2 to 4: only the first 8, 4, 1 words of that; 5:
    nothing.

    What stands before a LEAD stays, up to level 4. Folding what is folded to a finer level gives the
    same as folding the shape itself.
    """
    if not level:
        return shape
    if level >= COARSEST:
        return b"0"
    lead, mark, message = shape.rpartition(b"\x1f")
    return lead + mark + b" ".join(_kept(message, _most(level)))


def _kept(message: bytes, most: int) -> "list[bytes]":
    """As `fold_into`, with what Python is quick at: a log of a million different messages is folded by it where kernels
    are not compiled."""
    kept: list[bytes] = []
    marked = False
    for found in _WORD.finditer(message):
        word = found[0]
        common = _is_common_word(word)
        if common or not marked:
            kept.append(word if common else b"0")
            if len(kept) >= most:
                break
        marked = not common
    return kept


@lru_cache(maxsize=1 << 17)
def _is_common_word(word: bytes) -> bool:
    """By the same hash as the kernels, which takes a few words of signs for common ones."""
    inner = word.strip(_NO_LETTERS).lower()
    return bool(inner) and _plain_hash(inner) in _common_hashes()


def _plain_hash(word: bytes) -> int:
    """`word_hash` of a word in lower case."""
    code = 5381
    for sign in word:
        code = code * 33 + sign & _ALL_BITS
    code = code * 0x9E3779B97F4A7C15 & _ALL_BITS
    return code ^ code >> 31 | 1


@lru_cache(maxsize=1)
def _common_hashes() -> frozenset[int]:
    return frozenset(_plain_hash(word.encode().lower()) for word in _words())
