"""What can be read of a damaged archive: the beginning of a stream, the members of a zip without its list."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, cast

HEADER, MARK, DESCRIPTOR = 30, b"PK\x03\x04", b"PK\x07\x08"
STORED, DEFLATED = 0, 8
ENCRYPTED, SIZED_LATER = 1, 8


def pieces_of(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """What a stream gives at once each time, so that nothing that was unpacked is lost when the next part is broken."""
    once = getattr(stream, "read1", stream.read)
    while piece := once(size):
        yield cast("bytes", piece)


def cut_members(data: bytes) -> Iterator[tuple[str, IO[bytes], int]]:
    """Name, stream and packed size of the members of a zip that has lost its list, the last one as far as it goes."""
    at = 0
    while data.startswith(MARK, at) and at + HEADER <= len(data):
        flags, method = struct.unpack_from("<HH", data, at + 6)
        (packed,) = struct.unpack_from("<I", data, at + 18)
        names, more = struct.unpack_from("<HH", data, at + 26)
        begin = at + HEADER + names + more
        name = data[at + HEADER : at + HEADER + names].decode("utf-8", "replace")
        if flags & ENCRYPTED or method not in {STORED, DEFLATED} or (method == STORED and flags & SIZED_LATER):
            return
        if method == STORED:
            end = begin + packed
            yield name, BytesIO(data[begin:end]), max(1, packed)
        else:
            end = _end_of_deflated(data, begin)
            yield name, _Deflated(data[begin:end]), max(1, end - begin)
        at = _behind_descriptor(data, end) if flags & SIZED_LATER else end


def _end_of_deflated(data: bytes, begin: int) -> int:
    """Where the packed bytes of one member end; what is unpacked meanwhile is thrown away."""
    unpacking, at = zlib.decompressobj(-zlib.MAX_WBITS), begin
    waiting = b""
    while not unpacking.eof and (waiting or at < len(data)):
        if not waiting:
            waiting, at = data[at : at + 65536], at + 65536
        try:
            unpacking.decompress(waiting, 1 << 20)
        except zlib.error:
            return len(data)
        waiting = unpacking.unconsumed_tail
    return min(len(data), at) - len(unpacking.unused_data)


def _behind_descriptor(data: bytes, end: int) -> int:
    """Sizes and checksum behind a member, with their mark or without it."""
    start = end + 4 if data.startswith(DESCRIPTOR, end) else end
    return next((start + size for size in (12, 20) if data.startswith(MARK, start + size)), start + 12)


class _Deflated(BytesIO):
    """Unpacks while it is read."""

    def __init__(self, packed: bytes) -> None:
        super().__init__()
        self._unpacking, self._waiting = zlib.decompressobj(-zlib.MAX_WBITS), packed

    def read1(self, size: int | None = -1, /) -> bytes:
        if self._unpacking.eof or not self._waiting:
            return b""
        found = self._unpacking.decompress(self._waiting, size or 0)
        self._waiting = self._unpacking.unconsumed_tail
        return found

    def read(self, size: int | None = -1, /) -> bytes:
        return self.read1(size)
