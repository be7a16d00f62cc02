# ruff: noqa: PLR1714, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Records into counts, many at once: the message is masked, its shape looked up or added, and what is known of it kept.

The shape of a message is `masking.mask`'s; both are held equal by test. The functions are kernels (see `jit`).
"""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.examples import SAMPLES
from sevline.core.mining.folding import fold_into
from sevline.core.mining.frames import (
    ESCAPED,
    FLAGS,
    LEVEL,
    MESSAGE,
    MESSAGE_END,
    OUTCOME_SHIFT,
    OUTCOMES,
    SERVICE,
    SERVICE_END,
)
from sevline.core.mining.jit import jit, part
from sevline.core.mining.levels import COARSEST
from sevline.core.mining.marking import marker_at
from sevline.core.mining.wide import next_digit, run_at, stretch_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.frames import Numbers, Text

    Hashes = NDArray[np.uint64]
    Marks = NDArray[np.int64]

SHAPE_BYTES = 2000
ROOM = 2 * SHAPE_BYTES + 1024
SEPARATOR = 31
NO_MARK = 1 << 32
NO_LEAD = np.uint64(0x9AE16A3B2F90404F)
LEVELS_AND_NONE, LEADS = 7, 28
"""Leads that a service may have: one for each level and outcome."""

_RECORD, _FAILED, _CLIENT, _SERVER = 30, 49, 52, 53
"""The signs of `fieldoutcomes.MARKS`."""

_LETTER, _DIGIT, _HEXED, _JOIN = 1, 2, 4, 8


def _signs() -> "Text":
    table = np.zeros(256, np.uint8)
    for code in range(256):
        sign = chr(code)
        letter = code >= 128 or (sign.isascii() and sign.isalpha())
        table[code] = (
            _LETTER * letter
            | _DIGIT * (code < 128 and sign.isdigit())
            | _HEXED * (code < 128 and sign in "abcdefABCDEF")
            | _JOIN * (code < 128 and sign in ".:-/_,")
        )
    return table


SIGNS = _signs()


@part
def _run(text: "Text", at: int, end: int, signs: "Text") -> tuple[int, bool, bool]:
    """Where the run of letters and digits at `at` ends, whether it holds a digit, whether it is hexadecimal letters."""
    here, digit, hexed = at, False, True
    while here < end:
        sign = signs[text[here]]
        if sign & (_LETTER | _DIGIT) == 0:
            break
        digit = digit or sign & _DIGIT != 0
        hexed = hexed and sign & _HEXED != 0
        here += 1
    return here, digit, hexed


@part
def _joined(text: "Text", at: int, end: int, signs: "Text") -> int:
    """Where the value ends that so far ends at `at`: runs with a digit, and hexadecimal ones, may be joined to it."""
    while at + 1 < end and signs[text[at]] & _JOIN != 0:
        stop, digit, hexed = _run(text, at + 1, end, signs)
        if stop == at + 1 or not (digit or (hexed and stop - at > 2)):
            break
        at = stop
    return at


@part
def mask_into(text: "Text", begin: int, end: int, out: "Text", size: int, signs: "Text") -> int:
    """Writes the shape of a message into `out` from `size` on; gives where it ends there."""
    at = begin
    while at < end:
        sign = text[at]
        kind = signs[sign]
        if kind & (_LETTER | _DIGIT) != 0:
            start, digit, first = size, 0, at
            while kind & (_LETTER | _DIGIT) != 0:
                out[size] = text[at]
                size += 1
                digit |= kind & _DIGIT
                at += 1
                if at >= end:
                    break
                kind = signs[text[at]]
            if digit != 0:
                at = _joined(text, at, end, signs)
                out[start] = marker_at(text, begin, first, end, signs) if at - first == 3 else 48
                size = start + 1
            continue
        if (sign == 43 or sign == 45) and (at == begin or signs[text[at - 1]] & (_LETTER | _DIGIT) == 0):
            stop, digit, _ = _run(text, at + 1, end, signs)
            if digit:
                out[size] = 48
                size += 1
                at = _joined(text, stop, end, signs)
                continue
        out[size] = sign
        size += 1
        at += 1
    return size


@part
def _unescaped(text: "Text", begin: int, end: int, out: "Text") -> int:
    """A JSON string with escapes of single signs, at most SHAPE_BYTES of it, into `out`; gives its length."""
    size, at = 0, begin
    while at < end and size < SHAPE_BYTES:
        if text[at] == 92:
            at += 1
        out[size] = text[at]
        size += 1
        at += 1
    return size


@part
def message_hash(text: "Text", wide: "Hashes", begin: int, end: int, signs: "Text", code: np.uint64) -> np.uint64:
    """The hash that `shape_hash` gives of the message's shape, without writing the shape down."""
    at = begin
    while True:
        digit = next_digit(wide, at, end)
        if digit >= end:
            return stretch_hash(wide, at, end, code) | np.uint64(1)
        start = digit
        while start > at and signs[text[start - 1]] & _LETTER != 0:
            start -= 1
        if start > at and _is_sign(text, start - 1, begin, signs):
            start -= 1
        code = stretch_hash(wide, at, start, code)
        at = _value_end(text, wide, run_at(wide, digit, end)[0], end, signs)
        if at - start == 3:
            marker = marker_at(text, begin, start, end, signs)
            if marker != 48:
                code = marked_hash(code, marker)


