# ruff: noqa: PLR1714, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Headers of lines, many lines at once: where the message stands, the time, the level, the service.

The layouts follow the readers of the same names, which have the last word: a line that a layout is not sure of is left
to its reader (its flags lack READ). The functions are kernels (see `jit`).
"""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.jit import part
from sevline.core.mining.wide import word_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.wide import Words

    Text = NDArray[np.uint8]
    Numbers = NDArray[np.int64]
    Times = NDArray[np.float64]

BEGIN, END, MESSAGE, MESSAGE_END, SERVICE, SERVICE_END, LEVEL, FLAGS = range(8)
"""Columns of a frame: offsets into the block, the level's number or -1, flags."""

READ, TIMED, ZONED, YEARED, ESCAPED, HEADED, FIELDED = 1, 2, 4, 8, 16, 32, 64
"""FIELDED: behind the header of a container runtime stands a record that names fields beside its message."""

OUTCOME_SHIFT = 7
OUTCOMES = 3 << OUTCOME_SHIFT
"""Flags that hold what the fields tell of the outcome: NONE, FAILED, CLIENT or SERVER (see `fieldoutcomes`)."""

DIGIT, ALPHA, WORDY, BLANK, DASHES, NAMED, PROGRAM, HOST = 1, 2, 4, 8, 16, 32, 64, 128


def _kinds() -> "NDArray[np.int64]":
    table = np.zeros(256, np.int64)
    for code in range(128):
        sign = chr(code)
        word = sign.isalnum() or sign == "_"
        table[code] = (
            DIGIT * sign.isdigit()
            | ALPHA * sign.isalpha()
            | WORDY * word
            | BLANK * (sign in " \t")
            | DASHES * (sign in " \t:|-")
            | NAMED * (word or sign in ".$/-")
            | PROGRAM * (word or sign in "./-@()")
            | HOST * (word or sign in ".:-")
        )
    return table


KINDS = _kinds()
_MONTHS = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334], np.int64)
_LENGTHS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)
NEVER = -1.0e18
_SPREAD, _SIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(58)


@part
def packed(text: "Text", at: int, count: int) -> int:
    """At most seven bytes as one number, the first the highest, so that a word is compared at once."""
    value = 0
    for here in range(at, at + count):
        value = (value << 8) | int(text[here])
    return value


@part
def number_at(text: "Text", at: int, count: int, end: int) -> int:
    """The number that `count` digits at `at` write, or -1."""
    if at + count > end:
        return -1
    value = 0
    for here in range(at, at + count):
        digit = int(text[here]) - 48
        if digit < 0 or digit > 9:
            return -1
        value = value * 10 + digit
    return value


@part
def clock_at(text: "Text", at: int, end: int) -> int:
    """Seconds of the day that `hh:mm:ss` writes, or -1."""
    if at + 8 > end or text[at + 2] != 58 or text[at + 5] != 58:
        return -1
    hour, minute, second = number_at(text, at, 2, end), number_at(text, at + 3, 2, end), number_at(text, at + 6, 2, end)
    if hour < 0 or minute < 0 or second < 0 or hour > 23 or minute > 59 or second > 60:
        return -1
    return hour * 3600 + minute * 60 + second


@part
def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@part
def epoch_day(year: int, month: int, day: int) -> int:
    """Days since 1970 of a date that exists, or -1."""
    if year < 1970 or year > 9998 or month < 1 or month > 12 or day < 1:
        return -1
    leap = _is_leap(year)
    if day > _LENGTHS[month - 1] + (1 if leap and month == 2 else 0):
        return -1
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400 - 719162
    return int(days + _MONTHS[month - 1] + day - 1 + (1 if leap and month > 2 else 0))


@part
def fraction_at(text: "Text", at: int, end: int) -> tuple[float, int]:
    """What `.123` or `,123` at `at` adds, and where it ends; at most nine digits."""
    if at + 1 >= end or (text[at] != 46 and text[at] != 44):
        return 0.0, at
    value, scale, here = 0, 1, at + 1
    while here < end and here < at + 10 and 48 <= text[here] <= 57:
        value = value * 10 + int(text[here]) - 48
        scale *= 10
        here += 1
    if here == at + 1:
        return 0.0, at
    return value / float(scale), here


@part
def _utc_at(text: "Text", here: int, end: int) -> int:
    """Behind a `Z` or `UTC`, or `here` itself."""
    if text[here] == 90:
        return here + 1
    if text[here] == 85 and here + 3 <= end and text[here + 1] == 84 and text[here + 2] == 67:
        return here + 3
    return here


