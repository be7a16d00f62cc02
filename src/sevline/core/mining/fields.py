# ruff: noqa: PLR1714, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Lines made of fields, many at once: flat JSON objects and logfmt. A line that is not plainly one is left to its
reader.

A key's role and rank come from the readers' own lists (see `layouts.role_table`). The functions are kernels (see
`jit`).
"""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.frames import (
    ALPHA,
    BEGIN,
    DIGIT,
    END,
    ESCAPED,
    FLAGS,
    HEADED,
    LEVEL,
    MESSAGE,
    MESSAGE_END,
    NAMED,
    READ,
    SERVICE,
    SERVICE_END,
    TIMED,
    WORDY,
    YEARED,
    ZONED,
    iso_at,
    level_at,
    number_at,
    skip,
)  # fmt: skip
from sevline.core.mining.jit import jit

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Text

ROLE_MESSAGE, ROLE_TIME, ROLE_LEVEL, ROLE_SERVICE, ROLE_OTHER, ROLE_INSIDE = 1, 2, 3, 4, 5, 6
"""ROLE_OTHER: a key that changes the message; its lines are left to the reader. ROLE_INSIDE: so is an object under
it."""

TEXT, NUMBER, LITERAL, NESTED = 1, 2, 3, 4
_PAIRS = 60
_ROLES = 5


@jit
def role_of(text: "Text", begin: int, stop: int, roles: "Numbers") -> int:
    """Role * 256 + rank of a key, 0 for a key without a role."""
    code = 5381
    for here in range(begin, stop):
        code = (code * 33 + int(text[here])) & 0x3FFFFFFF
    slot = code % 1021
    while roles[slot, 0] != 0:
        if roles[slot, 0] == code:
            return int(roles[slot, 1])
        slot = (slot + 1) % 1024
    return 0


@jit
def _json_string(text: "Text", at: int, end: int) -> tuple[int, bool, bool]:
    """Index of the quote that ends the string whose first byte is at `at` (-1 where none does), whether it has escapes,
    and whether they are all of those that stand for one sign on the same line."""
    escaped, simple = False, True
    while at < end:
        sign = text[at]
        if sign == 34:
            return at, escaped, simple
        if sign < 32:
            return -1, False, False
        if sign == 92:
            escaped = True
            if at + 1 >= end:
                return -1, False, False
            after = text[at + 1]
            simple = simple and (after == 34 or after == 92 or after == 47)
            at += 1
        at += 1
    return -1, False, False


@jit
def _nested_end(text: "Text", at: int, end: int) -> int:
    """Behind the object or list that begins at `at`, or -1."""
    depth = 0
    while at < end:
        sign = text[at]
        if sign == 34:
            at = _json_string(text, at + 1, end)[0]
            if at < 0:
                return -1
        elif sign == 123 or sign == 91:
            depth += 1
        elif sign == 125 or sign == 93:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return -1


@jit
def _numeric(sign: int, within: bool) -> bool:
    return 48 <= sign <= 57 or (sign == 46 and within)


@jit
def _is_number(text: "Text", digits: int, end: int) -> bool:
    """No point at the end, no nought in front of other digits."""
    return bool(text[end - 1] != 46 and (text[digits] != 48 or end == digits + 1 or text[digits + 1] == 46))


@jit
def _scalar_end(text: "Text", at: int, end: int) -> tuple[int, int]:
    """Behind a number, true, false or null at `at`, and which it is; (-1, 0) for anything else."""
    here = at
    if text[here] == 45:
        here += 1
    digits = here
    while here < end and _numeric(text[here], here > digits):
        here += 1
    if here > digits and _is_number(text, digits, here):
        return here, NUMBER
    for word in ((116, 4), (102, 5), (110, 4)):
        if at + word[1] <= end and text[at] == word[0]:
            return at + word[1], LITERAL
    return -1, 0


@jit
def _blank(text: "Text", at: int, end: int) -> int:
    while at < end and (text[at] == 32 or text[at] == 9):
        at += 1
    return at


@jit
def _value(text: "Text", at: int, end: int, found: "Numbers") -> int:
    """Behind the JSON value at `at`, or -1; `found` is given its kind, begin, end, whether it is escaped and simply
    so."""
    sign = text[at]
    found[1] = at
    if sign == 34:
        close, escaped, simple = _json_string(text, at + 1, end)
        found[0], found[1], found[2], found[3], found[4] = TEXT, at + 1, close, escaped, simple
        return close + 1 if close >= 0 else -1
    found[3], found[4] = 0, 1
    if sign == 123 or sign == 91:
        found[0] = NESTED
        return _nested_end(text, at, end)
    found[2], found[0] = _scalar_end(text, at, end)
    return int(found[2])


@jit
def _keep(roles_found: "Numbers", code: int, found: "Numbers", last_wins: bool) -> bool:
    """Keeps a value for its role if its key ranks first so far; False where the line must be left to its reader."""
    role, rank = code >> 8, code & 255
    if role == ROLE_OTHER or found[0] == NESTED:
        return False
    if role == ROLE_INSIDE:
        return True
    if found[0] == LITERAL:
        return False
    known = roles_found[role, 0]
    if known != 0 and role == ROLE_TIME:
        return False
    if known == 0 or rank < roles_found[role, 1] or (last_wins and rank == roles_found[role, 1]):
        roles_found[role, 0], roles_found[role, 1] = found[0], rank
        roles_found[role, 2], roles_found[role, 3] = found[1], found[2]
        roles_found[role, 4], roles_found[role, 5] = found[3], found[4]
    return True


@jit
def _json_field(text: "Text", at: int, end: int, roles: "Numbers", kept: "Numbers") -> int:
    """Behind the key at `at` and its value, or -1 where the line must be left to its reader."""
    close, escaped, _ = _json_string(text, at + 1, end)
    colon = _blank(text, close + 1, end)
    if close < 0 or escaped or colon >= end or text[colon] != 58:
        return -1
    code = role_of(text, at + 1, close, roles)
    value = _blank(text, colon + 1, end)
    if value >= end:
        return -1
    found = kept[_ROLES]
    after = _value(text, value, end, found)
    return -1 if after >= 0 and code != 0 and not _keep(kept, code, found, True) else after


@jit
def json_line(
    text: "Text", frame: "Numbers", kinds: "Numbers", levels: "Numbers", roles: "Numbers", kept: "Numbers"
) -> float:
    """One flat object: the reader `json_lines`. `kept`: room for what was found, a row for each role and one more."""
    at, end = _blank(text, frame[BEGIN], frame[END]), frame[END]
    kept[:, :] = 0
    if at >= end or text[at] != 123:
        return 0.0
    at = _blank(text, at + 1, end)
    while at < end and text[at] == 34:
        at = _json_field(text, at, end, roles, kept)
        if at < 0:
            return 0.0
        at = _blank(text, at, end)
        if at >= end or text[at] != 44:
            break
        at = _blank(text, at + 1, end)
    if at >= end or text[at] != 125 or _blank(text, at + 1, end) != end:
        return 0.0
    return _filled(text, frame, kinds, levels, kept, True)


@jit
def logfmt_line(
    text: "Text", frame: "Numbers", kinds: "Numbers", levels: "Numbers", roles: "Numbers", kept: "Numbers"
) -> float:
    """`key=value` pairs set off by one blank each: the reader `logfmt`."""
    at, end = frame[BEGIN], frame[END]
    kept[:, :] = 0
    found = kept[_ROLES]
    pairs = 0
    while at < end:
        stop = _logfmt_key(text, at, end, kinds)
        if stop < 0 or pairs >= _PAIRS:
            return 0.0
        code = role_of(text, at, stop, roles)
        at = _logfmt_value(text, stop + 1, end, found)
        pairs += 1
        if at < 0 or (code != 0 and not _keep(kept, code, found, False)):
            return 0.0
        if at < end:
            if text[at] != 32 or at + 1 >= end:
                return 0.0
            at += 1
    if pairs < 2:
        return 0.0
    return _filled(text, frame, kinds, levels, kept, False)


@jit
def _logfmt_key(text: "Text", at: int, end: int, kinds: "Numbers") -> int:
    """Index of the `=` behind a key at `at`, or -1."""
    first = kinds[text[at]]
    if first & WORDY == 0 or first & DIGIT != 0:
        return -1
    stop = skip(text, at, end, kinds, NAMED, 81)
    return stop if stop < end and text[stop] == 61 and not _has_dollar(text, at, stop) else -1


@jit
def _has_dollar(text: "Text", at: int, stop: int) -> bool:
    for here in range(at, stop):
        if text[here] == 36:
            return True
    return False


@jit
def _logfmt_value(text: "Text", at: int, end: int, found: "Numbers") -> int:
    """Behind the value at `at`, or -1 where it has escapes or a quote in its midst."""
    found[0], found[3], found[4] = TEXT, 0, 1
    if at < end and text[at] == 34:
        here = at + 1
        while here < end and text[here] != 34:
            if text[here] == 92:
                return -1
            here += 1
        found[1], found[2] = at + 1, here
        return here + 1 if here < end else -1
    here = at
    while here < end and text[here] != 32:
        if text[here] == 34 or text[here] < 32:
            return -1
        here += 1
    found[1], found[2] = at, here
    return here


@jit
def _filled(
    text: "Text", frame: "Numbers", kinds: "Numbers", levels: "Numbers", kept: "Numbers", numbers: bool
) -> float:
    """The frame from what was kept; left to the reader where a part is of a form that is not surely known."""
    message, time, level, service = kept[ROLE_MESSAGE], kept[ROLE_TIME], kept[ROLE_LEVEL], kept[ROLE_SERVICE]
    if message[0] != TEXT or (message[4] != 0 and message[5] == 0):
        return 0.0
    at, flags = 0.0, YEARED
    if time[0] != 0:
        at, flags = _time_of(text, time, kinds)
        if flags == 0:
            return 0.0
    if level[0] != 0:
        code = _level_of(text, level, kinds, levels, numbers)
        if code < -1:
            return 0.0
        frame[LEVEL] = code
    if service[0] == TEXT:
        if service[4] != 0:
            return 0.0
        frame[SERVICE], frame[SERVICE_END] = service[2], service[3]
    frame[MESSAGE], frame[MESSAGE_END] = message[2], message[3]
    frame[FLAGS] = flags | READ | HEADED | (ESCAPED if message[4] != 0 else 0)
    return at


@jit
def _level_of(text: "Text", level: "Numbers", kinds: "Numbers", levels: "Numbers", numbers: bool) -> int:
    """The level's number, -1 for none; -2 where the reader must say."""
    begin, stop = level[2], level[3]
    if skip(text, begin, stop, kinds, ALPHA, 14) == stop and stop > begin:
        return level_at(text, begin, stop, levels)
    if numbers and stop - begin <= 2 and skip(text, begin, stop, kinds, DIGIT, 3) == stop and stop > begin:
        return level_at(text, begin, stop, levels)
    return -2


