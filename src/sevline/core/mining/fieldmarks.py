# ruff: noqa: PLR1714, SIM109, SIM110 - kernels: compiled, a tuple would be made for each byte
"""The outcome that the fields of a line tell, as kernels; `fieldoutcomes` says what tells one and finds the same (see
`jit`).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.fieldoutcomes import (
    CLIENT,
    FAILED,
    KEY_BYTES,
    KEYS,
    NONE,
    SERVER,
    STATUS,
    VALUE_BYTES,
    WORDS,
)
from sevline.core.mining.jit import part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.frames import Text

    Table = tuple[NDArray[np.uint64], NDArray[np.int64]]

_SLOTS = 256
_START, _TIMES, _LAST = np.uint64(5381), np.uint64(0x100000001B3), np.uint64(_SLOTS - 1)
_SHIFT = np.uint64(29)
_SPACE, _DASH, _DOT, _LOW = 32, 45, 46, 95


@part
def _plain_hash(text: "Text", begin: int, end: int) -> np.uint64:
    """Of a word in lower case, without the signs that part its words. Never 0."""
    code = _START
    for here in range(begin, end):
        sign = text[here]
        if sign == _SPACE or sign == _DASH or sign == _DOT or sign == _LOW:
            continue
        if 65 <= sign <= 90:
            sign = sign + 32
        code = (code ^ np.uint64(sign)) * _TIMES
    return (code ^ (code >> _SHIFT)) | np.uint64(1)


def _table(kinds: Mapping[bytes, int]) -> "Table":
    """Open addressing: hash of a word -> what it tells."""
    hashes, told = np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.int64)
    with np.errstate(over="ignore"):
        for word, kind in kinds.items():
            code = np.uint64(_plain_hash(np.frombuffer(word, np.uint8), 0, len(word)))
            slot = int(code & _LAST)
            while hashes[slot] != 0:
                slot = (slot + 1) % _SLOTS
            hashes[slot], told[slot] = code, kind
    return hashes, told


_KEY_HASHES, _KEY_KINDS = _table(KEYS)
_WORD_HASHES, _WORD_KINDS = _table(WORDS)


@part
def kind_of_key(text: "Text", begin: int, end: int) -> int:
    """What the value of a key may tell, 0 for nothing."""
    if end - begin < 2 or end - begin > KEY_BYTES:
        return 0
    for here in range(begin, end):
        if text[here] == _SPACE:
            return 0
    code = _plain_hash(text, begin, end)
    slot = np.int64(code & _LAST)
    while _KEY_HASHES[slot] != 0:
        if _KEY_HASHES[slot] == code:
            return np.int64(_KEY_KINDS[slot])  # type: ignore[return-value]  # kinds are signed
        slot = (slot + 1) % _SLOTS
    return 0


@part
def told_at(text: "Text", begin: int, end: int, kind: int) -> int:
    """What a value without escapes says under a key of that kind."""
    size = end - begin
    if size < 1 or size > VALUE_BYTES:
        return NONE
    if kind & STATUS != 0 and _is_status(text, begin, end):
        return CLIENT if text[begin] == 52 else SERVER if text[begin] == 53 else NONE
    code = _plain_hash(text, begin, end)
    slot = np.int64(code & _LAST)
    while _WORD_HASHES[slot] != 0:
        if _WORD_HASHES[slot] == code:
            return FAILED if _WORD_KINDS[slot] & kind != 0 else NONE
        slot = (slot + 1) % _SLOTS
    return NONE


@part
def is_fine_at(text: "Text", begin: int, end: int, kind: int) -> bool:
    """Whether it is a status of HTTP that tells of no failure."""
    size = end - begin
    if size < 3 or size > VALUE_BYTES or kind & STATUS == 0:
        return False
    return _is_status(text, begin, end) and text[begin] != 52 and text[begin] != 53


@part
def _is_status(text: "Text", begin: int, end: int) -> bool:
    """Three digits, alone or before a blank."""
    if end - begin < 3 or (end - begin > 3 and text[begin + 3] != _SPACE):
        return False
    for here in range(begin, begin + 3):
        if text[here] < 48 or text[here] > 57:
            return False
    return True


@part
def scalar_stop(text: "Text", at: int, end: int) -> int:
    """Behind the letters and digits at `at`; `at` itself where they go on as a number does."""
    here = at
    while here < end and _is_plain(text[here]):
        here += 1
    if here < end and (text[here] == 43 or text[here] == _DASH or text[here] == _DOT):
        return at
    return here


@part
def _is_plain(sign: int) -> bool:
    return 48 <= sign <= 57 or 65 <= sign <= 90 or 97 <= sign <= 122