@part
def _is_sign(text: "Text", at: int, begin: int, signs: "Text") -> bool:
    if text[at] != 43 and text[at] != 45:
        return False
    return at == begin or bool(signs[text[at - 1]] & (_LETTER | _DIGIT) == 0)


@part
def _value_end(text: "Text", wide: "Hashes", at: int, end: int, signs: "Text") -> int:
    """As `_joined`."""
    while at + 1 < end and signs[text[at]] & _JOIN != 0:
        stop, digit = run_at(wide, at + 1, end)
        if not digit and not (stop - at > 2 and _is_hex(text, at + 1, stop, signs)):
            break
        at = stop
    return at


@part
def _is_hex(text: "Text", at: int, end: int, signs: "Text") -> bool:
    for here in range(at, end):
        if signs[text[here]] & _HEXED == 0:
            return False
    return True


@part
def marked_hash(code: np.uint64, marker: int) -> np.uint64:
    """`code` with a marker that is not that of any value mixed in."""
    return (code ^ np.uint64(marker)) * np.uint64(0x9E3779B97F4A7C15)


@part
def shape_hash(text: "Text", wide: "Hashes", begin: int, end: int, code: np.uint64) -> np.uint64:
    """Hash of a shape: the stretches between its markers. Never 0."""
    at = begin
    for here in range(begin, end):
        sign = text[here]
        if sign == 48 or sign == 52 or sign == 53:
            code = stretch_hash(wide, at, here, code)
            if sign != 48:
                code = marked_hash(code, sign)
            at = here + 1
    return stretch_hash(wide, at, end, code) | np.uint64(1)


@part
def key_hash(text: "Text", wide: "Hashes", size: int) -> np.uint64:
    """Hash of a key as `shape_into` writes it: its lead, then its shape."""
    stop = size
    while stop > 0 and text[stop - 1] != SEPARATOR:
        stop -= 1
    code = NO_LEAD if stop == 0 else stretch_hash(wide, 0, stop, NO_LEAD)
    return shape_hash(text, wide, stop, size, code)


@part
def mark_of(line: int, seed: int) -> int:
    """A number below 2**32 that spreads the lines of a source evenly."""
    code = (np.uint64(line) + np.uint64(seed)) * np.uint64(0x9E3779B97F4A7C15)
    code ^= code >> np.uint64(29)
    code *= np.uint64(0xBF58476D1CE4E5B9)
    return np.int64(code >> np.uint64(32))  # type: ignore[return-value]  # signed, as marks are


@part
def find(table: "Hashes", code: np.uint64) -> int:
    """Slot where a hash stands in a table of a power of two, or the free slot where it belongs."""
    last = np.uint64(len(table) - 1)
    slot = code & last
    while table[slot] != 0 and table[slot] != code:
        slot = (slot + np.uint64(1)) & last
    return np.int64(slot)  # type: ignore[return-value]  # an index is signed


@part
def sampled(marks: "Marks", mark: int) -> bool:
    """Puts a mark among the smallest of its shape, which stand in rising order; False where it is not one of them."""
    if mark >= marks[SAMPLES - 1]:
        return False
    place = SAMPLES - 1
    while place > 0 and marks[place - 1] > mark:
        marks[place] = marks[place - 1]
        place -= 1
    marks[place] = mark
    return True


