"""The logs inside zip and tar archives, as streams, archives within archives too; nothing is written anywhere.

A zip is read by the header before each member, so it may come through a pipe and may be cut short.
"""

import struct
import tarfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader, RawIOBase
from typing import BinaryIO, NamedTuple, cast

from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.streams import BLOCK, Inflow, blocks, packing_of

MOST_MEMBERS = 20_000
DEEPEST = 4
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 1, 8, 0x800
_STORED, _DEFLATED = 0, 8
_UNKNOWN_SIZE = 0xFFFFFFFF


_LATEST = 253_402_300_800  # seconds, the year 10000
_Inner = tuple[str, BinaryIO, datetime | None]
"""Name and stream of a member, and when it was last changed."""


class Member(NamedTuple):
    """`blocks` must be read before the next member is asked for; `inflow` has its notes once it was. `written`: when
    its archive says that it was last changed, None where it does not."""

    name: str
    blocks: Iterator[bytes]
    inflow: Inflow
    written: datetime | None = None


def is_archive(head: bytes, name: str) -> bool:
    """Whether what begins so is a zip or a tar, which may be packed itself; or a 7z, which cannot be read."""
    packing = _packing(head, name)
    return packing in {"zip", "tar", "7z"} or _packed_tar(packing, name, head)


def _packing(head: bytes, name: str) -> str:
    """As `packing_of`; a tar without any member is nothing but zeros."""
    return "tar" if name.endswith(".tar") and head and not head.strip(b"\0") else packing_of(head)


def logs_in(
    stream: BinaryIO, name: str, whole: Inflow, *, depth: int = 0, written: datetime | None = None
) -> Iterator[Member]:
    """Every log that the stream holds: itself, or the members of an archive, named `archive/member`.

    What is wrong with the archive is in `whole.notes`; what could be read before is given.
    """
    head = BufferedReader(_Blocks(_read(stream), whole), BLOCK)
    first = head.peek(512)
    packing = _packing(first, name)
    if packing == "7z":
        raise Refused("This is a 7z archive, which cannot be read as a stream. Unpack it, or pack it as zip or tar.gz.")
    if packing not in {"zip", "tar"} and not _packed_tar(packing, name, first):
        inflow = Inflow()
        yield Member(name, blocks(cast("BinaryIO", head), inflow), inflow, written)
        return
    if depth >= DEEPEST:
        whole.notes.append(f"{name} is nested too deep and was not opened; {DEEPEST} levels are.")
        return
    members = _zip_members(head, whole) if packing == "zip" else _tar_members(head, whole, packing)
    count = 0
    for inner_name, inner_stream, changed in members:
        if count >= MOST_MEMBERS:
            whole.notes.append(f"The archive holds more than {MOST_MEMBERS:,} files; the rest was not read.")
            return
        count += 1
        yield from logs_in(inner_stream, f"{name}/{inner_name}", whole, depth=depth + 1, written=changed or written)
    if not count and not whole.notes:
        whole.notes.append(f"{name} is an archive without any file in it.")


def _packed_tar(packing: str, name: str, head: bytes) -> bool:
    """By its own name, not that of the archive it is in, or by what the first bytes of a gz unpack to."""
    lowered = name.rpartition("/")[2].lower()
    if packing == "gz":
        try:
            if zlib.decompressobj(31).decompress(head, 512)[257:262] == b"ustar":
                return True
        except zlib.error:
            return False
    return bool(packing) and (f".tar.{packing}" in lowered or lowered.endswith((".tgz", ".tbz2", ".txz", ".tzst")))