@part
def zone_at(text: "Text", at: int, end: int) -> tuple[int, int]:
    """Seconds east of UTC and where the zone ends; `at` itself where there is none."""
    here = at + 1 if at < end and text[at] == 32 else at
    if here >= end:
        return 0, at
    named = _utc_at(text, here, end)
    if named > here:
        return 0, named
    sign = text[here]
    if sign != 43 and sign != 45:
        return 0, at
    hours = number_at(text, here + 1, 2, end)
    colon = 1 if here + 3 < end and text[here + 3] == 58 else 0
    minutes = number_at(text, here + 3 + colon, 2, end)
    if hours < 0 or minutes < 0:
        return 0, at
    offset = hours * 3600 + minutes * 60
    return (offset if sign == 43 else -offset), here + 5 + colon


@part
def iso_at(text: "Text", at: int, end: int) -> tuple[int, float, int]:
    """Where an ISO time at `at` ends (-1 where there is none), its epoch seconds, and its flags."""
    if at + 19 > end or text[at + 4] != text[at + 7] or (text[at + 4] != 45 and text[at + 4] != 47):
        return -1, 0.0, 0
    if text[at + 10] != 84 and text[at + 10] != 32:
        return -1, 0.0, 0
    year, month, day = number_at(text, at, 4, end), number_at(text, at + 5, 2, end), number_at(text, at + 8, 2, end)
    days, clock = epoch_day(year, month, day), clock_at(text, at + 11, end)
    if days < 0 or clock < 0:
        return -1, 0.0, 0
    more, here = fraction_at(text, at + 19, end)
    offset, stop = zone_at(text, here, end)
    flags = TIMED | YEARED
    if stop > here:
        return stop, days * 86400 + clock + (more - offset), flags | ZONED
    return stop, days * 86400 + clock + more, flags


@part
def iso_near(text: "Text", wide: "Words", at: int, end: int, near: "Words") -> tuple[int, float, int]:
    """As `iso_at`; a time in the minute of the one before is read from its seconds on.

    `near`: the first sixteen bytes of the time before, and the epoch second at which its minute begins, in whatever
    zone.
    """
    if at + 19 > end:
        return -1, 0.0, 0
    first, then = word_at(wide, at), word_at(wide, at + 8)
    if first != near[0] or then != near[1] or near[0] == 0:
        stop, moment, flags = iso_at(text, at, end)
        if stop >= 0:
            days = epoch_day(
                number_at(text, at, 4, end), number_at(text, at + 5, 2, end), number_at(text, at + 8, 2, end)
            )
            minutes = number_at(text, at + 11, 2, end) * 60 + number_at(text, at + 14, 2, end)
            near[0], near[1], near[2] = first, then, days * 86400 + minutes * 60
        return stop, moment, flags
    second = number_at(text, at + 17, 2, end)
    if text[at + 16] != 58 or second < 0 or second > 60:
        return -1, 0.0, 0
    more, here = fraction_at(text, at + 19, end)
    offset, stop = zone_at(text, here, end)
    whole = np.int64(near[2]) + second
    if stop > here:
        return stop, whole + (more - offset), TIMED | YEARED | ZONED
    return stop, whole + more, TIMED | YEARED


@part
def yearless(month: int, day: int, clock: int, more: float, reference: float, year: int) -> float:
    """The latest such moment that is not more than a day after `reference`, of which `year` is the year."""
    for guess in range(3):
        days = epoch_day(year + 1 - guess, month, day)
        if days >= 0 and days * 86400 + clock <= reference + 86400:
            return days * 86400 + clock + more
    return NEVER


@part
def month_at(text: "Text", at: int) -> int:
    """Number of the month whose first three letters stand at `at`, first letter upper case; 0 for anything else."""
    code = (int(text[at]) << 16) | (int(text[at + 1]) << 8) | int(text[at + 2])
    names = (4874606, 4613474, 5071218, 4288626, 5071225, 4879726, 4879724, 4289895, 5465456, 5202804, 5140342, 4482403)
    for index in range(12):
        if names[index] == code:
            return index + 1
    return 0


@part
def level_at(text: "Text", begin: int, stop: int, levels: "Numbers") -> int:
    """The level that a word names, by its perfect hash in `levels` (see `layouts.level_table`), or -1."""
    code = 5381
    for here in range(begin, stop):
        sign = int(text[here])
        if 97 <= sign <= 122:
            sign -= 32
        code = (code * 33 + sign) & 0x3FFFFFFF
    slot = code % 4093
    while levels[slot, 0] != 0:
        if levels[slot, 0] == code:
            return int(levels[slot, 1])
        slot = (slot + 1) % 4096
    return -1


@part
def spoken_level(text: "Text", begin: int, end: int, levels: "Numbers") -> int:
    """The level that a message without a header of its own opens with, or -1; see the readers' function of that
    name."""
    bracketed = begin < end and text[begin] == 91
    word = begin + 1 if bracketed else begin
    stop = word
    while stop < end and stop < word + 10 and 65 <= text[stop] <= 90:
        stop += 1
    if stop - word < 4 or stop - word > 9 or not _set_off(text, stop, end, bracketed):
        return -1
    return level_at(text, word, stop, levels)