@jit
def shape_into(
    text: "Text", frame: "Numbers", out: "Text", plain: "Text", signs: "Text", letters: "Text", level: int,
    words: "Hashes",
) -> int:  # fmt: skip
    """The key of a record, what its header says and then the shape of its message, folded to `level`; gives its
    length."""
    size = 0
    if level >= COARSEST:
        out[0] = 48
        return 1
    if frame[LEVEL] >= 0 or frame[SERVICE_END] > frame[SERVICE] or frame[FLAGS] & OUTCOMES != 0:
        size = lead_into(text, frame, out, signs, letters)
        out[size] = SEPARATOR
        size += 1
    begin, end = frame[MESSAGE], frame[MESSAGE_END]
    start = size
    if frame[FLAGS] & ESCAPED != 0:
        size = mask_into(plain, 0, _unescaped(text, begin, end, plain), out, size, signs)
    else:
        size = mask_into(text, begin, min(end, begin + SHAPE_BYTES), out, size, signs)
    return size if level == 0 else fold_into(out, start, size, level, words)


@part
def _is_place(text: "Text", begin: int, end: int, signs: "Text") -> bool:
    """`file.ext:123`: a dot, letters and perhaps digits, a colon, digits to the end."""
    at = end
    while at > begin and signs[text[at - 1]] & _DIGIT != 0:
        at -= 1
    if at == end or at - 3 < begin or text[at - 1] != 58:
        return False
    at -= 1
    stop = at
    while at > begin and signs[text[at - 1]] & (_LETTER | _DIGIT) != 0:
        at -= 1
    return at > begin + 1 and text[at - 1] == 46 and stop > at and signs[text[at]] & _LETTER != 0


@part
def lead_into(text: "Text", frame: "Numbers", out: "Text", signs: "Text", letters: "Text") -> int:
    """`@file.go:12` where the header names the place in the source; else the level's letter and the logger's shape.
    Behind it what the fields tell of the outcome."""
    size = _header_into(text, frame, out, signs, letters)
    outcome = (frame[FLAGS] & OUTCOMES) >> OUTCOME_SHIFT
    if outcome != 0:
        out[size], out[size + 1] = _RECORD, _FAILED if outcome == 1 else _CLIENT if outcome == 2 else _SERVER
        size += 2
    return size


@part
def _header_into(text: "Text", frame: "Numbers", out: "Text", signs: "Text", letters: "Text") -> int:
    begin, end = frame[SERVICE], min(frame[SERVICE_END], frame[SERVICE] + 200)
    if end > begin and _is_place(text, begin, end, signs):
        out[0] = 64
        for here in range(begin, end):
            out[1 + here - begin] = text[here]
        return int(1 + end - begin)
    size = 0
    if frame[LEVEL] >= 0:
        out[0], size = letters[frame[LEVEL]], 1
    if end > begin:
        out[size] = 32
        size = mask_into(text, begin, end, out, size + 1, signs)
    return size


@jit
def absorb(
    text: "Text", wide: "Hashes", frames: "Numbers", numbers: "Numbers", services: "Numbers", line: int, seed: int,
    level: int, words: "Hashes", table: "Hashes", owner: "Numbers", counts: "Numbers", marks: "Marks", arena: "Text",
    bounds: "Numbers", ids: "Numbers", samples: "Numbers", signs: "Text", letters: "Text", leads: "Hashes",
    state: "Numbers", scratch: "Text", room: "Hashes", plain: "Text",
) -> int:  # fmt: skip
    """Counts the records from `line` on; gives the line where it stopped for want of room, or how many there are.

    `numbers`: where each stands in its source. `services`: number of each record's service. `state`: shapes, bytes in
    `arena`, samples so far. `ids`: shape of each line. `bounds`: where the text of each shape ends in the arena.
    `samples`: line, shape and mark of what is to be kept. `leads`: hash of each lead by service, outcome and
    level, 0 where it is not known. `scratch` and `room` are one piece of memory.
    """
    while line < len(frames):
        shapes, used, kept = state[0], state[1], state[2]
        if used + ROOM > len(arena) or shapes + 1 >= len(counts) or 2 * shapes > len(table) or kept >= len(samples):
            return line
        size = -1
        if level == 0 and frames[line, FLAGS] & ESCAPED == 0:
            lead = _lead_hash(text, frames, line, services[line], signs, letters, leads, scratch, room)
            begin = frames[line, MESSAGE]
            end = min(frames[line, MESSAGE_END], begin + SHAPE_BYTES)
            code = message_hash(text, wide, begin, end, signs, lead)
        else:
            size = shape_into(text, frames[line], scratch, plain, signs, letters, level, words)
            code = key_hash(scratch, room, size)
        slot = find(table, code)
        if table[slot] == 0:
            if size < 0:
                size = shape_into(text, frames[line], scratch, plain, signs, letters, level, words)
            for here in range(size):
                arena[used + here] = scratch[here]
            table[slot], owner[slot] = code, shapes
            bounds[shapes + 1] = used + size
            state[0], state[1] = shapes + 1, used + size
        shape = owner[slot]
        counts[shape] += 1
        ids[line] = shape
        mark = mark_of(numbers[line], seed)
        if mark < marks[shape, SAMPLES - 1]:
            sampled(marks[shape], mark)
            samples[kept, 0], samples[kept, 1], samples[kept, 2] = line, shape, mark
            state[2] = kept + 1
        line += 1
    return line


