# ruff: noqa: PLR1714, SIM109, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Lines that a container runtime wrote, many at once: its own header, then that of the program.

CRI lines are framed where they stand. A line of Docker's JSON is first written anew as a CRI line holds it. What is not
plainly one is left to its reader. The functions are kernels (see `jit`).
"""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.fields import json_line, logfmt_line
from sevline.core.mining.frames import (
    BEGIN,
    DIGIT,
    END,
    ESCAPED,
    FIELDED,
    FLAGS,
    HEADED,
    LEVEL,
    MESSAGE,
    MESSAGE_END,
    NAMED,
    OUTCOMES,
    READ,
    SERVICE,
    SERVICE_END,
    iso_line,
    iso_near,
    java_line,
    klog_line,
    packed,
    python_line,
    spoken_level,
)  # fmt: skip
from sevline.core.mining.jit import jit, part
from sevline.core.mining.wide import next_special

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Text
    from sevline.core.mining.wide import Words

_BARE, _INNER, _LEFT = 0, 1, -1
_OUT, _ERROR, _WHOLE = (int.from_bytes(word, "big") for word in (b" stdout", b" stderr", b" F "))
_CLOSED, _NEWLINE, _LATIN = (int.from_bytes(word, "big") for word in (b'"}', b"\\n", b"00"))
"""Words as `packed` gives them."""

_KEY_BYTES = 81


@part
def cri_line(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", roles: "Numbers",
    pairs: "Numbers", kept: "Numbers", near: "Words", heads: "Words", pair_heads: "Words", inner: "Words",
    inner_heads: "Words", reference: float, year: int,
) -> float:  # fmt: skip
    """`2026-03-01T10:00:00.0Z stdout F text`: the reader `cri`. A bare message lacks HEADED: it may go on with a trace.

    `roles` and `heads` of JSON's keys, `pairs` and `pair_heads` of logfmt's; `inner` and `inner_heads`: as `near` and
    `heads`, of the program.
    """
    begin, end = frame[BEGIN], frame[END]
    stop, at, flags = iso_near(text, wide, begin, end, near)
    start = _behind_stream(text, stop, end) if stop >= 0 else -1
    if start < 0 or start >= end:
        return 0.0
    frame[BEGIN], frame[MESSAGE] = start, start
    found = _program(
        text, wide, frame, kinds, levels, roles, pairs, kept, heads, pair_heads, inner, inner_heads, reference, year
    )
    own = frame[FLAGS] & (ESCAPED | FIELDED | OUTCOMES)
    frame[BEGIN], frame[FLAGS] = begin, 0
    if found == _LEFT:
        return 0.0
    if found == _BARE:
        frame[MESSAGE], frame[MESSAGE_END] = start, end
        frame[LEVEL] = spoken_level(text, start, end, levels)
        frame[SERVICE], frame[SERVICE_END] = begin, begin
        frame[FLAGS] = flags | READ
    else:
        frame[FLAGS] = flags | READ | HEADED | own
    return at


@part
def _behind_stream(text: "Text", at: int, end: int) -> int:
    """Behind ` stdout F ` or ` stderr F `; -1 for anything else, such as the part of a message."""
    if at + 10 > end or packed(text, at + 7, 3) != _WHOLE:
        return -1
    stream = packed(text, at, 7)
    return at + 10 if stream == _OUT or stream == _ERROR else -1


@part
def _program(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", roles: "Numbers",
    pairs: "Numbers", kept: "Numbers", heads: "Words", pair_heads: "Words", inner: "Words", inner_heads: "Words",
    reference: float, year: int,
) -> int:  # fmt: skip
    """The program's own header into the frame, whose BEGIN is where it would stand; the readers' order decides."""
    at, end = frame[BEGIN], frame[END]
    first = text[at]
    if kinds[first] & DIGIT != 0 or first == 91:
        return _timed(text, wide, frame, kinds, levels, inner, inner_heads)
    if first == 123:
        json_line(text, wide, frame, kinds, levels, roles, kept, inner, heads)
        frame[FLAGS] |= FIELDED
    elif _may_be_klog(text, at, end, kinds):
        klog_line(text, frame, kinds, levels, reference, year)
    elif _may_be_pairs(text, at, end, kinds):
        logfmt_line(text, wide, frame, kinds, levels, pairs, kept, inner, pair_heads)
        frame[FLAGS] |= FIELDED
    else:
        return _BARE
    return _INNER if frame[FLAGS] & READ != 0 else _LEFT


@part
def _may_be_klog(text: "Text", at: int, end: int, kinds: "Numbers") -> bool:
    """I, W, E or F before a digit."""
    first = text[at]
    if first != 73 and first != 87 and first != 69 and first != 70:
        return False
    return bool(at + 1 < end and kinds[text[at + 1]] & DIGIT != 0)


@part
def _timed(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", inner: "Words",
    inner_heads: "Words",
) -> int:  # fmt: skip
    python_line(text, wide, frame, kinds, levels, inner)
    if frame[FLAGS] & READ == 0:
        java_line(text, wide, frame, kinds, levels, inner)
    if frame[FLAGS] & READ == 0:
        iso_line(text, wide, frame, kinds, levels, inner, inner_heads)
    if frame[FLAGS] & READ != 0:
        return _INNER
    at = frame[BEGIN] + 1 if text[frame[BEGIN]] == 91 else frame[BEGIN]
    dated = at + 5 < frame[END] and kinds[text[at + 3]] & DIGIT != 0 and (text[at + 4] == 45 or text[at + 4] == 47)
    return _LEFT if dated else _BARE


@part
def _may_be_pairs(text: "Text", at: int, end: int, kinds: "Numbers") -> bool:
    here, last = at, min(end, at + _KEY_BYTES)
    while here < last and (kinds[text[here]] & NAMED != 0 or text[here] == 64):
        here += 1
    return bool(here > at and here < end and text[here] == 61)


@jit
def unwrap(
    text: "Text", wide: "Words", ends: "Numbers", out: "Text", log: "Text", stream: "Text", moment: "Text"
) -> int:  # fmt: skip
    """Lines of Docker's JSON as CRI lines into `out`, which is as large; gives what was written. Other lines stay."""
    begin, size = 0, 0
    for line in range(len(ends)):
        end = ends[line]
        written = _unwrapped(text, wide, begin, end, out, size, log, stream, moment)
        if written < 0:
            for here in range(begin, end):
                out[size + here - begin] = text[here]
            written = size + end - begin
        out[written] = 10
        size = written + 1
        begin = end + 1
    return size


