"""JSON from strangers: decoded with a bound on depth, and what is whole in a file that was cut."""

import re
from io import BytesIO
from typing import Any

from sevline.core.surrogates import whole_pairs

MAX_DEPTH = 500
#: Bytes of a document whose nesting is counted at a time.
PIECE = 4_000_000


class BadJsonError(ValueError):
    """The text is not JSON that can be read; the message is a sentence."""


def decode(data: bytes) -> Any:
    """Raises BadJsonError with a sentence for bad syntax, for nesting deeper than MAX_DEPTH and for absurd numbers.

    Half of a surrogate pair, as JavaScript writes a text that was cut in the middle of a character, becomes U+FFFD.
    """
    import msgspec

    text = data.removeprefix(b"\xef\xbb\xbf")
    deep = f"The JSON is nested deeper than {MAX_DEPTH} levels and was not read."
    try:
        document = _decoded(text)
    except RecursionError:
        raise BadJsonError(deep) from None
    except (msgspec.DecodeError, ValueError) as problem:
        reason = deep if too_deep(text) else f"The JSON cannot be read: {str(problem)[:160]}."
        raise BadJsonError(reason) from None
    if _may_be_deep(text) and _levels(document) > MAX_DEPTH:
        raise BadJsonError(deep)
    return document


def _decoded(text: bytes) -> Any:
    import msgspec

    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        if (mended := whole_pairs(text)) is None:
            raise
        return msgspec.json.decode(mended)


def _may_be_deep(data: bytes) -> bool:
    return data.count(b"[") + data.count(b"{") > MAX_DEPTH


def _levels(document: Any) -> int:
    """How deep lists and objects lie in one another, by one level after the other."""
    within = [document] if isinstance(document, dict | list) else []
    depth = 0
    while within and depth <= MAX_DEPTH:
        depth += 1
        within = [
            inner
            for outer in within
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
    return depth


def too_deep(data: bytes) -> bool:
    """Whether braces and brackets outside strings nest deeper than MAX_DEPTH; in pieces, so that no copy is made."""
    if not _may_be_deep(data):
        return False
    depth, inside, begin = 0, False, 0
    while begin < len(data):
        end = _after_escape(data, begin + PIECE)
        parts = data[begin:end].replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        deepest, depth = _deepest(b"".join(parts[inside::2]), depth)
        if deepest > MAX_DEPTH:
            return True
        inside ^= len(parts) % 2 == 0
        begin = end
    return False


def _after_escape(data: bytes, end: int) -> int:
    """The first place from `end` on that stands inside no escape."""
    if data[end - 1 : end] != b"\\":
        return end
    while data[end : end + 1] == b"\\":
        end += 1
    return end + 1


def _deepest(outside: bytes, depth: int) -> tuple[int, int]:
    """The deepest nesting in characters outside strings that begin `depth` deep, and the one at their end."""
    import numpy as np

    if not outside:
        return depth, depth
    marks = np.frombuffer(outside, np.uint8)
    steps = ((marks == ord("[")) | (marks == ord("{"))).astype(np.int8)
    steps -= (marks == ord("]")) | (marks == ord("}"))
    depths = np.cumsum(steps, dtype=np.int32)
    return depth + int(depths.max()), depth + int(depths[-1])


def whole_items(data: bytes, path: str) -> list[Any]:
    """The whole members of one list of a damaged file, up to the first that is not whole."""
    import ijson

    found: list[Any] = []
    if too_deep(data):
        return found
    try:
        for item in ijson.items(BytesIO(data.removeprefix(b"\xef\xbb\xbf")), path, use_float=True):
            found.append(item)  # noqa: PERF402 - what was read before the damage has to survive the exception
    except (ijson.JSONError, ValueError, RecursionError):
        return found
    return found


#: A document larger than this is not mended.
LARGEST_MENDED = 128 * 1024 * 1024
_LEXEME = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},"]', re.DOTALL)
_CLOSES = {b"[": b"]", b"{": b"}"}


def mended(data: bytes) -> bytes | None:
    """A document that ends too early, closed behind its last whole value; None where it is not cut, but wrong."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if len(data) > LARGEST_MENDED:
        return None
    place, opened = _last_whole(data)
    if not opened:
        return None
    closed = data[:place] + b"".join(_CLOSES[mark] for mark in reversed(opened))
    try:
        decode(closed)
    except BadJsonError:
        return None
    return closed


def _last_whole(data: bytes) -> tuple[int, list[bytes]]:
    """Where the last whole value ends, and what is open there; nothing open where the text is whole, or wrong."""
    stack: list[bytes] = []
    place, depth = 0, 0
    for found in _LEXEME.finditer(data):
        mark = found.group()
        if mark in _CLOSES:
            stack.append(mark)
        elif mark in {b"]", b"}"}:
            if not stack or _CLOSES[stack.pop()] != mark:
                return 0, []
            place, depth = found.end(), len(stack)
        elif mark == b",":
            place, depth = found.start(), len(stack)
    return place, stack[:depth]


def escaped(token: str) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")
