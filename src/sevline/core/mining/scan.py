# ruff: noqa: PLR1714, SIM109, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Shapes into tokens, for any number of shapes in one pass: what the syntax says is a value is VALUE, the rest are
words.

Values are: quoted and bracketed text, what follows `key=`, paths, addresses, markers, and a unit or the name of a month
beside a marker. Neighbouring values are one, so that lists collapse. The functions are kernels (see `jit`): bytes are
numbers, and nothing is made on the way.
"""

from typing import TYPE_CHECKING

import numpy as np

from sevline.core.mining.jit import jit, part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Text = NDArray[np.uint8]
    Numbers = NDArray[np.int64]

WORD, VALUE, ENCLOSED, HEAD = 0, 1, 2, 3
MAX_TOKENS = 64

_GAP, _ALNUM, _OPEN, _CLOSE, _LETTER, _UPPER = 1, 2, 4, 8, 16, 32
_DEPTH = 32
_FAILURES = 8
#: Bytes of a sentence behind a bracket that go on with it: more than a full stop or a unit.
_LEFT = 3
_SPAN = 40
"""A bracket around the whole message is read inside if it is longer than this."""

_SPACE, _QUOTE, _HASH, _TICK, _DASH, _DOT, _SLASH, _MARK = 32, 34, 35, 39, 45, 46, 47, 48
_COLON, _LESS, _EQUAL, _GREATER, _BACK, _GRAVE, _BANG, _ROUND = 58, 60, 61, 62, 92, 96, 33, 40


def _classes() -> "Text":
    table = np.zeros(256, np.uint8)
    for code in range(256):
        sign = chr(code)
        letter = code >= 128 or (sign.isascii() and sign.isalpha())
        table[code] = (
            _GAP * (sign in " \t,;\n\r")
            | _ALNUM * (letter or sign.isdigit() or sign == "_")
            | _OPEN * (sign in "([{<")
            | _CLOSE * (sign in ")]}")
            | _LETTER * letter
            | _UPPER * (code < 128 and sign.isupper())
        )
    return table


def _closers() -> "Text":
    table = np.zeros(256, np.uint8)
    for opener, closer in ("()", "[]", "{}", "<>"):
        table[ord(opener)] = ord(closer)
    return table


CLASSES = _classes()
CLOSERS = _closers()


@part
def _opens(text: "Text", at: int, end: int, classes: "Text") -> bool:
    """`<` opens only before a letter, a quote or a slash: not in `a < b`."""
    if classes[text[at]] & _OPEN == 0:
        return False
    if text[at] != _LESS:
        return True
    if at + 1 >= end:
        return False
    after = text[at + 1]
    return bool(classes[after] & _ALNUM != 0 or after == _TICK or after == _SLASH)


@part
def _string_end(text: "Text", at: int, end: int) -> int:
    """Where the double-quoted text that begins at `at` ends; `at` itself where nothing closes it."""
    close = at + 1
    while close < end and text[close] != _QUOTE:
        close += 2 if text[close] == _BACK else 1
    return close if close < end else at


@part
def _unwound(stack: "Text", depth: int, closer: int) -> int:
    """Depth after a closer that is not the innermost one: back to its opener, or unchanged without one."""
    level = depth - 1
    while level >= 0 and stack[level] != closer:
        level -= 1
    return depth if level < 0 else level


@part
def _closing(text: "Text", at: int, end: int, classes: "Text", closers: "Text", stack: "Text") -> int:
    """Index of the bracket that closes the one at `at`, or -1. Quoted text is skipped, `->` closes nothing."""
    stack[0] = closers[text[at]]
    depth, here = 1, at + 1
    while here < end:
        sign = text[here]
        if sign == _QUOTE:
            here = _string_end(text, here, end) + 1
            continue
        if sign == stack[depth - 1]:
            if sign != _GREATER or text[here - 1] != _DASH:
                depth -= 1
        elif classes[sign] & _CLOSE != 0:
            depth = _unwound(stack, depth, sign)
        elif depth < _DEPTH - 1 and _opens(text, here, end, classes):
            stack[depth] = closers[sign]
            depth += 1
        if depth == 0:
            return here
        here += 1
    return -1


@part
def _prefixes(sign: int) -> bool:
    """Letters that Python and others set before a quote."""
    small = sign | 32
    return bool(small == 98 or small == 102 or small == 114 or small == 117)


@part
def _is_quote(text: "Text", at: int, begin: int, classes: "Text") -> bool:
    """Not the apostrophe of `don't`, but the quote of `b'text'`."""
    sign = text[at]
    if sign == _QUOTE or sign == _GRAVE:
        return True
    if sign != _TICK:
        return False
    if at == begin or classes[text[at - 1]] & _ALNUM == 0:
        return True
    return _prefixes(text[at - 1]) and (at == begin + 1 or classes[text[at - 2]] & _ALNUM == 0)


@part
def _quote_end(text: "Text", at: int, end: int, classes: "Text") -> int:
    """Index of the closing quote, or -1. A tick within a word closes nothing."""
    quote = text[at]
    here = at + 1
    while here < end:
        sign = text[here]
        if sign == _BACK:
            here += 2
            continue
        if sign == quote and (quote != _TICK or here + 1 >= end or classes[text[here + 1]] & _ALNUM == 0):
            return here
        here += 1
    return -1


@part
def _word_stops(text: "Text", here: int, start: int, end: int, classes: "Text") -> bool:
    sign = text[here]
    if classes[sign] & (_GAP | _CLOSE) != 0:
        return True
    if sign == _QUOTE:
        return here > start
    if sign == _TICK:
        return here == start + 1 and _prefixes(text[start])
    return _opens(text, here, end, classes)


@part
def _colon_ends(text: "Text", here: int, end: int, classes: "Text") -> bool:
    if here + 1 >= end:
        return True
    after = text[here + 1]
    return bool(classes[after] & (_GAP | _OPEN) != 0 or after == _QUOTE or after == _TICK)


@part
def _goes_on(text: "Text", here: int, end: int, classes: "Text") -> bool:
    """Whether more than a number stands there, as in `0_send`."""
    return bool(text[here] == _MARK and here + 1 < end and classes[text[here + 1]] & _ALNUM != 0)


@part
def _is_key(text: "Text", start: int, here: int, end: int, classes: "Text") -> bool:
    """Whether the colon before `here` ends a key: `fd:0`, `file:/path`, but not `http://`, nor what begins with a
    marker."""
    if here >= end or (text[here] != _MARK and text[here] != _SLASH):
        return False
    if text[here] == _SLASH and here + 1 < end and text[here + 1] == _SLASH:
        return False
    if _goes_on(text, here, end, classes):
        return False
    for place in range(start, here - 1):
        if text[place] == _MARK or text[place] == _SLASH:
            return False
    return here - 1 > start


@part
def _word_end(text: "Text", start: int, end: int, classes: "Text") -> int:
    here = start
    while here < end and not _word_stops(text, here, start, end, classes):
        sign = text[here]
        here += 1
        if sign == _EQUAL or (
            sign == _COLON and (_colon_ends(text, here - 1, end, classes) or _is_key(text, start, here, end, classes))
        ):
            break
    return here


@part
def _is_value(text: "Text", start: int, stop: int) -> bool:
    """A word with a marker, a path, an address, or a long run of hexadecimal letters."""
    if text[start] == _SLASH and stop - start > 1:
        return True
    hexadecimal = stop - start >= 8
    for here in range(start, stop):
        sign = text[here]
        if sign == _MARK:
            return True
        if sign == _COLON and here + 2 < stop and text[here + 1] == _SLASH and text[here + 2] == _SLASH:
            return True
        hexadecimal = hexadecimal and (97 <= sign <= 102 or 65 <= sign <= 70)
    return hexadecimal


@part
def _has_letter(text: "Text", start: int, stop: int, classes: "Text") -> bool:
    for here in range(start, stop):
        if classes[text[here]] & _ALNUM != 0:
            return True
    return False


@part
def _holds_value(text: "Text", start: int, stop: int) -> bool:
    for here in range(start, stop):
        sign = text[here]
        if sign == _MARK or sign == _EQUAL or sign == _QUOTE or sign == 44:
            return True
    return stop == start


@part
def _assigns(text: "Text", start: int, stop: int) -> bool:
    """`key=`, but not `==`, `!=`, `<=`, `>=`."""
    if text[stop - 1] != _EQUAL:
        return False
    if stop - start < 2:
        return True
    before = text[stop - 2]
    return bool(before != _BANG and before != _LESS and before != _GREATER and before != _EQUAL)


@part
def _unwrapped(text: "Text", begin: int, end: int, classes: "Text", closers: "Text", stack: "Text") -> bool:
    """Whether the message is quoted or bracketed as a whole, and so is read inside."""
    if end - begin < 3:
        return False
    if _is_quote(text, begin, begin, classes):
        return _quote_end(text, begin, end, classes) >= end - 2
    if end - begin > _SPAN and _opens(text, begin, end, classes):
        return _closing(text, begin, end, classes, closers, stack) >= end - 1
    return False


@part
def _names_a_field(text: "Text", begin: int, end: int, classes: "Text") -> bool:
    """Whether `key=` stands there."""
    here = begin
    while here < end and (classes[text[here]] & _ALNUM != 0 or text[here] == _DOT or text[here] == _DASH):
        here += 1
    return here > begin and here < end and text[here] == _EQUAL


@part
def _sentence_end(text: "Text", begin: int, end: int, classes: "Text") -> int:
    """Where the quote closes that a message with fields begins with, as in `"Pod started" pod="a" node="b"`; -1 in
    any other. What stands in it is the sentence."""
    if begin >= end or text[begin] != _QUOTE:
        return -1
    close = _quote_end(text, begin, end, classes)
    if close < 0 or close + 2 >= end or text[close + 1] != _SPACE:
        return -1
    return close if _names_a_field(text, close + 2, end, classes) else -1


@part
def _parts(text: "Text", at: int, close: int, classes: "Text") -> bool:
    """Whether what stands there belongs to no token: a blank, or the quote that closes the sentence."""
    return at == close or bool(classes[text[at]] & _GAP != 0)


@part
def _enclosed(
    text: "Text", at: int, begin: int, end: int, classes: "Text", closers: "Text", stack: "Text"
) -> tuple[int, int]:
    """End and kind of the quoted or bracketed token at `at`; (-1, 0) where there is none, (-2, 0) where none closes."""
    if _is_quote(text, at, begin, classes):
        close = _quote_end(text, at, end, classes)
        return (close + 1, VALUE) if close >= 0 else (-2, WORD)
    if not _opens(text, at, end, classes):
        return -1, WORD
    close = _closing(text, at, end, classes, closers, stack)
    if close < 0:
        return -2, WORD
    return close + 1, VALUE if _holds_value(text, at + 1, close) else ENCLOSED


@part
def _ends_with(text: "Text", start: int, stop: int, sign: int) -> bool:
    return bool(stop > start and text[stop - 1] == sign)


@part
def _stands_for_a_value(text: "Text", start: int, stop: int, assigned: bool) -> bool:
    """A sign alone that is a value: the root of all paths, and whatever stands right behind `key=`, as in `path=.`."""
    if stop - start == 1 and text[start] == _SLASH:
        return True
    return assigned and text[start - 1] == _EQUAL and text[stop - 1] != _EQUAL


@part
def _kind_of(text: "Text", start: int, stop: int, assigned: bool) -> int:
    return VALUE if assigned or _is_value(text, start, stop) else WORD


@part
def _takes_name(
    text: "Text", out: "Numbers", count: int, head: int, start: int, stop: int, kind: int, classes: "Text"
) -> bool:  # fmt: skip
    """Whether a value in brackets stands right behind a name, as in `Name(key=1)`: the name belongs to the value. In
    `name(1)` it is that of a function."""
    if kind != VALUE or count - head < 2 or out[count - 1, 2] != WORD or out[count - 1, 1] != start:
        return False
    if classes[text[start - 1]] & _ALNUM == 0:
        return False
    if text[start] != _ROUND:
        return True
    for here in range(start, stop):
        if text[here] == _EQUAL or text[here] == _QUOTE or text[here] == _TICK:
            return True
    return False


@part
def _is_clause(text: "Text", start: int, stop: int, classes: "Text") -> bool:
    """Whether a round bracket holds a part of the sentence, as in `table (3 blob files) started`: at least two words in
    small letters, and no sign that values have."""
    if text[start] != _ROUND:
        return False
    words, letters, small = 0, 0, True
    for here in range(start + 1, stop):
        sign = text[here]
        if here == stop - 1 or classes[sign] & _GAP != 0:
            words += small and letters > 1
            letters, small = 0, True
        elif (
            sign == _EQUAL or sign == _QUOTE or sign == _TICK or sign == _SLASH or classes[sign] & (_OPEN | _CLOSE) != 0
        ):
            return False
        else:
            letters += 1
            small = small and 97 <= sign <= 122
    return words >= 2


@part
def _calls(
    text: "Text", out: "Numbers", last: int, start: int, stop: int, end: int, classes: "Text"
) -> bool:  # fmt: skip
    """Whether the token `last`, which ends at the round bracket, names a function: `name()`, or `name(1):`."""
    if text[start] != _ROUND or out[last, 2] != WORD or out[last, 1] != start:
        return False
    for here in range(out[last, 0], start):
        if classes[text[here]] & _ALNUM == 0 and text[here] != _COLON:
            return False
    return stop - start == 2 or (stop < end and text[stop] == _COLON)


@part
def _named(
    text: "Text", out: "Numbers", count: int, head: int, start: int, stop: int, end: int, kind: int, classes: "Text"
) -> int:  # fmt: skip
    """Number of tokens when the name before the enclosed one was dealt with: taken into the value, or, where it is that
    of a function, made longer by the bracket."""
    if count == head:
        return count
    if _takes_name(text, out, count, head, start, stop, kind, classes):
        return count - 1
    if _calls(text, out, count - 1, start, stop, end, classes):
        out[count - 1, 1] = start + 1
    return count


@part
def _put(out: "Numbers", count: int, head: int, start: int, stop: int, kind: int, row: int) -> int:
    """Adds a token, or makes the value before it longer; gives the number of tokens."""
    if kind == VALUE and count > head and out[count - 1, 2] == VALUE:
        out[count - 1, 1] = stop
        return count
    out[count, 0], out[count, 1], out[count, 2], out[count, 3] = start, stop, kind, row
    return count + 1


@part
def _take_word(
    text: "Text", at: int, end: int, row: int, out: "Numbers", count: int, head: int, assigned: bool, named: bool,
    classes: "Text",
) -> tuple[int, int, bool, bool]:  # fmt: skip
    """Adds the word at `at`; gives where it ends, the number of tokens, whether `key=` and a label came last."""
    stop = _word_end(text, at, end, classes)
    if not _has_letter(text, at, stop, classes):
        if _stands_for_a_value(text, at, stop, assigned):
            count, assigned, named = _put(out, count, head, at, stop, VALUE, row), False, False
        assigned = assigned or _ends_with(text, at, stop, _EQUAL)
        return max(stop, at + 1), count, assigned, named or _ends_with(text, at, stop, _COLON)
    if assigned and text[at - 1] != _EQUAL and _assigns(text, at, stop):
        count, assigned = _put(out, count, head, at, at, VALUE, row), False
    kind = _kind_of(text, at, stop, assigned)
    count = _put(out, count, head, at, stop, kind, row)
    return stop, count, _assigns(text, at, stop), kind == WORD and _ends_with(text, at, stop, _COLON)


@part
def _take_enclosed(
    text: "Text", at: int, stop: int, end: int, kind: int, row: int, out: "Numbers", count: int, head: int,
    assigned: bool, named: bool, classes: "Text",
) -> tuple[int, int, bool, bool]:  # fmt: skip
    """The same for what is quoted or bracketed; where that is a part of the sentence, its words come next."""
    # At the end of a message a bracket is a remark, which may be another one each time.
    if not assigned and end - stop > _LEFT and _is_clause(text, at, stop, classes):
        return at + 1, count, assigned, named
    kind = ENCLOSED if kind == ENCLOSED and not assigned and count == head else VALUE
    count = _named(text, out, count, head, at, stop, end, kind, classes)
    return stop, _put(out, count, head, at, stop, kind, row), _assigns(text, at, stop), False


@part
def _was_cut(text: "Text", at: int, stop: int, inside: bool) -> bool:
    """Whether a value begins at `at`, behind other tokens, that nothing closes."""
    return stop == -2 and inside and text[at] != _LESS


@part
def _scan_row(
    text: "Text", begin: int, end: int, row: int, out: "Numbers", count: int, classes: "Text", closers: "Text",
    stack: "Text",
) -> int:  # fmt: skip
    """Tokens of one shape into `out` (start, end, kind, row); gives the new number of tokens."""
    at, head, assigned, failures, named = begin, count, False, 0, False
    if _unwrapped(text, begin, end, classes, closers, stack):
        at, end = begin + 1, end - 1
    close = _sentence_end(text, at, end, classes)
    at += close >= 0
    while at < end and count - head < MAX_TOKENS:
        if _parts(text, at, close, classes):
            at += 1
            continue
        stop, kind = -1, WORD
        if failures < _FAILURES:
            stop, kind = _enclosed(text, at, begin, end, classes, closers, stack)
            failures += stop == -2
        if _was_cut(text, at, stop, count > head):
            return _put(out, count, head, at, end, VALUE, row)
        if stop < 0:
            at, count, assigned, named = _take_word(text, at, end, row, out, count, head, assigned, named, classes)
        else:
            at, count, assigned, named = _take_enclosed(
                text, at, stop, end, kind, row, out, count, head, assigned, named, classes
            )
    if (assigned or named) and count - head < MAX_TOKENS:
        count = _put(out, count, head, end, end, VALUE, row)
    return count


@jit
def scan(
    text: "Text", starts: "Numbers", leads: "Numbers", ends: "Numbers", out: "Numbers", classes: "Text",
    closers: "Text", stack: "Text",
) -> int:  # fmt: skip
    """Tokens of all rows into `out`; gives their number. A row begins with a token of its own where a lead ends later.

    `out` has four columns (start, end, kind, row) and room for two thirds of the text and three a row.
    """
    count = 0
    for row in range(len(starts)):
        begin = starts[row]
        if leads[row] > begin:
            out[count, 0], out[count, 1], out[count, 2], out[count, 3] = begin, leads[row], HEAD, row
            count += 1
            begin = leads[row] + 1
        count = _scan_row(text, begin, ends[row], row, out, count, classes, closers, stack)
    return count