@part
def _set_off(text: "Text", here: int, end: int, bracketed: bool) -> bool:
    """Whether a bracket closes, where one was open, then perhaps a colon, a blank, and something."""
    if bracketed:
        if here >= end or text[here] != 93:
            return False
        here += 1
    if here < end and text[here] == 58:
        here += 1
    rest = here
    while rest < end and (text[rest] == 32 or text[rest] == 9):
        rest += 1
    return here < rest < end


@part
def skip(text: "Text", at: int, end: int, kinds: "Numbers", kind: int, most: int) -> int:
    """Where a run of signs of a kind ends, at most `most` long."""
    here, last = at, min(end, at + most)
    while here < last and kinds[text[here]] & kind != 0:
        here += 1
    return here


@part
def bracket_end(text: "Text", at: int, end: int, most: int) -> int:
    """Behind the `]` of a bracket of 1 to `most` signs at `at`, or -1."""
    if at >= end or text[at] != 91:
        return -1
    here, last = at + 1, min(end, at + 2 + most)
    while here < last:
        if text[here] == 93:
            return here + 1 if here > at + 1 else -1
        here += 1
    return -1


@part
def _level_word(text: "Text", at: int, end: int, kinds: "Numbers") -> tuple[int, int, int]:
    """A word that may be a level: its begin and end, and where the signs that set it off end; -1 where there is
    none."""
    begin = at + 1 if at < end and text[at] == 91 else at
    stop = skip(text, begin, end, kinds, ALPHA, 11)
    if stop == begin:
        return -1, -1, -1
    close = stop + 1 if stop < end and 49 <= text[stop] <= 53 else stop
    after = close + 1 if close < end and text[close] == 93 else close
    rest = skip(text, after, end, kinds, DASHES, end)
    if rest == after and after < end:
        return -1, -1, -1
    return begin, close, rest


@part
def _leveled(text: "Text", stop: int, end: int, kinds: "Numbers", levels: "Numbers") -> tuple[int, int]:
    """Behind the time: the level that stands there or -1, and where the message begins."""
    if stop < end and text[stop] == 93:
        stop += 1
    here = skip(text, stop, end, kinds, DASHES, end)
    bracket = bracket_end(text, here, end, 60)
    if bracket >= 0:
        inner = bracket + 1 if bracket < end and text[bracket] == 32 else bracket
        word, close, rest = _level_word(text, inner, end, kinds)
        level = level_at(text, word, close, levels) if word >= 0 else -1
        if level >= 0:
            return level, rest
    word, close, rest = _level_word(text, here, end, kinds)
    level = level_at(text, word, close, levels) if word >= 0 else -1
    return (level, rest) if level >= 0 else (-1, here)


@part
def iso_line(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", near: "Words", heads: "Words"
) -> float:
    """Lines that open with a time, then perhaps a level: the reader `iso`.

    `heads`: the eight bytes behind a time, and what they were read as, where they hold all that was looked at.
    """
    begin, end = frame[BEGIN], frame[END]
    start = begin + 1 if begin < end and text[begin] == 91 else begin
    stop, at, flags = iso_near(text, wide, start, end, near)
    if stop < 0:
        return 0.0
    frame[FLAGS] = flags | READ | HEADED
    head = word_at(wide, stop)
    slot = np.int64((head * _SPREAD) >> _SIX)
    if heads[slot, 0] == head and stop + 8 <= end:
        known = np.int64(heads[slot, 1])
        frame[LEVEL], frame[MESSAGE] = known >> 4, stop + (known & 15)
        return at
    level, rest = _leveled(text, stop, end, kinds, levels)
    frame[LEVEL], frame[MESSAGE] = level, rest
    if level >= 0 and rest < stop + 8 and stop + 8 <= end and not _has_bracket(text, stop, rest):
        heads[slot, 0], heads[slot, 1] = head, (level << 4) | (rest - stop)
    return at


@part
def _has_bracket(text: "Text", at: int, end: int) -> bool:
    """Behind a bracket that opens, more than eight bytes may be looked at."""
    for here in range(at, end):
        if text[here] == 91:
            return True
    return False


@part
def behind_blank(text: "Text", at: int, end: int) -> int:
    return at + 1 if at < end and text[at] == 32 else at


@part
def _klog_place(text: "Text", here: int, end: int, kinds: "Numbers") -> tuple[int, int]:
    """Begin and end of `controller.go:114` behind blanks, the process and a blank; (-1, -1) where it is not there."""
    process = skip(text, here, end, kinds, BLANK, end)
    place = skip(text, process, end, kinds, DIGIT, 12)
    if process == here or place == process or place >= end or text[place] != 32:
        return -1, -1
    name = place + 1
    colon = skip(text, name, end, kinds, NAMED, 200)
    stop = skip(text, colon + 1, end, kinds, DIGIT, 7)
    if colon == name or stop >= end or text[colon] != 58 or stop == colon + 1 or text[stop] != 93:
        return -1, -1
    return name, stop


