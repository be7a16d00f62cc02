"""Which layout reads a block: from the name of a format to frames, with the tables that the kernels look things up
in."""

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining import fields
from sevline.core.mining.containers import LOG, STREAM, TIME, cri_line, unwrap
from sevline.core.mining.fields import KEPT, json_line, logfmt_line
from sevline.core.mining.frames import (
    BEGIN,
    END,
    FLAGS,
    HEADED,
    KINDS,
    LEVEL,
    MESSAGE,
    MESSAGE_END,
    READ,
    SERVICE,
    SERVICE_END,
    WORDY,
    YEARED,
    iso_line,
    java_line,
    klog_line,
    packed,
    python_line,
)  # fmt: skip
from sevline.core.mining.jit import jit, part
from sevline.core.mining.requests import ROOM, access_line, rewrite, status_levels, status_words
from sevline.core.mining.syslogs import syslog_line
from sevline.core.mining.wide import Block
from sevline.core.readers.logs.formats import json_lines, logfmt
from sevline.core.readers.logs.levels import LEVELS, any_level, level_of
from sevline.core.readers.logs.lines import LINE_LIMIT

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Text, Times
    from sevline.core.mining.wide import Words

    Room = tuple[Numbers, Times]


_RROR, _TION = int.from_bytes(b"rror", "big"), int.from_bytes(b"tion", "big")


class Layout(IntEnum):
    """Formats whose lines are framed in bulk, by the key of their reader."""

    BARE = 0
    PLAIN = 1
    ISO = 2
    KLOG = 3
    SYSLOG_3164 = 4
    PYTHON_LOGGING = 5
    JAVA = 6
    JSON_LINES = 7
    LOGFMT = 8
    CRI = 9
    DOCKER_JSON = 10
    ACCESS_LOG = 11


WRAPPED = frozenset({Layout.CRI, Layout.DOCKER_JSON})
"""A container runtime's header stands before the program's."""

BARE_LINES = frozenset({Layout.BARE, Layout.PLAIN, *WRAPPED})
"""A line may have no header of its own."""

REWRITTEN = frozenset({Layout.DOCKER_JSON, Layout.ACCESS_LOG})
"""Lines are written anew before they are framed."""

FIELDED_LINES = frozenset({Layout.JSON_LINES, Layout.LOGFMT})
"""All lines name fields beside the message."""


def layout_of(format_key: str) -> Layout | None:
    return next((layout for layout in Layout if layout.name.lower() == format_key), None)


_NAMES = (
    "TRACE TRC T FINEST FINER VERBOSE V SILLY ALL DEBUG DBG DEBU D FINE CONFIG INFO INF I INFORMATION INFORMATIONAL "
    "NOTICE LOG STATEMENT DETAIL HINT NOTE SYSTEM WARN WRN W WARNING ERROR ERR E ERRO SEVERE FAILURE FATAL FTL F CRIT "
    "CRITICAL C ALERT EMERG EMERGENCY PANIC DPANIC A DEBUG1 DEBUG2 DEBUG3 DEBUG4 DEBUG5"
)


@lru_cache(maxsize=1)
def level_table() -> "Numbers":
    """Open addressing: hash of an upper-case word, or of a number of one or two digits, -> index into LEVELS."""
    table = np.zeros((4096, 2), np.int64)
    for name in _NAMES.split():
        if (level := level_of(name.encode())) is not None:
            _put(table, 4093, name, LEVELS.index(level))
    for value in range(100):
        if (level := any_level(value)) is not None:
            _put(table, 4093, str(value), LEVELS.index(level))
    return table


@lru_cache(maxsize=2)
def role_table(json: bool) -> "Numbers":
    """Open addressing: hash of a key -> its role and, of several keys for one role, its rank."""
    lists = (
        (
            (fields.ROLE_MESSAGE, json_lines.MESSAGE), (fields.ROLE_TIME, json_lines.TIME),
            (fields.ROLE_LEVEL, json_lines.LEVEL), (fields.ROLE_SERVICE, json_lines.SERVICE),
            (fields.ROLE_OTHER, json_lines.STACK), (fields.ROLE_INSIDE, json_lines.INSIDE),
        )
        if json
        else (
            (fields.ROLE_MESSAGE, _texts(logfmt.MESSAGE)), (fields.ROLE_TIME, _texts(logfmt.TIME)),
            (fields.ROLE_LEVEL, _texts(logfmt.LEVEL)), (fields.ROLE_SERVICE, _texts(logfmt.SERVICE)),
        )
    )  # fmt: skip
    table = np.zeros((1024, 2), np.int64)
    for role, keys in lists:
        for rank, key in enumerate(keys):
            _put(table, 1021, key, role * 256 + rank)
    return table


