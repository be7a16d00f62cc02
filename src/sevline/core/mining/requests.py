"""Access logs of Apache and nginx, many lines at once: each is written anew as time, level and message, then framed.

The message is that of the reader `access_log`. What is not plainly such a line is left to it. The functions are kernels
(see `jit`).
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.frames import (
    BEGIN,
    DIGIT,
    END,
    FLAGS,
    HEADED,
    HOST,
    LEVEL,
    MESSAGE,
    READ,
    iso_near,
    month_at,
    number_at,
    packed,
)  # fmt: skip
from sevline.core.mining.jit import jit, part
from sevline.core.readers.logs.formats.access_log import request_message, status_level
from sevline.core.readers.logs.levels import LEVELS

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Text
    from sevline.core.mining.wide import Words

_MARK = 1
"""Opens a line that was written anew."""

ROOM = 80
"""Bytes that a line may grow by at most."""

_REQUEST, _PROTOCOL = (int.from_bytes(word, "big") for word in (b'] "', b"HTTP/"))
"""Words as `packed` gives them."""


@lru_cache(maxsize=1)
def status_words() -> "tuple[Text, Numbers]":
    """What stands behind ` status ` for each status, one after the other, and where each begins."""
    words = [request_message(b"", b"%d" % code).rpartition(b" ")[2] for code in range(1000)]
    bounds = np.cumsum([0, *map(len, words)]).astype(np.int64)
    return np.frombuffer(b"".join(words), np.uint8), bounds


@lru_cache(maxsize=1)
def status_levels() -> "Numbers":
    """Of each first digit of a status, the number of its level."""
    return np.array([LEVELS.index(status_level(b"%d00" % digit)) for digit in range(10)], np.int64)


@jit
def rewrite(text: "Text", ends: "Numbers", out: "Text", kinds: "Numbers", words: "Text", bounds: "Numbers") -> int:
    """As many lines into `out` as there are, those that are left to the reader empty; gives what was written."""
    begin, size = 0, 0
    for line in range(len(ends)):
        end = ends[line]
        written = _rewritten(text, begin, end, out, size, kinds, words, bounds)
        size = written if written > 0 else size
        out[size] = 10
        size += 1
        begin = end + 1
    return size


@part
def _rewritten(
    text: "Text", begin: int, end: int, out: "Text", size: int, kinds: "Numbers", words: "Text", bounds: "Numbers"
) -> int:
    """Where the line ends in `out`; -1 for one that is left to the reader."""
    moment = _behind_names(text, begin, end, kinds)
    if moment < 0 or moment + 30 > end or packed(text, moment + 26, 3) != _REQUEST:
        return -1
    month = month_at(text, moment + 3)
    if month == 0 or not _is_moment(text, moment):
        return -1
    first = moment + 29
    close = _request_end(text, first, end)
    status = _status(text, close, end, kinds) if close >= 0 else -1
    blank, stop = _target(text, first, close) if status >= 0 else (-1, -1)
    if blank < 0:
        return -1
    size = _moment(text, moment, month, out, size)
    out[size], out[size + 1], out[size + 2] = 32, 48 + status // 100, 32
    size = _copy(text, first, stop, out, size + 3)
    for sign in (32, 115, 116, 97, 116, 117, 115, 32):
        out[size] = sign
        size += 1
    return _copy(words, bounds[status], bounds[status + 1], out, size)


@part
def _is_moment(text: "Text", at: int) -> bool:
    """Whether the signs between the parts of `01/Mar/2026:10:00:00 +0000` stand where they should."""
    return bool(text[at + 2] == 47 and text[at + 6] == 47 and text[at + 11] == 58 and text[at + 20] == 32)


@part
def _request_end(text: "Text", at: int, end: int) -> int:
    """Index of the quote behind a request without escapes, or -1."""
    while at < end and text[at] != 34:
        if text[at] == 92:
            return -1
        at += 1
    return at if at + 7 <= end else -1


@part
def _status(text: "Text", close: int, end: int, kinds: "Numbers") -> int:
    """The status between the quote and the number of bytes, 100 to 999; -1 for anything else."""
    status = number_at(text, close + 2, 3, end)
    if text[close + 1] != 32 or status < 100 or text[close + 5] != 32:
        return -1
    return status if kinds[text[close + 6]] & DIGIT != 0 or text[close + 6] == 45 else -1


@part
def _behind_names(text: "Text", begin: int, end: int, kinds: "Numbers") -> int:
    """Behind `host ident user [`, none with a blank in it; -1 for anything else."""
    at = begin
    while at < end and (kinds[text[at]] & HOST != 0 or text[at] == 91 or text[at] == 93):
        at += 1
    if at == begin or at - begin > 253:
        return -1
    at = _word_end(text, at + 1, end, False)
    at = _word_end(text, at + 1, end, True) if at >= 0 else -1
    return at + 2 if at >= 0 and at + 1 < end and text[at + 1] == 91 else -1


@part
def _word_end(text: "Text", begin: int, end: int, bracketless: bool) -> int:
    """Index of the blank behind a word of at most 128 bytes at `begin`, which a blank stands before; or -1."""
    if begin >= end or text[begin - 1] != 32:
        return -1
    at = begin
    while at < end and text[at] > 32:
        if bracketless and (text[at] == 91 or text[at] == 93):
            return -1
        at += 1
    return at if at > begin and at - begin <= 128 and at < end and text[at] == 32 else -1


@part
def _target(text: "Text", first: int, close: int) -> tuple[int, int]:
    """Of `GET /path?query HTTP/1.1`, where the first blank stands and where the path ends; (-1, -1) for another
    form."""
    blank = first
    while blank < close and text[blank] != 32:
        blank += 1
    last = close - 1
    while last > blank and text[last] != 32:
        last -= 1
    if blank >= close or (last > blank and (last + 6 > close or packed(text, last + 1, 5) != _PROTOCOL)):
        return -1, -1
    stop = last if last > blank else close
    here = blank + 1
    while here < stop and text[here] != 63:
        here += 1
    return blank, here


@part
def _moment(text: "Text", at: int, month: int, out: "Text", size: int) -> int:
    """`01/Mar/2026:10:00:00 +0000` as `2026-03-01T10:00:00+0000` behind a mark."""
    out[size] = _MARK
    for here in range(4):
        out[size + 1 + here] = text[at + 7 + here]
    out[size + 5], out[size + 8], out[size + 11] = 45, 45, 84
    out[size + 6], out[size + 7] = 48 + month // 10, 48 + month % 10
    out[size + 9], out[size + 10] = text[at], text[at + 1]
    for here in range(8):
        out[size + 12 + here] = text[at + 12 + here]
    for here in range(5):
        out[size + 20 + here] = text[at + 21 + here]
    return size + 25


@part
def _copy(text: "Text", begin: int, end: int, out: "Text", size: int) -> int:
    for here in range(begin, end):
        out[size + here - begin] = text[here]
    return size + max(0, end - begin)


@part
def access_line(text: "Text", wide: "Words", frame: "Numbers", status: "Numbers", near: "Words") -> float:
    """A line that `rewrite` wrote: the reader `access_log`. `status`: see `status_levels`."""
    begin, end = frame[BEGIN], frame[END]
    if begin >= end or text[begin] != _MARK:
        return 0.0
    stop, at, flags = iso_near(text, wide, begin + 1, end, near)
    if stop != begin + 25:
        return 0.0
    frame[LEVEL], frame[MESSAGE] = status[text[stop + 1] - 48], stop + 3
    frame[FLAGS] = flags | READ | HEADED
    return at
