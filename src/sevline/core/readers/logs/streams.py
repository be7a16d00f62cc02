"""Compressed logs as streams: gz, bz2, xz and zst by their first bytes, in blocks, with every byte counted."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase
from typing import BinaryIO, Protocol

from sevline.core.lifecycle import Refused

BLOCK = 1024 * 1024
LARGEST_GROWTH = 2000
"""A stream that has grown more than so many times, and past a gigabyte, is taken for a bomb and cut."""

_GROWN = 1024**3
_MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_ARCHIVES = frozenset({"zip", "7z", "tar"})


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Inflow:
    """`taken`: bytes read from the stream; `given`: bytes handed on. `notes`: sentences about what went wrong."""

    taken: int = 0
    given: int = 0
    packing: str = ""
    notes: list[str] = field(default_factory=list)


class _Counted(RawIOBase):
    def __init__(self, stream: BinaryIO, inflow: Inflow) -> None:
        self._stream, self._inflow = stream, inflow

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's buffer type is 3.12's
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._inflow.taken += len(data)
        return len(data)


def blocks(stream: BinaryIO, inflow: Inflow) -> Iterator[bytes]:
    """Decompressed blocks of at most a megabyte; what could be read is kept when the stream is cut or damaged.

    Raises Refused for an archive, which holds more than one log.
    """
    counted = BufferedReader(_Counted(stream, inflow), BLOCK)
    head = counted.peek(512)
    inflow.packing = packing_of(head)
    if inflow.packing in _ARCHIVES:
        raise Refused(f"This is a {inflow.packing} archive. `sevline analyze` reads what is inside an archive.")
    source = _opened(counted, inflow.packing)
    while block := _next_block(source, inflow):
        inflow.given += len(block)
        yield block
        if inflow.given > _GROWN and inflow.given > LARGEST_GROWTH * max(1, inflow.taken):
            inflow.notes.append(f"It grows more than {LARGEST_GROWTH} times when unpacked; reading stopped there.")
            return
    if inflow.packing == "zst":
        _check_zst_size(head, inflow)


def packing_of(head: bytes) -> str:
    """How a stream is packed, by its first 512 bytes: gz, bz2, xz, zst, zip, 7z or tar; empty for anything else."""
    if head[257:262] == b"ustar":
        return "tar"
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")


def _opened(counted: "BufferedReader[_Counted]", packing: str) -> _Readable:
    if packing == "gz":
        return gzip.GzipFile(fileobj=counted)
    if packing == "bz2":
        return bz2.BZ2File(counted)
    if packing == "xz":
        return lzma.LZMAFile(counted)
    if packing == "zst":
        import zstandard

        reader: _Readable = zstandard.ZstdDecompressor().stream_reader(counted, read_across_frames=True)
        return reader
    return counted


def _next_block(source: _Readable, inflow: Inflow) -> bytes:
    faults: tuple[type[Exception], ...] = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, ValueError)
    if inflow.packing == "zst":
        import zstandard

        faults = (*faults, zstandard.ZstdError)
    if inflow.packing == "bz2":
        faults = (*faults, OSError)
    try:
        # Small reads keep what a damaged stream still gives before its fault.
        return source.read(BLOCK if not inflow.packing else BLOCK // 16)
    except EOFError:
        inflow.notes.append(_cut_short(inflow))
    except faults as error:
        inflow.notes.append(
            f"The {inflow.packing} stream is damaged after {inflow.given:,} bytes ({error}); what was read is kept, "
            "and some of it may be wrong."
        )
    return b""


def _cut_short(inflow: Inflow) -> str:
    return f"The {inflow.packing} stream ends before its end; {inflow.given:,} bytes of text were read and kept."


def _check_zst_size(head: bytes, inflow: Inflow) -> None:
    """zstd's reader ends quietly on a cut stream; the size that most frames name tells."""
    import zstandard

    try:
        size = zstandard.frame_content_size(head)
    except zstandard.ZstdError:
        return
    if inflow.given < size and not inflow.notes:
        inflow.notes.append(_cut_short(inflow))
