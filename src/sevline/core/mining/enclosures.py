# ruff: noqa: PLR1714, SIM109 - kernels: compiled, a tuple would be made for each byte
"""Quotes and brackets in a message: where they open and close, and whether they hold a field."""

from typing import TYPE_CHECKING

from sevline.core.mining.jit import part
from sevline.core.mining.signclasses import (
    ALNUM,
    BACK,
    CLOSE,
    COLON,
    DASH,
    DOT,
    EQUAL,
    GAP,
    GRAVE,
    GREATER,
    LESS,
    MARK,
    OPEN,
    QUOTE,
    SLASH,
    SQUARE,
    TICK,
)

if TYPE_CHECKING:
    from sevline.core.mining.signclasses import Text

_DEPTH = 32
_QUOTED = 64
"""Single quotes that close within so many bytes may hold brackets of their own; not further, for any apostrophe begins
one."""


@part
def opens(text: "Text", at: int, end: int, classes: "Text") -> bool:
    """`<` opens only before a letter, a quote or a slash: not in `a < b`."""
    if classes[text[at]] & OPEN == 0:
        return False
    if text[at] != LESS:
        return True
    if at + 1 >= end:
        return False
    after = text[at + 1]
    return bool(classes[after] & ALNUM != 0 or after == TICK or after == SLASH)


@part
def _string_end(text: "Text", at: int, end: int) -> int:
    """Where the double-quoted text that begins at `at` ends; `at` itself where nothing closes it."""
    close = at + 1
    while close < end and text[close] != QUOTE:
        close += 2 if text[close] == BACK else 1
    return close if close < end else at


@part
def _unwound(stack: "Text", depth: int, closer: int) -> int:
    """Depth after a closer that is not the innermost one: back to its opener, or unchanged without one."""
    level = depth - 1
    while level >= 0 and stack[level] != closer:
        level -= 1
    return depth if level < 0 else level


@part
def closing(text: "Text", at: int, end: int, classes: "Text", closers: "Text", stack: "Text") -> int:
    """Index of the bracket that closes the one at `at`, or -1. Quoted text is skipped, `->` closes nothing."""
    stack[0] = closers[text[at]]
    depth, here = 1, at + 1
    while here < end:
        sign = text[here]
        if sign == QUOTE:
            here = _string_end(text, here, end) + 1
            continue
        if sign == TICK and classes[text[here - 1]] & ALNUM == 0:
            here = max(quote_end(text, here, min(end, here + _QUOTED), classes), here) + 1
            continue
        if sign == stack[depth - 1]:
            if sign != GREATER or text[here - 1] != DASH:
                depth -= 1
        elif classes[sign] & CLOSE != 0:
            depth = _unwound(stack, depth, sign)
        elif depth < _DEPTH - 1 and opens(text, here, end, classes):
            stack[depth] = closers[sign]
            depth += 1
        if depth == 0:
            return here
        here += 1
    return -1


@part
def prefixes(sign: int) -> bool:
    """Letters that Python and others set before a quote."""
    small = sign | 32
    return bool(small == 98 or small == 102 or small == 114 or small == 117)


@part
def is_quote(text: "Text", at: int, begin: int, classes: "Text") -> bool:
    """Not the apostrophe of `don't`, but the quote of `b'text'`."""
    sign = text[at]
    if sign == QUOTE or sign == GRAVE:
        return True
    if sign != TICK:
        return False
    if at == begin or classes[text[at - 1]] & ALNUM == 0:
        return True
    return prefixes(text[at - 1]) and (at == begin + 1 or classes[text[at - 2]] & ALNUM == 0)


@part
def quote_end(text: "Text", at: int, end: int, classes: "Text") -> int:
    """Index of the closing quote, or -1. A tick within a word closes nothing."""
    quote = text[at]
    here = at + 1
    while here < end:
        sign = text[here]
        if sign == BACK:
            here += 2
            continue
        if sign == quote and (quote != TICK or here + 1 >= end or classes[text[here + 1]] & ALNUM == 0):
            return here
        here += 1
    return -1


@part
def names_a_field(text: "Text", begin: int, end: int, classes: "Text") -> bool:
    """Whether `key=` stands there."""
    here = begin
    while here < end and (classes[text[here]] & ALNUM != 0 or text[here] == DOT or text[here] == DASH):
        here += 1
    return here > begin and here < end and text[here] == EQUAL


@part
def _name_end(text: "Text", begin: int, end: int, classes: "Text") -> int:
    """Where the name of letters, dots and dashes ends that begins there."""
    here = begin
    while here < end and text[here] != MARK:
        if classes[text[here]] & ALNUM == 0 and text[here] != DOT and text[here] != DASH:
            break
        here += 1
    return here


@part
def _is_plain_value(text: "Text", begin: int, end: int, classes: "Text") -> bool:
    """Whether a marker stands there, and no blank."""
    found = False
    for here in range(begin, end):
        if classes[text[here]] & GAP != 0:
            return False
        found = found or text[here] == MARK
    return found


@part
def field_key(text: "Text", at: int, close: int, first: bool, classes: "Text") -> int:
    """Where the key ends of the one field that the square bracket at `at` holds, as in `[path=/a]`; -1 where it holds
    none. At the beginning of a message it may be a name with a value, as in `[CLIENT:0]`."""
    if text[at] != SQUARE or (not first and classes[text[at - 1]] & ALNUM != 0):
        return -1
    end = _name_end(text, at + 1, close, classes)
    if end == at + 1 or end >= close:
        return -1
    named = first and text[end] == COLON and end - at > 2 and _is_plain_value(text, end + 1, close, classes)
    return end + 1 if named or text[end] == EQUAL else -1


@part
def holds_a_name(text: "Text", begin: int, end: int, classes: "Text") -> bool:
    """Whether something is assigned or quoted there, or a bracket stands right behind a name, as values that a program
    prints have it."""
    for here in range(begin, end):
        sign = text[here]
        if sign == EQUAL or sign == QUOTE or sign == TICK:
            return True
        if classes[sign] & OPEN != 0 and classes[text[here - 1]] & ALNUM != 0:
            return True
    return False
