# ruff: noqa: PLR1714, SIM109, SIM110 - kernels: compiled, a tuple or a generator would be made for each byte
"""The markers of values that are statuses of failures, as kernels; `statuses` says what those are and finds the same
(see `jit`).
"""

from typing import TYPE_CHECKING

from sevline.core.mining.frames import packed
from sevline.core.mining.jit import part
from sevline.core.mining.statuses import METHODS, REASONS

if TYPE_CHECKING:
    from sevline.core.mining.frames import Text

_ANY, _CLIENT, _SERVER = 48, 52, 53
_SPACE, _QUOTE, _TICK, _ROUND, _DASH, _DOT = 32, 34, 39, 40, 45, 46
_SLASH, _COLON, _EQUAL, _SQUARE, _LOW = 47, 58, 61, 91, 95
_LETTER, _DIGIT = 1, 2
_SMALL = 0x202020202020
_HTTP, _STATUS, _CODE = (int.from_bytes(word, "big") for word in (b"HTTP", b"status", b"code"))
_METHOD_NUMBERS = tuple(int.from_bytes(word, "big") for word in METHODS)
_REASON_NUMBERS = tuple(int.from_bytes(word, "big") for word in REASONS)
"""Words as `packed` gives them."""


@part
def marker_at(text: "Text", begin: int, at: int, end: int, signs: "Text") -> int:
    """The marker of a value of three bytes at `at`, in a message that stands in [begin, end)."""
    first = text[at]
    if (first != _CLIENT and first != _SERVER) or not (_is_digit(text[at + 1]) and _is_digit(text[at + 2])):
        return _ANY
    if (
        _behind_protocol(text, begin, at)
        or _behind_status(text, begin, at, signs)
        or _behind_request(text, begin, at, signs)
        or _before_words(text, begin, at, end, signs)
    ):
        return int(first)
    return _ANY


@part
def _over(text: "Text", begin: int, here: int, one: int, other: int) -> int:
    """The place before `here` where one of two signs stands there, else `here`."""
    if here >= begin and (text[here] == one or text[here] == other):
        return here - 1
    return here


@part
def _behind_protocol(text: "Text", begin: int, at: int) -> bool:
    here = at - 1
    if here < begin or text[here] != _SPACE:
        return False
    here = _before_version(text, begin, _over(text, begin, here - 1, _QUOTE, _QUOTE))
    return here - 3 >= begin and packed(text, here - 3, 4) == _HTTP


@part
def _before_version(text: "Text", begin: int, here: int) -> int:
    """The place before `/1.1` or `/2`, which ends at `here`; `here` where no digit stands there, -1 where no slash."""
    if here - 1 < begin or not _is_digit(text[here]):
        return here
    here -= 1
    if here - 1 >= begin and text[here] == _DOT and _is_digit(text[here - 1]):
        here -= 2
    if here < begin or text[here] != _SLASH:
        return -1
    return here - 1


@part
def _is_digit(sign: int) -> bool:
    return 48 <= sign <= 57


@part
def _behind_status(text: "Text", begin: int, at: int, signs: "Text") -> bool:
    here = _over(text, begin, at - 1, _QUOTE, _TICK)
    here = _over(text, begin, here, _SPACE, _SPACE)
    here = _over(text, begin, here, _COLON, _EQUAL)
    here = _over(text, begin, here, _SPACE, _SPACE)
    here = _over(text, begin, here, _QUOTE, _TICK)
    if here - 3 >= begin and packed(text, here - 3, 4) | (_SMALL >> 16) == _CODE:
        here = _before_code(text, begin, here - 4)
    if here - 5 < begin or packed(text, here - 5, 6) | _SMALL != _STATUS:
        return False
    here -= 6
    while here >= begin and signs[text[here]] & _LETTER != 0:
        here -= 1
    return here < begin or signs[text[here]] & _DIGIT == 0


@part
def _before_code(text: "Text", begin: int, here: int) -> int:
    """Over the one sign that may part the words of `status code`."""
    before = _over(text, begin, here, _SPACE, _LOW)
    return before if before < here else _over(text, begin, here, _DASH, _DASH)


@part
def _behind_request(text: "Text", begin: int, at: int, signs: "Text") -> bool:
    here = at - 1
    if here < begin or text[here] != _SPACE:
        return False
    here -= 1
    slash = False
    while here >= begin and text[here] != _SPACE:
        slash = slash or text[here] == _SLASH
        here -= 1
    if not slash or here < begin:
        return False
    first = here
    while first > begin and signs[text[first - 1]] & (_LETTER | _DIGIT) != 0:
        first -= 1
    return _is_method(text, first, here)


@part
def _is_method(text: "Text", begin: int, end: int) -> bool:
    size = end - begin
    if size < 3 or size > 7:
        return False
    word = packed(text, begin, size)
    for known in _METHOD_NUMBERS:
        if word == known:
            return True
    return False


@part
def _before_words(text: "Text", begin: int, at: int, end: int, signs: "Text") -> bool:
    here = at + 3
    if (at > begin and not _opens(text[at - 1])) or here + 4 > end or text[here] != _SPACE:
        return False
    here += 1
    stop = here
    while stop < end and stop < here + 8 and signs[text[stop]] & (_LETTER | _DIGIT) != 0:
        stop += 1
    if stop < end and text[stop] == _SPACE and _is_method(text, here, stop):
        return True
    return here + 7 <= end and _is_reason(packed(text, here, 7))


@part
def _opens(sign: int) -> bool:
    quoted = sign == _QUOTE or sign == _TICK
    return bool(quoted or sign == _SPACE or sign == _ROUND or sign == _SQUARE or sign == _EQUAL)


@part
def _is_reason(word: int) -> bool:
    for known in _REASON_NUMBERS:
        if word == known:
            return True
    return False