@jit
def _time_of(text: "Text", time: "Numbers", kinds: "Numbers") -> tuple[float, int]:
    """Epoch seconds and flags; flags 0 where the reader must say."""
    begin, stop = time[2], time[3]
    if time[4] != 0:
        return 0.0, 0
    here, at, flags = iso_at(text, begin, stop)
    if here >= 0:
        return (at, flags) if here == stop else (0.0, 0)
    return _number_of(text, begin, stop, kinds)


@jit
def _number_of(text: "Text", begin: int, stop: int, kinds: "Numbers") -> tuple[float, int]:
    """The same for seconds, milli-, micro- or nanoseconds since 1970."""
    digits = skip(text, begin, stop, kinds, DIGIT, 20)
    if digits == begin or digits - begin > 19:
        return 0.0, 0
    scale, exact = 1, stop - begin <= 16
    value = number_at(text, begin, digits - begin, stop)
    if digits < stop:
        last = skip(text, digits + 1, stop, kinds, DIGIT, 16)
        if text[digits] != 46 or last != stop or last == digits + 1 or not exact:
            return 0.0, 0
        for place in range(digits + 1, last):
            value = value * 10 + int(text[place]) - 48
            scale *= 10
    number = value / float(scale) if scale > 1 else np.float64(value)
    for unit in (1.0, 1.0e3, 1.0e6, 1.0e9):
        if 1.0e9 <= number / unit < 1.0e10:
            return number / unit, TIMED | YEARED | ZONED
    return 0.0, 0