@part
def klog_line(
    text: "Text", frame: "Numbers", kinds: "Numbers", levels: "Numbers", reference: float, year: int
) -> float:
    """`E0301 10:00:00.123456    1234 controller.go:114] text`: the reader `klog`."""
    begin, end = frame[BEGIN], frame[END]
    if end - begin < 20 or level_at(text, begin, begin + 1, levels) < 0 or text[begin] > 87:
        return 0.0
    month, day = number_at(text, begin + 1, 2, end), number_at(text, begin + 3, 2, end)
    clock = clock_at(text, begin + 6, end)
    more, here = fraction_at(text, begin + 14, end)
    if min(month, day, clock) < 0 or text[begin + 5] != 32 or here == begin + 14 or text[begin + 14] != 46:
        return 0.0
    name, stop = _klog_place(text, here, end, kinds)
    if name < 0:
        return 0.0
    at = yearless(month, day, clock, more, reference, year) if reference > 0 else NEVER
    frame[SERVICE], frame[SERVICE_END] = name, stop
    frame[MESSAGE] = behind_blank(text, stop + 1, end)
    frame[LEVEL] = level_at(text, begin, begin + 1, levels)
    frame[FLAGS] = READ | HEADED | (TIMED if at != NEVER else YEARED)
    return at if at != NEVER else 0.0


@part
def python_line(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", near: "Words"
) -> float:
    """`2026-03-01 10:00:00,123 - app.db - ERROR - text`: the reader `python_logging`."""
    begin, end = frame[BEGIN], frame[END]
    stop, at, flags = iso_near(text, wide, begin, end, near)
    if stop < 0 or not _dash(text, stop, end):
        return 0.0
    name = stop + 3
    close = skip(text, name, end, kinds, NAMED, 201)
    word = close + 3
    last = skip(text, word, end, kinds, ALPHA, 8)
    if close == name or not _dash(text, close, end) or last - word < 4 or not _dash(text, last, end):
        return 0.0
    level = level_at(text, word, last, levels)
    if level < 0 or kinds[text[name]] & DIGIT != 0:
        return 0.0
    frame[SERVICE], frame[SERVICE_END], frame[LEVEL], frame[MESSAGE] = name, close, level, last + 3
    frame[FLAGS] = flags | READ | HEADED
    return at


@part
def _dash(text: "Text", at: int, end: int) -> bool:
    return at + 3 <= end and text[at] == 32 and text[at + 1] == 45 and text[at + 2] == 32


@part
def _behind_thread(text: "Text", stop: int, end: int, kinds: "Numbers") -> int:
    """Behind the bracket that closes the time, blanks, and the name of a thread in brackets, where they are."""
    if stop < end and text[stop] == 93:
        stop += 1
    here = skip(text, stop, end, kinds, BLANK, 8)
    bracket = bracket_end(text, here, end, 120)
    return skip(text, bracket, end, kinds, BLANK, 8) if bracket >= 0 else here


@part
def _sets_off(text: "Text", close: int, pad: int, end: int) -> bool:
    """Whether ` - ` or `: ` stands between the logger, which ends at `close`, and the message."""
    if pad + 2 > end or text[pad + 1] != 32:
        return False
    return bool(text[pad] == 58 or (pad > close and text[pad] == 45))


@part
def java_line(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", near: "Words"
) -> float:
    """`2026-03-01 10:00:00,123 [main] INFO  org.example.Pool - text`, or without thread: the reader `java`."""
    begin, end = frame[BEGIN], frame[END]
    start = begin + 1 if begin < end and text[begin] == 91 else begin
    stop, at, flags = iso_near(text, wide, start, end, near)
    if stop < 0:
        return 0.0
    here = _behind_thread(text, stop, end, kinds)
    last = skip(text, here, end, kinds, ALPHA, 8)
    name = skip(text, last, end, kinds, BLANK, 8)
    level = level_at(text, here, last, levels)
    close = skip(text, name, end, kinds, NAMED, 201)
    if level < 0 or last - here < 4 or name == last or close == name or kinds[text[name]] & DIGIT != 0:
        return 0.0
    pad = skip(text, close, end, kinds, BLANK, 60)
    if stop == here or not _sets_off(text, close, pad, end):
        return 0.0
    frame[SERVICE], frame[SERVICE_END], frame[LEVEL], frame[MESSAGE] = name, close, level, pad + 2
    frame[FLAGS] = flags | READ | HEADED
    return at