@part
def _lead_hash(
    text: "Text", frames: "Numbers", line: int, service: int, signs: "Text", letters: "Text", leads: "Hashes",
    scratch: "Text", room: "Hashes",
) -> np.uint64:  # fmt: skip
    """Hash of what leads a record's shape; the same for the same service, outcome and level, so it is made once."""
    told = (frames[line, FLAGS] & OUTCOMES) >> OUTCOME_SHIFT
    level = frames[line, LEVEL] + 1 + told * LEVELS_AND_NONE
    if level == 0 and service == 0:
        return NO_LEAD
    place = service * LEADS + level
    known: np.uint64 = leads[place]
    if service != 1 and known != 0:
        return known
    size = lead_into(text, frames[line], scratch, signs, letters)
    scratch[size] = SEPARATOR
    code = stretch_hash(room, 0, size + 1, NO_LEAD)
    if service != 1:
        leads[place] = code
    return code


@jit
def name_services(
    text: "Text", wide: "Hashes", frames: "Numbers", table: "Hashes", owner: "Numbers", arena: "Text",
    bounds: "Numbers", services: "Numbers", state: "Numbers",
) -> None:  # fmt: skip
    """The number of each record's service: 0 for none, 1 for one too many."""
    for line in range(len(frames)):
        begin, end = frames[line, SERVICE], frames[line, SERVICE_END]
        services[line] = 0
        if end == begin:
            continue
        code = stretch_hash(wide, begin, end, NO_LEAD) | np.uint64(1)
        slot = find(table, code)
        if table[slot] == 0:
            if 2 * state[0] > len(table) or state[1] + end - begin > len(arena):
                services[line] = 1
                continue
            table[slot], owner[slot] = code, state[0]
            for here in range(begin, end):
                arena[state[1] + here - begin] = text[here]
            state[1] += end - begin
            bounds[state[0] + 1] = state[1]
            state[0] += 1
        services[line] = owner[slot]


@jit
def refold(
    arena: "Text", bounds: "Numbers", shapes: int, level: int, words: "Hashes", table: "Hashes", owner: "Numbers",
    fresh: "Text", ends: "Numbers", mapping: "Numbers", scratch: "Text", room: "Hashes",
) -> int:  # fmt: skip
    """Folds all shapes into `fresh`; `mapping`: number of each among the new ones, which are given back as their
    count."""
    used, count = 0, 0
    for shape in range(shapes):
        size = bounds[shape + 1] - bounds[shape]
        start = 0
        for here in range(size):
            scratch[here] = arena[bounds[shape] + here]
            if scratch[here] == SEPARATOR:
                start = here + 1
        end = fold_into(scratch, 0 if level >= COARSEST else start, size, level, words)
        code = key_hash(scratch, room, end)
        slot = find(table, code)
        if table[slot] == 0:
            table[slot], owner[slot] = code, count
            for here in range(end):
                fresh[used + here] = scratch[here]
            used += end
            count += 1
            ends[count] = used
        mapping[shape] = owner[slot]
    return count


@jit
def remark(marks: "Marks", mapping: "Numbers", fresh: "Marks") -> None:
    """The smallest marks of shapes that became one."""
    for shape in range(len(mapping)):
        for place in range(SAMPLES):
            if marks[shape, place] < NO_MARK:
                sampled(fresh[mapping[shape]], marks[shape, place])
