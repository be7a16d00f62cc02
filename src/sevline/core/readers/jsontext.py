"""JSON from strangers: decoded with a bound on depth, and what is whole in a file that was cut."""

from io import BytesIO
from typing import Any

MAX_DEPTH = 500


class BadJsonError(ValueError):
    """The text is not JSON that can be read; the message is a sentence."""


def decode(data: bytes) -> Any:
    """Raises BadJsonError with a sentence for bad syntax, for nesting deeper than MAX_DEPTH and for absurd numbers."""
    import msgspec

    text = data.removeprefix(b"\xef\xbb\xbf")
    if depth_of(text) > MAX_DEPTH:
        raise BadJsonError(f"The JSON is nested deeper than {MAX_DEPTH} levels and was not read.")
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as problem:
        raise BadJsonError(f"The JSON cannot be read: {str(problem)[:160]}.") from None


def depth_of(data: bytes) -> int:
    """The deepest nesting of braces and brackets outside strings; one pass over the structural characters only."""
    depth = deepest = 0
    for piece in _outside_strings(data):
        if b"[" not in piece and b"{" not in piece:
            depth -= piece.count(b"]") + piece.count(b"}")
            continue
        for byte in piece:
            if byte in b"[{":
                depth += 1
                deepest = max(deepest, depth)
            elif byte in b"]}":
                depth -= 1
        if deepest > MAX_DEPTH:
            return deepest
    return deepest


def _outside_strings(data: bytes) -> list[bytes]:
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    return data.split(b'"')[::2]


def whole_items(data: bytes, path: str) -> list[Any]:
    """The whole members of one list of a damaged file, up to the first that is not whole."""
    import ijson

    found: list[Any] = []
    if depth_of(data) > MAX_DEPTH:
        return found
    try:
        for item in ijson.items(BytesIO(data.removeprefix(b"\xef\xbb\xbf")), path, use_float=True):
            found.append(item)  # noqa: PERF402 - what was read before the damage has to survive the exception
    except (ijson.JSONError, ValueError, RecursionError):
        return found
    return found


def escaped(token: str) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")