def _read(stream: BinaryIO) -> Iterator[bytes]:
    """In small pieces: a cut archive loses the piece that it breaks off in."""
    while block := stream.read(BLOCK // 32):
        yield block


_FAULTS = (tarfile.TarError, struct.error, zlib.error, EOFError, OSError, ValueError)


def _note_cut(whole: Inflow, fault: Exception) -> None:
    """Once for an archive: behind the cut, one fault brings the next."""
    if not any("cut or damaged" in note for note in whole.notes):
        whole.notes.append(f"The archive is cut or damaged ({fault}); what was read before is kept.")


class _Blocks(RawIOBase):
    """A stream to read from, over blocks of any size; where they break off, it ends, and `whole` says so."""

    def __init__(self, source: Iterator[bytes], whole: Inflow) -> None:
        self._source, self._whole, self._held = source, whole, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's buffer type is 3.12's
        while not self._held:
            try:
                block = next(self._source, None)
            except _FAULTS as fault:
                _note_cut(self._whole, fault)
                return 0
            if block is None:
                return 0
            self._held = block
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size


def _tar_members(stream: "BufferedReader[_Blocks]", whole: Inflow, packing: str) -> Iterator[_Inner]:
    source: BinaryIO = cast("BinaryIO", stream)
    if packing != "tar":
        inner = Inflow()
        source = cast("BinaryIO", BufferedReader(_Blocks(blocks(source, inner), whole), BLOCK))
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for entry in archive:
                if entry.isfile() and (member := archive.extractfile(entry)) is not None:
                    changed = datetime.fromtimestamp(entry.mtime, UTC) if 0 < entry.mtime < _LATEST else None
                    yield entry.name, cast("BinaryIO", member), changed
    except _FAULTS as fault:
        _note_cut(whole, fault)
    if packing != "tar":
        whole.notes += inner.notes


def _zip_members(stream: "BufferedReader[_Blocks]", whole: Inflow) -> Iterator[_Inner]:
    try:
        while (head := stream.read(_LOCAL.size)) and head[:4] == b"PK\x03\x04":
            member = _Zipped(stream, head)
            if member.is_folder:
                member.skip()
            elif member.refusal:
                whole.notes.append(member.refusal)
                member.skip()
            else:
                yield (
                    member.name,
                    cast("BinaryIO", BufferedReader(_Blocks(member.read(), whole), BLOCK)),
                    member.written,
                )
                member.skip()
    except _FAULTS as fault:
        _note_cut(whole, fault)


def _dos_moment(date: int, time: int) -> datetime | None:
    """As a zip writes it: two seconds are one, and no zone is named."""
    day = (1980 + (date >> 9), date >> 5 & 15, date & 31)
    try:
        return datetime(*day, time >> 11, time >> 5 & 63, (time & 31) * 2, tzinfo=UTC)
    except ValueError:
        return None


class _Zipped:
    """One member of a zip, read in place."""

    def __init__(self, stream: "BufferedReader[_Blocks]", head: bytes) -> None:
        fields = _LOCAL.unpack(head)
        self._flags, self._method = fields[2], fields[3]
        self._size, self._plain = fields[7], fields[8]
        self.written = _dos_moment(fields[5], fields[4])
        self._stream = stream
        name = stream.read(fields[9])
        self._widen(stream.read(fields[10]))
        self.name = name.decode("utf-8" if self._flags & _UTF8 else "cp437", "replace")
        self.is_folder = self.name.endswith("/")
        self._body = self._inflated() if self._method == _DEFLATED and not self._flags & _ENCRYPTED else self._stored()

    @property
    def refusal(self) -> str:
        if self._flags & _ENCRYPTED:
            return f"{self.name} is encrypted and was not read. Ask for it without a password."
        if self._method not in {_STORED, _DEFLATED}:
            return f"{self.name} is packed by method {self._method}, which is not read. Pack it as zip or gz."
        return ""

    def _widen(self, extra: bytes) -> None:
        """Sizes past 4 GB stand in the extra field 1: the plain size, then the packed one."""
        at = 0
        while at + 4 <= len(extra):
            kind, size = struct.unpack_from("<HH", extra, at)
            if kind == 1 and size >= 16 and _UNKNOWN_SIZE in {self._size, self._plain}:
                self._plain, self._size = struct.unpack_from("<QQ", extra, at + 4)
            at += 4 + size

    def read(self) -> Iterator[bytes]:
        return self._body

    def skip(self) -> None:
        for _ in self._body:
            pass

    def _stored(self) -> Iterator[bytes]:
        if self._flags & _SIZES_FOLLOW and not self._size:
            raise EOFError(f"the size of {self.name} is not known")
        left = self._size
        while left:
            block = self._stream.read(min(BLOCK, left))
            if not block:
                raise EOFError(f"{self.name} ends before its end")
            left -= len(block)
            yield block

    def _inflated(self) -> Iterator[bytes]:
        unpack = zlib.decompressobj(-15)
        given, taken = 0, 0
        while not unpack.eof:
            packed = unpack.unconsumed_tail or self._stream.peek(BLOCK)
            if not packed:
                raise EOFError(f"{self.name} ends before its end")
            fresh = not unpack.unconsumed_tail
            text = unpack.decompress(packed, BLOCK)
            if fresh:
                # The next member begins where this one's data ends: no more is taken than was used.
                used = len(packed) - len(unpack.unused_data)
                self._stream.read(used)
                taken += used
            given += len(text)
            if given > 1 << 30 and given > 2000 * max(1, taken):
                raise EOFError(f"{self.name} grows more than 2000 times")
            if text:
                yield text
        if self._flags & _SIZES_FOLLOW:
            self._skip_descriptor()

    def _skip_descriptor(self) -> None:
        """12 bytes, or 20 with wide sizes, with or without a mark of 4 before them."""
        head = self._stream.peek(24)[:24]
        start = 4 if head[:4] == b"PK\x07\x08" else 0
        ends = (start + 12, start + 20)
        size = next((end for end in ends if head[end : end + 2] in {b"PK", b""}), ends[0])
        self._stream.read(size)