@part
def _unwrapped(
    text: "Text", wide: "Words", begin: int, end: int, out: "Text", size: int, log: "Text", stream: "Text",
    moment: "Text",
) -> int:  # fmt: skip
    """Where what is written of `{"log":"…\\n","stream":"stdout","time":"…"}` ends in `out`; -1 for anything else."""
    if end - begin < 48 or not _stands(text, begin, log) or packed(text, end - 2, 2) != _CLOSED:
        return -1
    close = _text_end(text, wide, begin + len(log), end)
    if close < 0 or close + 31 >= end or packed(text, close - 2, 2) != _NEWLINE:
        return -1
    time = close + len(stream) + 6 + len(moment)
    if not _stands(text, close, stream) or not _stands(text, time - len(moment), moment):
        return -1
    size = _copied(text, time, end - 2, out, size)
    if size < 0:
        return -1
    out[size], out[size + 7], out[size + 8], out[size + 9] = 32, 32, 70, 32
    for here in range(6):
        out[size + 1 + here] = text[close + len(stream) + here]
    return _plain(text, begin + len(log), close - 2, out, size + 10)


@part
def _stands(text: "Text", at: int, wanted: "Text") -> bool:
    for here in range(len(wanted)):
        if text[at + here] != wanted[here]:
            return False
    return True


@part
def _text_end(text: "Text", wide: "Words", at: int, end: int) -> int:
    """Index of the quote that ends the string at `at`, or -1."""
    while True:
        at = next_special(wide, at, end)
        if at >= end or text[at] < 32:
            return -1
        if text[at] == 34:
            return at
        at += 2


@part
def _copied(text: "Text", begin: int, end: int, out: "Text", size: int) -> int:
    """Where a word ends in `out` that holds no blank, quote or backslash; -1 for any other."""
    for here in range(begin, end):
        if text[here] == 34 or text[here] == 92 or text[here] <= 32:
            return -1
        out[size + here - begin] = text[here]
    return size + max(0, end - begin)


@part
def _plain(text: "Text", at: int, end: int, out: "Text", size: int) -> int:
    """The text of a JSON string, where its escapes stand for signs of one line; -1 where one does not."""
    begun = size
    while at < end:
        sign, step = int(text[at]), 1
        if sign == 92:
            sign, step = _escaped(text, at + 1, end)
            if sign < 0:
                return -1
        out[size] = sign
        size += 1
        at += step
    return size if size > begun and out[size - 1] != 13 else -1


@part
def _escaped(text: "Text", at: int, end: int) -> tuple[int, int]:
    """The sign that a backslash before `at` stands for, and the length of it all; -1 for one that ends a line, or is
    not of one byte."""
    after = int(text[at])
    if after == 34 or after == 92 or after == 47:
        return after, 2
    if after == 116:
        return 9, 2
    if after != 117 or at + 5 > end or packed(text, at + 1, 2) != _LATIN:
        return -1, 0
    sign = _hex(int(text[at + 3])) * 16 + _hex(int(text[at + 4]))
    return (sign, 6) if 32 <= sign <= 127 or sign == 9 or sign == 27 else (-1, 0)


@part
def _hex(sign: int) -> int:
    """What a digit means; far below 0 for any other sign."""
    if 48 <= sign <= 57:
        return sign - 48
    small = sign | 32
    return small - 87 if 97 <= small <= 102 else -9999


LOG = np.frombuffer(b'{"log":"', np.uint8)
STREAM = np.frombuffer(b'","stream":"', np.uint8)
TIME = np.frombuffer(b'","time":"', np.uint8)
"""What stands before the text, the stream and the time, in the order in which Docker writes them."""
