# ruff: noqa: PLR1714, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Lines made of fields, many at once: flat JSON objects and logfmt. A line that is not plainly one is left to its
reader.

A key's role and rank come from the readers' own lists (see `layouts.role_table`). The functions are kernels (see
`jit`).
"""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.fieldmarks import is_fine_at, kind_of_key, scalar_stop, told_at
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
    OUTCOME_SHIFT,
    READ,
    SERVICE,
    SERVICE_END,
    TIMED,
    WORDY,
    YEARED,
    ZONED,
    iso_near,
    level_at,
    number_at,
    skip,
)  # fmt: skip
from sevline.core.mining.jit import part
from sevline.core.mining.wide import next_special, part_at

if TYPE_CHECKING:
    from sevline.core.mining.frames import Numbers, Text
    from sevline.core.mining.wide import Words

ROLE_MESSAGE, ROLE_TIME, ROLE_LEVEL, ROLE_SERVICE, ROLE_OTHER, ROLE_INSIDE = 1, 2, 3, 4, 5, 6
"""ROLE_OTHER: a key that changes the message; its lines are left to the reader. ROLE_INSIDE: so is an object under
it."""

TEXT, NUMBER, LITERAL, NESTED = 1, 2, 3, 4
_PAIRS = 60
_ROW, _RANK, _BEGIN, _END, _ESCAPED, _SIMPLY = 6, 1, 2, 3, 4, 5
"""A row of what is kept of a value: its kind (0 for none), then these; the last row is what was found last."""

_MESSAGE, _TIME, _LEVEL, _SERVICE, _FOUND = 1 * _ROW, 2 * _ROW, 3 * _ROW, 4 * _ROW, 5 * _ROW
_OUTCOME = 6 * _ROW
_INNER, _FINE = 6 * _ROW + 1, 6 * _ROW + 2
KEPT = 6 * _ROW + 3
"""Room for a row of each role and the last one, for the outcomes that the line and its inner objects tell so far, and
for whether its own status tells of success."""

_ROLES, _KIND = 0xFFFF, 16
"""What is known of a key: its role and rank, and above them what its value may tell of the outcome."""

_SPREAD, _SIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(58)


@part
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


@part
def _known_key(text: "Text", wide: "Words", begin: int, stop: int, roles: "Numbers", heads: "Words") -> int:
    """What is known of a key, which is looked up once for each short one. `heads`: the bytes of a key, and that."""
    if stop - begin > 16 or stop - begin < 1:
        return role_of(text, begin, stop, roles) | kind_of_key(text, begin, stop) << _KIND
    first, then = part_at(wide, begin, min(stop, begin + 8)), part_at(wide, begin + 8, stop)
    slot = np.int64(((first ^ (then << np.uint64(7))) * _SPREAD) >> _SIX)
    if heads[slot, 0] != first or heads[slot, 1] != then:
        heads[slot, 0], heads[slot, 1] = first, then
        heads[slot, 2] = role_of(text, begin, stop, roles) | kind_of_key(text, begin, stop) << _KIND
    return np.int64(heads[slot, 2])  # type: ignore[return-value]  # a role is signed


@part
def _note(text: "Text", kept: "Numbers", kind: int) -> None:
    """Keeps what the value that was found last tells of the outcome, if that is more than is known."""
    if kept[_FOUND] != NESTED and kept[_FOUND + _ESCAPED] == 0:
        told = told_at(text, kept[_FOUND + _BEGIN], kept[_FOUND + _END], kind)
        kept[_OUTCOME] = max(kept[_OUTCOME], told)
        if is_fine_at(text, kept[_FOUND + _BEGIN], kept[_FOUND + _END], kind):
            kept[_FINE] = 1


@part
def _json_string(text: "Text", wide: "Words", at: int, end: int) -> tuple[int, bool, bool]:
    """Index of the quote that ends the string whose first byte is at `at` (-1 where none does), whether it has escapes,
    and whether they are all of those that stand for one sign on the same line."""
    escaped, simple = False, True
    while True:
        at = next_special(wide, at, end)
        if at >= end or text[at] < 32:
            return -1, False, False
        if text[at] == 34:
            return at, escaped, simple
        escaped = True
        if at + 1 >= end:
            return -1, False, False
        after = text[at + 1]
        simple = simple and (after == 34 or after == 92 or after == 47)
        at += 2


@part
def _nested_end(text: "Text", wide: "Words", at: int, end: int, kept: "Numbers") -> int:
    """Behind the object or list that begins at `at`, or -1. Outcomes in it are kept, but for those in lists."""
    depth, lists = 0, 0
    while at < end:
        sign = text[at]
        if sign == 34:
            begin = at + 1
            at, escaped, _ = _json_string(text, wide, begin, end)
            if at < 0:
                return -1
            if lists == 0 and not escaped:
                _note_inner(text, wide, begin, at, end, kept)
        elif sign == 123 or sign == 91:
            depth += 1
            lists += int(sign == 91)
        elif sign == 125 or sign == 93:
            depth -= 1
            lists -= int(sign == 93)
            if depth == 0:
                return at + 1
        at += 1
    return -1


@part
def _note_inner(text: "Text", wide: "Words", begin: int, stop: int, end: int, kept: "Numbers") -> None:
    """Keeps what is told by the value behind a string of an inner object, where that is a key."""
    at = _blank(text, stop + 1, end)
    if at >= end or text[at] != 58:
        return
    kind = kind_of_key(text, begin, stop)
    at = _blank(text, at + 1, end)
    if kind == 0 or at >= end:
        return
    if text[at] == 34:
        close, escaped, _ = _json_string(text, wide, at + 1, end)
        told = 0 if escaped or close < 0 else told_at(text, at + 1, close, kind)
    else:
        told = told_at(text, at, scalar_stop(text, at, end), kind)
    kept[_INNER] = max(kept[_INNER], told)


@part
def _numeric(sign: int, within: bool) -> bool:
    return 48 <= sign <= 57 or (sign == 46 and within)


@part
def _is_number(text: "Text", digits: int, end: int) -> bool:
    """No point at the end, no nought in front of other digits."""
    return bool(text[end - 1] != 46 and (text[digits] != 48 or end == digits + 1 or text[digits + 1] == 46))


@part
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


@part
def _blank(text: "Text", at: int, end: int) -> int:
    while at < end and (text[at] == 32 or text[at] == 9):
        at += 1
    return at


@part
def _value(text: "Text", wide: "Words", at: int, end: int, kept: "Numbers") -> int:
    """Behind the JSON value at `at`, or -1; the last row of `kept` is given what was found."""
    sign = text[at]
    kept[_FOUND + _BEGIN] = at
    if sign == 34:
        close, escaped, simple = _json_string(text, wide, at + 1, end)
        kept[_FOUND], kept[_FOUND + _BEGIN], kept[_FOUND + _END] = TEXT, at + 1, close
        kept[_FOUND + _ESCAPED], kept[_FOUND + _SIMPLY] = escaped, simple
        return close + 1 if close >= 0 else -1
    kept[_FOUND + _ESCAPED], kept[_FOUND + _SIMPLY] = 0, 1
    if sign == 123 or sign == 91:
        kept[_FOUND] = NESTED
        return _nested_end(text, wide, at, end, kept)
    stop, kind = _scalar_end(text, at, end)
    kept[_FOUND], kept[_FOUND + _END] = kind, stop
    return stop


@part
def _keep(kept: "Numbers", code: int, last_wins: bool) -> bool:
    """Keeps what was found for its role if its key ranks first so far; False where the line must be left to its
    reader."""
    role, rank, kind = code >> 8, code & 255, kept[_FOUND]
    if role == ROLE_OTHER or kind == NESTED:
        return False
    if role == ROLE_INSIDE:
        return True
    row = role * _ROW
    known = kept[row]
    if kind == LITERAL or (known != 0 and role == ROLE_TIME):
        return False
    if known == 0 or rank < kept[row + _RANK] or (last_wins and rank == kept[row + _RANK]):
        for column in range(_ROW):
            kept[row + column] = kept[_FOUND + column]
        kept[row + _RANK] = rank
    return True


@part
def _forget(kept: "Numbers") -> None:
    for row in range(0, _FOUND, _ROW):
        kept[row] = 0
    kept[_OUTCOME], kept[_INNER], kept[_FINE] = 0, 0, 0


@part
def _json_field(
    text: "Text", wide: "Words", at: int, end: int, roles: "Numbers", kept: "Numbers", heads: "Words"
) -> int:
    """Behind the key at `at` and its value, or -1 where the line must be left to its reader."""
    close, escaped, _ = _json_string(text, wide, at + 1, end)
    colon = _blank(text, close + 1, end)
    if close < 0 or escaped or colon >= end or text[colon] != 58:
        return -1
    code = _known_key(text, wide, at + 1, close, roles, heads)
    value = _blank(text, colon + 1, end)
    if value >= end:
        return -1
    after = _value(text, wide, value, end, kept)
    if after >= 0 and code >> _KIND != 0:
        _note(text, kept, code >> _KIND)
    role = code & _ROLES
    return -1 if after >= 0 and role != 0 and not _keep(kept, role, True) else after


@part
def json_line(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", roles: "Numbers",
    kept: "Numbers", near: "Words", heads: "Words",
) -> float:  # fmt: skip
    """One flat object: the reader `json_lines`. `kept`: room for KEPT numbers."""
    at, end = _blank(text, frame[BEGIN], frame[END]), frame[END]
    _forget(kept)
    if at >= end or text[at] != 123:
        return 0.0
    at = _blank(text, at + 1, end)
    while at < end and text[at] == 34:
        at = _json_field(text, wide, at, end, roles, kept, heads)
        if at < 0:
            return 0.0
        at = _blank(text, at, end)
        if at >= end or text[at] != 44:
            break
        at = _blank(text, at + 1, end)
    if at >= end or text[at] != 125 or _blank(text, at + 1, end) != end:
        return 0.0
    return _filled(text, wide, frame, kinds, levels, kept, near, True)


@part
def logfmt_line(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", roles: "Numbers",
    kept: "Numbers", near: "Words", heads: "Words",
) -> float:  # fmt: skip
    """`key=value` pairs set off by one blank each: the reader `logfmt`."""
    at, end = frame[BEGIN], frame[END]
    _forget(kept)
    pairs = 0
    while at < end:
        stop = _logfmt_key(text, at, end, kinds)
        if stop < 0 or pairs >= _PAIRS:
            return 0.0
        code = _known_key(text, wide, at, stop, roles, heads)
        role = code & _ROLES
        at = _logfmt_value(text, stop + 1, end, kept)
        pairs += 1
        if at < 0 or (role != 0 and not _keep(kept, role, False)):
            return 0.0
        if code >> _KIND != 0:
            _note(text, kept, code >> _KIND)
        if at < end:
            if text[at] != 32 or at + 1 >= end:
                return 0.0
            at += 1
    if pairs < 2:
        return 0.0
    return _filled(text, wide, frame, kinds, levels, kept, near, False)


@part
def _logfmt_key(text: "Text", at: int, end: int, kinds: "Numbers") -> int:
    """Index of the `=` behind a key at `at`, or -1."""
    first = kinds[text[at]]
    if first & WORDY == 0 or first & DIGIT != 0:
        return -1
    stop = skip(text, at, end, kinds, NAMED, 81)
    return stop if stop < end and text[stop] == 61 and not _has_dollar(text, at, stop) else -1


@part
def _has_dollar(text: "Text", at: int, stop: int) -> bool:
    for here in range(at, stop):
        if text[here] == 36:
            return True
    return False


@part
def _logfmt_value(text: "Text", at: int, end: int, kept: "Numbers") -> int:
    """Behind the value at `at`, or -1 where it has escapes or a quote in its midst."""
    kept[_FOUND], kept[_FOUND + _ESCAPED], kept[_FOUND + _SIMPLY] = TEXT, 0, 1
    if at < end and text[at] == 34:
        here = at + 1
        while here < end and text[here] != 34:
            if text[here] == 92:
                return -1
            here += 1
        kept[_FOUND + _BEGIN], kept[_FOUND + _END] = at + 1, here
        return here + 1 if here < end else -1
    here = at
    while here < end and text[here] != 32:
        if text[here] == 34 or text[here] < 32:
            return -1
        here += 1
    kept[_FOUND + _BEGIN], kept[_FOUND + _END] = at, here
    return here


@part
def _filled(
    text: "Text", wide: "Words", frame: "Numbers", kinds: "Numbers", levels: "Numbers", kept: "Numbers", near: "Words",
    numbers: bool,
) -> float:  # fmt: skip
    """The frame from what was kept; left to the reader where a part is of a form that is not surely known."""
    if kept[_MESSAGE] != TEXT or (kept[_MESSAGE + _ESCAPED] != 0 and kept[_MESSAGE + _SIMPLY] == 0):
        return 0.0
    at, flags = 0.0, YEARED
    if kept[_TIME] != 0:
        at, flags = _time_of(text, wide, kept, kinds, near)
        if flags == 0:
            return 0.0
    if kept[_LEVEL] != 0:
        code = _level_of(text, kept[_LEVEL + _BEGIN], kept[_LEVEL + _END], kinds, levels, numbers)
        if code < -1:
            return 0.0
        frame[LEVEL] = code
    if kept[_SERVICE] == TEXT:
        if kept[_SERVICE + _ESCAPED] != 0:
            return 0.0
        frame[SERVICE], frame[SERVICE_END] = kept[_SERVICE + _BEGIN], kept[_SERVICE + _END]
    frame[MESSAGE], frame[MESSAGE_END] = kept[_MESSAGE + _BEGIN], kept[_MESSAGE + _END]
    frame[FLAGS] = flags | READ | HEADED | (ESCAPED if kept[_MESSAGE + _ESCAPED] != 0 else 0)
    outcome = kept[_OUTCOME] if kept[_FINE] != 0 else max(kept[_OUTCOME], kept[_INNER])
    frame[FLAGS] |= outcome << OUTCOME_SHIFT
    return at


@part
def _level_of(text: "Text", begin: int, stop: int, kinds: "Numbers", levels: "Numbers", numbers: bool) -> int:
    """The level's number, -1 for none; -2 where the reader must say."""
    if skip(text, begin, stop, kinds, ALPHA, 14) == stop and stop > begin:
        return level_at(text, begin, stop, levels)
    if numbers and stop - begin <= 2 and skip(text, begin, stop, kinds, DIGIT, 3) == stop and stop > begin:
        return level_at(text, begin, stop, levels)
    return -2


@part
def _time_of(text: "Text", wide: "Words", kept: "Numbers", kinds: "Numbers", near: "Words") -> tuple[float, int]:
    """Epoch seconds and flags; flags 0 where the reader must say."""
    begin, stop = kept[_TIME + _BEGIN], kept[_TIME + _END]
    if kept[_TIME + _ESCAPED] != 0:
        return 0.0, 0
    here, at, flags = iso_near(text, wide, begin, stop, near)
    if here >= 0:
        return (at, flags) if here == stop else (0.0, 0)
    return _number_of(text, begin, stop, kinds)


@part
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
