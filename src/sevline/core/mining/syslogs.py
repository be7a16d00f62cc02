"""Lines of syslog as BSD wrote it, many at once: the reader `syslog_3164`, without a priority.

The functions are kernels (see `jit`).
"""

from typing import TYPE_CHECKING

from sevline.core.mining.frames import (
    BEGIN,
    DIGIT,
    END,
    FLAGS,
    HEADED,
    HOST,
    LEVEL,
    MESSAGE,
    NEVER,
    PROGRAM,
    READ,
    SERVICE,
    SERVICE_END,
    TIMED,
    WORDY,
    YEARED,
    behind_blank,
    bracket_end,
    clock_at,
    fraction_at,
    iso_at,
    level_at,
    month_at,
    number_at,
    skip,
    spoken_level,
    yearless,
)  # fmt: skip
from sevline.core.mining.jit import part

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Text


@part
def _syslog_time(text: "Text", begin: int, end: int, kinds: "Numbers") -> tuple[int, int, int, float, int]:
    """Month, day, second of the day, fraction, and where `Mar  1 10:00:00.123` ends; -1 there where it is none."""
    month = month_at(text, begin)
    day_at = begin + 5 if text[begin + 4] == 32 else begin + 4
    stop = skip(text, day_at, end, kinds, DIGIT, 2)
    day, clock = number_at(text, day_at, stop - day_at, end), clock_at(text, stop + 1, end)
    if month == 0 or text[begin + 3] != 32 or stop == day_at or text[stop] != 32 or clock < 0:
        return 0, 0, 0, 0.0, -1
    more, here = fraction_at(text, stop + 9, end)
    if here > stop + 9 and text[stop + 9] != 46:
        return 0, 0, 0, 0.0, -1
    return month, day, clock, more, here


@part
def syslog_line(
    text: "Text", frame: "Numbers", kinds: "Numbers", levels: "Numbers", reference: float, year: int
) -> float:
    """`Mar  1 10:00:00 host program[123]: text`."""
    begin, end = frame[BEGIN], frame[END]
    if end - begin < 20:
        return 0.0
    here, at, flags = iso_at(text, begin, end)
    dated = here >= 0
    if not dated:
        month, day, clock, more, here = _syslog_time(text, begin, end, kinds)
        if here < 0:
            return 0.0
        at = yearless(month, day, clock, more, reference, year) if reference > 0 else NEVER
        flags = TIMED if at != NEVER else YEARED
    name = _syslog_name(text, here, end, kinds)
    if name < 0 or (dated and _is_level(text, here + 1, name - 1, kinds, levels)):
        return 0.0
    return _named(text, frame, name, kinds, levels, flags, at)


@part
def _named(
    text: "Text", frame: "Numbers", name: int, kinds: "Numbers", levels: "Numbers", flags: int, at: float
) -> float:
    """`program[123]: text` at `name` into the frame."""
    end = frame[END]
    stop = skip(text, name, end, kinds, PROGRAM, 128)
    close = bracket_end(text, stop, end, 32)
    colon = close if close >= 0 else stop
    if stop == name or colon >= end or text[colon] != 58:
        return 0.0
    frame[SERVICE], frame[SERVICE_END] = name, stop
    frame[MESSAGE] = behind_blank(text, colon + 1, end)
    frame[LEVEL] = spoken_level(text, frame[MESSAGE], end, levels)
    frame[FLAGS] = flags | READ | HEADED
    return at if at != NEVER else 0.0


@part
def _is_level(text: "Text", begin: int, stop: int, kinds: "Numbers", levels: "Numbers") -> bool:
    """Whether a level stands where the host would; see the reader."""
    if stop - begin < 3 or skip(text, begin, stop, kinds, WORDY, 16) != stop:
        return False
    return level_at(text, begin, stop, levels) >= 0


@part
def _syslog_name(text: "Text", here: int, end: int, kinds: "Numbers") -> int:
    """Where the program's name begins, behind a blank, the host and a blank; -1 where there is none."""
    if here >= end or text[here] != 32:
        return -1
    host = skip(text, here + 1, end, kinds, HOST, 255)
    if host == here + 1 or host >= end or text[host] != 32:
        return -1
    return host + 1
