# ruff: noqa: PLR1714, SIM109, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""Shapes into tokens, for any number of shapes in one pass: what the syntax says is a value is VALUE, the rest are
words.

Values are: quoted and bracketed text, what follows `key=`, paths, addresses, markers, and a unit or the name of a month
beside a marker. Neighbouring values are one, so that lists collapse. The functions are kernels (see `jit`): bytes are
numbers, and nothing is made on the way.
"""

from typing import TYPE_CHECKING

from sevline.core.mining.enclosures import (
    closing,
    field_key,
    holds_a_name,
    is_quote,
    names_a_field,
    opens,
    prefixes,
    quote_end,
)
from sevline.core.mining.jit import jit, part
from sevline.core.mining.signclasses import (
    ALNUM,
    BANG,
    CLOSE,
    COLON,
    DOT,
    EQUAL,
    GAP,
    GREATER,
    LESS,
    LETTER,
    MARK,
    OPEN,
    QUOTE,
    ROUND,
    SLASH,
    SPACE,
    TICK,
    TILDE,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sevline.core.mining.signclasses import Text

    Numbers = NDArray[np.int64]

WORD, VALUE, ENCLOSED, HEAD = 0, 1, 2, 3
MAX_TOKENS = 64

_FAILURES = 8
#: Bytes of a sentence behind a bracket that go on with it: more than a full stop or a unit.
_LEFT = 3
_SPAN = 40
"""A bracket around the whole message is read inside if it is longer than this."""


@part
def _word_stops(text: "Text", here: int, start: int, end: int, classes: "Text") -> bool:
    sign = text[here]
    if classes[sign] & (GAP | CLOSE) != 0:
        return True
    if sign == QUOTE:
        return here > start
    if sign == TICK:
        return here == start + 1 and prefixes(text[start])
    return opens(text, here, end, classes)


@part
def _colon_ends(text: "Text", here: int, end: int, classes: "Text") -> bool:
    if here + 1 >= end:
        return True
    after = text[here + 1]
    return bool(classes[after] & (GAP | OPEN) != 0 or after == QUOTE or after == TICK)


@part
def _goes_on(text: "Text", here: int, end: int, classes: "Text") -> bool:
    """Whether more than a number stands there, as in `0_send`."""
    return bool(text[here] == MARK and here + 1 < end and classes[text[here + 1]] & ALNUM != 0)


@part
def _is_key(text: "Text", start: int, here: int, end: int, classes: "Text") -> bool:
    """Whether the colon before `here` ends a key: `fd:0`, `file:/path`, but not `http://`, nor what begins with a
    marker."""
    if here >= end or (text[here] != MARK and text[here] != SLASH):
        return False
    if text[here] == SLASH and here + 1 < end and text[here + 1] == SLASH:
        return False
    if _goes_on(text, here, end, classes):
        return False
    for place in range(start, here - 1):
        if text[place] == MARK or text[place] == SLASH:
            return False
    return here - 1 > start


@part
def _word_end(text: "Text", start: int, end: int, classes: "Text") -> int:
    here = start
    while here < end and not _word_stops(text, here, start, end, classes):
        sign = text[here]
        here += 1
        if sign == EQUAL or (
            sign == COLON and (_colon_ends(text, here - 1, end, classes) or _is_key(text, start, here, end, classes))
        ):
            break
    return here


@part
def _is_path(text: "Text", start: int, stop: int, classes: "Text") -> bool:
    """`/a`, `./a`, `../a`, `~/a`, and names such as `.profile`, but no dots before a word."""
    if stop - start < 2:
        return False
    at = start
    if text[at] == DOT and text[at + 1] == DOT and stop - start > 2:
        at += 1
    elif text[at] == DOT and classes[text[at + 1]] & LETTER != 0:
        return True
    if at + 1 < stop and (text[at] == DOT or text[at] == TILDE):
        at += 1
    return bool(text[at] == SLASH)


@part
def _is_value(text: "Text", start: int, stop: int, classes: "Text") -> bool:
    """A word with a marker, a path, an address, or a long run of hexadecimal letters."""
    if _is_path(text, start, stop, classes):
        return True
    hexadecimal = stop - start >= 8
    for here in range(start, stop):
        sign = text[here]
        if sign == MARK:
            return True
        if sign == COLON and here + 2 < stop and text[here + 1] == SLASH and text[here + 2] == SLASH:
            return True
        hexadecimal = hexadecimal and (97 <= sign <= 102 or 65 <= sign <= 70)
    return hexadecimal


@part
def _has_letter(text: "Text", start: int, stop: int, classes: "Text") -> bool:
    for here in range(start, stop):
        if classes[text[here]] & ALNUM != 0:
            return True
    return False


@part
def _holds_value(text: "Text", start: int, stop: int) -> bool:
    for here in range(start, stop):
        sign = text[here]
        if sign == MARK or sign == EQUAL or sign == QUOTE or sign == 44:
            return True
    return stop == start


@part
def _assigns(text: "Text", start: int, stop: int) -> bool:
    """`key=`, but not `==`, `!=`, `<=`, `>=`."""
    if text[stop - 1] != EQUAL:
        return False
    if stop - start < 2:
        return True
    before = text[stop - 2]
    return bool(before != BANG and before != LESS and before != GREATER and before != EQUAL)


@part
def _unwrapped(text: "Text", begin: int, end: int, classes: "Text", closers: "Text", stack: "Text") -> bool:
    """Whether the message is quoted or bracketed as a whole, and so is read inside."""
    if end - begin < 3:
        return False
    if is_quote(text, begin, begin, classes):
        return quote_end(text, begin, end, classes) >= end - 2
    if end - begin > _SPAN and opens(text, begin, end, classes):
        return closing(text, begin, end, classes, closers, stack) >= end - 1
    return False


@part
def _sentence_end(text: "Text", begin: int, end: int, classes: "Text") -> int:
    """Where the quote closes that a message with fields begins with, as in `"Pod started" pod="a" node="b"`; -1 in
    any other. What stands in it is the sentence."""
    if begin >= end or text[begin] != QUOTE:
        return -1
    close = quote_end(text, begin, end, classes)
    if close < 0 or close + 2 >= end or text[close + 1] != SPACE:
        return -1
    return close if names_a_field(text, close + 2, end, classes) else -1


@part
def _parts(text: "Text", at: int, close: int, classes: "Text") -> bool:
    """Whether what stands there belongs to no token: a blank, or the quote that closes the sentence."""
    return at == close or bool(classes[text[at]] & GAP != 0)


@part
def _enclosed(
    text: "Text", at: int, begin: int, end: int, classes: "Text", closers: "Text", stack: "Text"
) -> tuple[int, int]:
    """End and kind of the quoted or bracketed token at `at`; (-1, 0) where there is none, (-2, 0) where none closes."""
    if is_quote(text, at, begin, classes):
        close = quote_end(text, at, end, classes)
        return (close + 1, VALUE) if close >= 0 else (-2, WORD)
    if not opens(text, at, end, classes):
        return -1, WORD
    close = closing(text, at, end, classes, closers, stack)
    if close < 0:
        return -2, WORD
    return close + 1, VALUE if _holds_value(text, at + 1, close) else ENCLOSED


@part
def _ends_with(text: "Text", start: int, stop: int, sign: int) -> bool:
    return bool(stop > start and text[stop - 1] == sign)


@part
def _stands_for_a_value(text: "Text", start: int, stop: int, assigned: bool) -> bool:
    """A sign alone that is a value: the root of all paths, and whatever stands right behind `key=`, as in `path=.`."""
    if stop - start == 1 and text[start] == SLASH:
        return True
    return assigned and text[start - 1] == EQUAL and text[stop - 1] != EQUAL


@part
def _kind_of(text: "Text", start: int, stop: int, assigned: bool, classes: "Text") -> int:
    return VALUE if assigned or _is_value(text, start, stop, classes) else WORD


@part
def _takes_name(
    text: "Text", out: "Numbers", count: int, head: int, start: int, stop: int, kind: int, classes: "Text"
) -> bool:  # fmt: skip
    """Whether a value in brackets stands right behind a name, as in `Name(key=1)`: the name belongs to the value. In
    `name(1)` it is that of a function, unless another name with brackets stands inside, as in `Name(Kind(a))`."""
    if kind != VALUE or count - head < 2 or out[count - 1, 2] != WORD or out[count - 1, 1] != start:
        return False
    if classes[text[start - 1]] & ALNUM == 0:
        return False
    if text[start] != ROUND:
        return True
    return holds_a_name(text, start + 1, stop, classes)


@part
def _is_clause(text: "Text", start: int, stop: int, classes: "Text") -> bool:
    """Whether a round bracket holds a part of the sentence, as in `table (3 blob files) started`: at least two words in
    small letters, and no sign that values have."""
    if text[start] != ROUND:
        return False
    words, letters, small = 0, 0, True
    for here in range(start + 1, stop):
        sign = text[here]
        if here == stop - 1 or classes[sign] & GAP != 0:
            words += small and letters > 1
            letters, small = 0, True
        elif sign == EQUAL or sign == QUOTE or sign == TICK or sign == SLASH or classes[sign] & (OPEN | CLOSE) != 0:
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
    if text[start] != ROUND or out[last, 2] != WORD or out[last, 1] != start:
        return False
    for here in range(out[last, 0], start):
        if classes[text[here]] & ALNUM == 0 and text[here] != COLON:
            return False
    return stop - start == 2 or (stop < end and text[stop] == COLON)


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
        assigned = assigned or _ends_with(text, at, stop, EQUAL)
        return max(stop, at + 1), count, assigned, named or _ends_with(text, at, stop, COLON)
    if assigned and text[at - 1] != EQUAL and _assigns(text, at, stop):
        count, assigned = _put(out, count, head, at, at, VALUE, row), False
    kind = _kind_of(text, at, stop, assigned, classes)
    count = _put(out, count, head, at, stop, kind, row)
    return stop, count, _assigns(text, at, stop), kind == WORD and _ends_with(text, at, stop, COLON)


@part
def _take_enclosed(
    text: "Text", at: int, stop: int, end: int, kind: int, row: int, out: "Numbers", count: int, head: int,
    assigned: bool, named: bool, classes: "Text",
) -> tuple[int, int, bool, bool]:  # fmt: skip
    """The same for what is quoted or bracketed; where that is a part of the sentence, its words come next."""
    # At the end of a message a bracket is a remark, which may be another one each time.
    if not assigned and end - stop > _LEFT and _is_clause(text, at, stop, classes):
        return at + 1, count, assigned, named
    key = -1 if assigned else field_key(text, at, stop - 1, count == head, classes)
    if key >= 0:
        count = _put(out, count, head, at + 1, key, WORD, row)
        return stop, _put(out, count, head, key, stop, VALUE, row), False, False
    kind = ENCLOSED if kind == ENCLOSED and not assigned and count == head else VALUE
    count = _named(text, out, count, head, at, stop, end, kind, classes)
    return stop, _put(out, count, head, at, stop, kind, row), _assigns(text, at, stop), False


@part
def _was_cut(text: "Text", at: int, stop: int, inside: bool) -> bool:
    """Whether a value begins at `at`, behind other tokens, that nothing closes."""
    return stop == -2 and inside and text[at] != LESS


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
            count -= _takes_name(text, out, count, head, at, end, VALUE, classes)
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
