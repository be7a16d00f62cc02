"""Large text in pieces that end with a line, never inside a block such as a private key."""

from collections.abc import Iterator
from typing import Protocol

CHUNK = 8 * 1024 * 1024
#: Of a stream, however many processes redact it, so that each finds in a piece what another would.
PIECE = 6 * 1024 * 1024
LONGEST_LINE = 32 * 1024 * 1024
LONGEST_BLOCK = 64 * 1024


def text_chunks(text: str, size: int = CHUNK) -> Iterator[str]:
    """Pieces of about `size` characters; joined they are the text."""
    start = 0
    while start < len(text):
        end = start + size
        if end >= len(text):
            yield text[start:]
            return
        end = text.find("\n", end) + 1 or len(text)
        end = _outside_block(text, start, end)
        yield text[start:end]
        start = end


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


def byte_chunks(source: Source, newline: bytes, size: int = CHUNK) -> Iterator[bytes]:
    """Pieces of a stream that end after `newline`; a line longer than 32 MB is cut at a blank, or anywhere."""
    held = b""
    while block := source.read(size):
        held += block
        cut = _cut(held, newline)
        if cut:
            yield held[:cut]
            held = held[cut:]
    if held:
        yield held


def _cut(held: bytes, newline: bytes) -> int:
    """Where to end the piece; 0 asks for more bytes."""
    width = len(newline)
    cut = _after_last(held, newline)
    if cut:
        begin = held.rfind(b"-----BEGIN", max(0, cut - LONGEST_BLOCK), cut)
        if width == 1 and begin > 0 and held.find(b"-----END", begin, cut) < 0:
            return begin
        return cut
    if len(held) < LONGEST_LINE:
        return 0
    return _after_last(held, b" ".ljust(width, b"\0")) or len(held) // 4 * 4


def _after_last(held: bytes, mark: bytes) -> int:
    """The end of the last `mark` that stands on a whole code unit, or 0."""
    width, end = len(mark), len(held)
    while (found := held.rfind(mark, 0, end)) >= 0:
        if found % width == 0:
            return found + width
        end = found + width - 1
    return 0


def _outside_block(text: str, start: int, end: int) -> int:
    begin = text.rfind("-----BEGIN", max(start, end - LONGEST_BLOCK), end)
    if begin <= start or text.find("-----END", begin, end) >= 0:
        return end
    return begin
