# ruff: noqa: PLR1714, SIM109 - kernels: compiled, a tuple would be made for each byte
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
_GET, _PUT, _POST, _HEAD, _PATCH, _DELETE, _OPTIONS = (int.from_bytes(word, "big") for word in METHODS)
_R0, _R1, _R2, _R3, _R4, _R5, _R6, _R7, _R8, _R9, _R10, _R11, _R12, _R13 = (
    int.from_bytes(word, "big") for word in REASONS
)


@part
def marker_at(text: "Text", begin: int, at: int, end: int, signs: "Text") -> int:
    """The marker of a value of three bytes at `at`, in a message that stands in [begin, end)."""
    first = text[at]
    if (first != _CLIENT and first != _SERVER) or not (48 <= text[at + 1] <= 57 and 48 <= text[at + 2] <= 57):
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
def _behind_protocol(text: "Text", begin: int, at: int) -> bool:
    here = at - 1
    if here < begin or text[here] != _SPACE:
        return False
    here -= 1
    if here >= begin and text[here] == _QUOTE:
        here -= 1
    if here - 1 >= begin and 48 <= text[here] <= 57:
        here -= 1
        if here - 1 >= begin and text[here] == _DOT and 48 <= text[here - 1] <= 57:
            here -= 2
        if here < begin or text[here] != _SLASH:
            return False
        here -= 1
    return here - 3 >= begin and packed(text, here - 3, 4) == _HTTP


@part
def _behind_status(text: "Text", begin: int, at: int, signs: "Text") -> bool:
    here = at - 1
    if here >= begin and (text[here] == _QUOTE or text[here] == _TICK):
        here -= 1
    if here >= begin and text[here] == _SPACE:
        here -= 1
    if here >= begin and (text[here] == _COLON or text[here] == _EQUAL):
        here -= 1
    if here >= begin and text[here] == _SPACE:
        here -= 1
    if here >= begin and (text[here] == _QUOTE or text[here] == _TICK):
        here -= 1
    if here - 3 >= begin and packed(text, here - 3, 4) | (_SMALL >> 16) == _CODE:
        here -= 4
        if here >= begin and (text[here] == _SPACE or text[here] == _LOW or text[here] == _DASH):
            here -= 1
    if here - 5 < begin or packed(text, here - 5, 6) | _SMALL != _STATUS:
        return False
    here -= 6
    while here >= begin and signs[text[here]] & _LETTER != 0:
        here -= 1
    return here < begin or signs[text[here]] & _DIGIT == 0


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
    return bool(
        word == _GET or word == _PUT or word == _POST or word == _HEAD or word == _PATCH or word == _DELETE
        or word == _OPTIONS
    )  # fmt: skip


@part
def _before_words(text: "Text", begin: int, at: int, end: int, signs: "Text") -> bool:
    if at > begin:
        sign = text[at - 1]
        if not (
            sign == _SPACE or sign == _QUOTE or sign == _TICK or sign == _ROUND or sign == _SQUARE or sign == _EQUAL
        ):
            return False
    here = at + 3
    if here + 4 > end or text[here] != _SPACE:
        return False
    here += 1
    stop = here
    while stop < end and stop < here + 8 and signs[text[stop]] & (_LETTER | _DIGIT) != 0:
        stop += 1
    if stop < end and text[stop] == _SPACE and _is_method(text, here, stop):
        return True
    return here + 7 <= end and _is_reason(packed(text, here, 7))


@part
def _is_reason(word: int) -> bool:
    return bool(
        word == _R0 or word == _R1 or word == _R2 or word == _R3 or word == _R4 or word == _R5 or word == _R6
        or word == _R7 or word == _R8 or word == _R9 or word == _R10 or word == _R11 or word == _R12 or word == _R13
    )  # fmt: skip