def _texts(keys: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(key.decode() for key in keys)


def _put(table: "Numbers", size: int, key: str, value: int) -> None:
    code = 5381
    for sign in key.encode():
        code = (code * 33 + sign) & 0x3FFFFFFF
    slot = code % size
    while table[slot, 0] not in {0, code}:
        slot = (slot + 1) % len(table)
    if table[slot, 0] == 0:
        table[slot] = code, value


_GOES_ON = (
    b"Caused by: ", b"Suppressed: ", b"Wrapped by: ", b"... ", b"at ", b"--- End of ", b"---> ", b"During handling of",
    b"The above exception", b"goroutine ", b"created by ", b"[signal ", b"stack backtrace:", b"note: run with ",
    b"[previous exception", b"[stacktrace]", b"#", b"thread '", b"Traceback (", b"panic: ", b"fatal error: ",
    b"exit status ", b"Unhandled ", b"Uncaught ", b"PHP Fatal error: ", b"Fatal error: ", b"terminate called",
    b"Exception in thread ",
)  # fmt: skip
"""What may go on with a trace, or begin one: such lines are left to the reader."""


@lru_cache(maxsize=1)
def opening_table() -> "Text":
    """One row for each of these openings: its length, then its bytes."""
    table = np.zeros((len(_GOES_ON), 24), np.uint8)
    for row, opening in zip(table, _GOES_ON, strict=True):
        row[0] = len(opening)
        row[1 : 1 + len(opening)] = np.frombuffer(opening, np.uint8)
    return table


@part
def _may_go_on(text: "Text", begin: int, end: int, openings: "Text") -> bool:
    if begin >= end or text[begin] <= 32:
        return True
    for row in range(len(openings)):
        if text[begin] != openings[row, 1] or begin + openings[row, 0] > end:
            continue
        same = True
        for place in range(int(openings[row, 0])):
            same = same and text[begin + place] == openings[row, 1 + place]
        if same:
            return True
    return False


@part
def _is_thrown(text: "Text", begin: int, end: int) -> bool:
    """Whether it may open with the name of an exception: a word with a point, and `Exception` or `Error` at its end."""
    here, last, pointed = begin, min(end, begin + 1200), False
    while here < last and (KINDS[text[here]] & WORDY != 0 or text[here] == 46 or text[here] == 36):
        pointed = pointed or text[here] == 46
        here += 1
    if not pointed or here - begin < 7 or (here < end and text[here] != 58):
        return False
    ending = packed(text, here - 4, 4)
    return bool(ending == (_RROR if text[here - 1] == 114 else _TION))


@part
def _has_traceback(text: "Text", begin: int, end: int) -> bool:
    """Whether `Traceback (most` stands anywhere in it."""
    for here in range(begin, end - 12):
        if text[here] == 84 and text[here + 1] == 114 and text[here + 9] == 32 and text[here + 10] == 40:
            return True
    return False


@part
def _begin_frames(text: "Text", ends: "Numbers", frames: "Numbers") -> None:
    """Where each line begins and ends, as if it were all message, and not yet read."""
    begin = 0
    for line in range(len(ends)):
        end = ends[line]
        if end > begin and text[end - 1] == 13:
            end -= 1
        frames[line, BEGIN], frames[line, END] = begin, end
        frames[line, MESSAGE], frames[line, MESSAGE_END] = begin, end
        frames[line, SERVICE], frames[line, SERVICE_END] = begin, begin
        frames[line, LEVEL], frames[line, FLAGS] = -1, 0
        begin = ends[line] + 1


@part
def _plain_line(text: "Text", frame: "Numbers", openings: "Text") -> None:
    if _may_go_on(text, frame[BEGIN], frame[END], openings) or _has_traceback(text, frame[BEGIN], frame[END]):
        return
    frame[FLAGS] = READ | HEADED | YEARED


@part
def _leave_trace(text: "Text", frame: "Numbers", openings: "Text") -> None:
    """A message that may be a line of a trace is left to the reader."""
    if _may_go_on(text, frame[MESSAGE], frame[MESSAGE_END], openings) or _is_thrown(
        text, frame[MESSAGE], frame[MESSAGE_END]
    ):
        frame[FLAGS] = 0


@jit
def frame_lines(
    text: "Text", wide: "Words", ends: "Numbers", layout: int, frames: "Numbers", times: "Times", kinds: "Numbers",
    levels: "Numbers", roles: "Numbers", openings: "Text", kept: "Numbers", near: "Words", heads: "Words",
    reference: float, year: int,
) -> None:  # fmt: skip
    """Frames of the lines that end at `ends` (the offsets of their newlines); those left to the reader lack READ.

    `kept`, `near` and `heads`: zeros, for the layouts to keep in mind what they read last.
    """
    _begin_frames(text, ends, frames)
    for line in range(len(ends)):
        if frames[line, END] - frames[line, BEGIN] > LINE_LIMIT:
            continue
        if layout == 2:
            times[line] = iso_line(text, wide, frames[line], kinds, levels, near, heads)
        elif layout == 7:
            times[line] = json_line(text, wide, frames[line], kinds, levels, roles, kept, near, heads)
        elif layout == 6:
            times[line] = java_line(text, wide, frames[line], kinds, levels, near)
        elif layout == 3:
            times[line] = klog_line(text, frames[line], kinds, levels, reference, year)
        elif layout == 4:
            times[line] = syslog_line(text, frames[line], kinds, levels, reference, year)
            _leave_trace(text, frames[line], openings)
        elif layout == 5:
            times[line] = python_line(text, wide, frames[line], kinds, levels, near)
        elif layout == 8:
            times[line] = logfmt_line(text, wide, frames[line], kinds, levels, roles, kept, near, heads)
        elif layout == 1:
            _plain_line(text, frames[line], openings)
        else:
            frames[line, FLAGS] = READ | HEADED | YEARED


@jit
def frame_wrapped(
    text: "Text", wide: "Words", ends: "Numbers", frames: "Numbers", times: "Times", kinds: "Numbers",
    levels: "Numbers", roles: "Numbers", pairs: "Numbers", openings: "Text", kept: "Numbers", near: "Words",
    heads: "Words", pair_heads: "Words", inner: "Words", inner_heads: "Words", reference: float, year: int,
) -> None:  # fmt: skip
    """As `frame_lines`, of lines in the header of a container runtime."""
    _begin_frames(text, ends, frames)
    for line in range(len(ends)):
        frame = frames[line]
        if frame[END] - frame[BEGIN] > LINE_LIMIT:
            continue
        times[line] = cri_line(
            text, wide, frame, kinds, levels, roles, pairs, kept, near, heads, pair_heads, inner, inner_heads,
            reference, year,
        )  # fmt: skip
        if frame[FLAGS] != 0:
            at, end = frame[MESSAGE], frame[MESSAGE_END]
            if _may_go_on(text, at, end, openings) or _is_thrown(text, at, end) or _has_traceback(text, at, end):
                frame[FLAGS] = 0


@jit
def frame_requests(
    text: "Text", wide: "Words", ends: "Numbers", frames: "Numbers", times: "Times", status: "Numbers", near: "Words"
) -> None:
    """As `frame_lines`, of an access log that was written anew."""
    _begin_frames(text, ends, frames)
    for line in range(len(ends)):
        times[line] = access_line(text, wide, frames[line], status, near)


def rewritten(block: bytes, layout: Layout) -> bytes:
    """As many lines as there are, as the layout's kernel frames them; what stands where it cannot does not matter."""
    if layout not in REWRITTEN:
        return block
    from sevline.core.mining.wide import faced

    faces = faced(block)
    ends = np.flatnonzero(faces.text == 10)
    out = np.empty(len(block) + ROOM * len(ends), np.uint8)
    with np.errstate(over="ignore"):
        if layout is Layout.ACCESS_LOG:
            size = rewrite(faces.text, ends, out, KINDS, *status_words())
        else:
            size = unwrap(faces.text, faces.wide, ends, out, LOG, STREAM, TIME)
    return out[:size].tobytes()


def framed(
    block: Block, ends: "Numbers", layout: Layout, reference: float, year: int, room: "Room | None" = None
) -> tuple["Numbers", "Times"]:
    """Frames and times of the lines of a block; `ends`: offsets of the newlines. `reference`: epoch seconds, 0 for
    none. `room`: arrays of at least as many rows, which the frames and times are then written into."""
    frames, times = room or (np.empty((len(ends), 8), np.int64), np.empty(len(ends), np.float64))
    frames, times = frames[: len(ends)], times[: len(ends)]
    times[:] = 0
    roles = role_table(layout is Layout.JSON_LINES)
    kept, near, heads = np.zeros(KEPT, np.int64), np.zeros(4, np.uint64), np.zeros((64, 3), np.uint64)
    with np.errstate(over="ignore"):
        if layout is Layout.ACCESS_LOG:
            frame_requests(block.text, block.wide, ends, frames, times, status_levels(), near)
            return frames, times
        if layout in WRAPPED:
            frame_wrapped(
                block.text, block.wide, ends, frames, times, KINDS, level_table(), role_table(True), role_table(False),
                opening_table(), kept, near, heads, np.zeros((64, 3), np.uint64), np.zeros(4, np.uint64),
                np.zeros((64, 3), np.uint64), reference, year,
            )  # fmt: skip
            return frames, times
        frame_lines(
            block.text, block.wide, ends, int(layout), frames, times, KINDS, level_table(), roles, opening_table(),
            kept, near, heads, reference, year,
        )  # fmt: skip
    return frames, times
