"""Archives and compressed files, opened in memory with every byte counted. Names are data and never become a path.

Links and devices are never followed. Sizes that an archive states are not believed.
"""

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any, cast

import zstandard

from sevline.bench.limits import MEBI, Limits
from sevline.bench.salvage import cut_members, pieces_of

CHUNK = 256 * 1024
#: Below this size no ratio is a danger, and a page of zeros is not a bomb.
RATIO_FLOOR = MEBI
MAX_WRAPPINGS = 4
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
COMPRESSED = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zst"))
BROKEN = (
    OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, ValueError, RuntimeError,
    NotImplementedError,
    zstandard.ZstdError,
)  # fmt: skip


_HALVES = re.compile("[\ud800-\udfff]")


def printable(name: str) -> str:
    """A name that can be written down: what was no UTF-8 where it comes from stands as U+FFFD."""
    return _HALVES.sub("\ufffd", name)


class RefusedArchiveError(Exception):
    """The archive asks for more than the limits allow; the message is a sentence."""


_BEYOND = ("The archive holds more than", "The archive unpacks to more than", "A member is larger than")


def is_beyond_limits(reason: str) -> bool:
    """Whether an archive was refused for what it would become, rather than for being damaged."""
    return reason.startswith(_BEYOND)


@dataclass(frozen=True, slots=True)
class Member:
    """A file found inside, or, where `refused` is a sentence, what was not opened. `strays` where the archive gave it
    a name that leads out of the archive; `name` never does. `written`: when the archive says it was last changed.
    `cut` is a sentence where only the beginning could be unpacked.
    """

    name: str
    data: bytes = b""
    refused: str = ""
    strays: bool = False
    written: datetime | None = None
    cut: str = ""


@dataclass
class Budget:
    """What is left for one upload, shared by all archives in it."""

    limits: Limits
    expanded: int = 0
    members: int = 0
    notes: list[str] = field(default_factory=list)

    def take_member(self) -> None:
        self.foresee(1)
        self.members += 1

    def foresee(self, members: int) -> None:
        """Refuse so many members before the first of them is read, which may take minutes."""
        if self.members + members > self.limits.members:
            raise RefusedArchiveError(f"The archive holds more than {self.limits.members:,} members.")

    def read(self, stream: IO[bytes], packed: int) -> bytes:
        """All of a stream; `packed` is the size of what it is unpacked from. Raises RefusedArchiveError."""
        pieces, size = [], 0
        while piece := stream.read(CHUNK):
            size += len(piece)
            self.expanded += len(piece)
            self._judge(size, packed)
            pieces.append(piece)
        return b"".join(pieces)

    def read_what_is_whole(self, stream: IO[bytes], packed: int) -> tuple[bytes, str]:
        """The same as far as it can be unpacked, and why not further. Nothing at all is raised as what it is."""
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in pieces_of(stream, CHUNK):
                size += len(piece)
                self.expanded += len(piece)
                self._judge(size, packed)
                pieces.append(piece)
        except BROKEN as problem:
            if not pieces:
                raise
            return b"".join(pieces), str(problem)[:120] or "no reason given"
        return b"".join(pieces), ""

    def _judge(self, size: int, packed: int) -> None:
        limits = self.limits
        if size > RATIO_FLOOR and size > packed * limits.ratio:
            raise RefusedArchiveError(
                f"The archive unpacks to more than {limits.ratio} times its size, as an archive bomb does."
            )
        if self.expanded > limits.expanded:
            raise RefusedArchiveError(f"The archive unpacks to more than {limits.expanded / MEBI / 1024:.1f} GB.")
        if size > limits.member:
            raise RefusedArchiveError(f"A member is larger than {limits.member // MEBI} MB.")


def form_of(data: bytes) -> str:
    """zip, tar, gz, bz2, xz or zst by content; "" for anything else."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if len(data) >= 512 and data[257:262] == b"ustar":
        return "tar"
    return next((form for mark, form in COMPRESSED if data.startswith(mark)), "")


def leaves(name: str, data: bytes, budget: Budget, depth: int = 0, wrappings: int = 0) -> Iterator[Member]:
    """The files inside, to the depth that the limits allow; a file that is no archive is its own only leaf."""
    form = form_of(data)
    if not form:
        yield Member(name, refused="The tar archive is empty.") if _is_empty_tar(name, data) else Member(name, data)
        return
    inner_depth = depth + (form in {"zip", "tar"})
    if inner_depth > budget.limits.depth or wrappings > MAX_WRAPPINGS:
        yield Member(name, refused=f"Archives are opened {budget.limits.depth} deep; this one lies deeper.")
        return
    try:
        for member in opened_in_part(form, name, data, budget):
            if member.refused:
                yield member
            else:
                inside = leaves(member.name, member.data, budget, inner_depth, wrappings + 1)
                yield from (_of(member, leaf) for leaf in inside)
    except RefusedArchiveError as problem:
        yield Member(name, refused=str(problem))
    except BROKEN as problem:
        yield Member(name, refused=f"The {form} archive is damaged or cut: {str(problem)[:120] or 'no reason given'}.")


def _is_empty_tar(name: str, data: bytes) -> bool:
    return name.lower().endswith(".tar") and bool(data) and not data.strip(b"\0")


def _of(member: Member, leaf: Member) -> Member:
    """A leaf with what is known of the member that it was found in."""
    written, cut = leaf.written or member.written, leaf.cut or member.cut
    return replace(leaf, strays=leaf.strays or member.strays, written=written, cut=cut)


def opened_in_part(form: str, name: str, data: bytes, budget: Budget) -> Iterator[Member]:
    """As `opened`, and of what is damaged or cut the part that can be read, with a sentence that says so."""
    if form == "zip" and not zipfile.is_zipfile(io.BytesIO(data)):
        yield from _of_cut_zip(name, data, budget)
        return
    if form in {"zip", "tar"}:
        yield from opened(form, name, data, budget)
        return
    read, why = budget.read_what_is_whole(_stream(form, data), len(data))
    yield Member(_without_ending(name), read, cut=_cut_told(form, why) if why else "")


def _of_cut_zip(name: str, data: bytes, budget: Budget) -> Iterator[Member]:
    found = False
    for own, stream, packed in cut_members(data):
        budget.take_member()
        inside, strays = kept_inside(own)
        if own.endswith("/"):
            continue
        read, why = budget.read_what_is_whole(stream, packed)
        if read:
            found = True
            cut = _cut_told("zip", why or "its list of members is gone")
            yield Member(f"{name}/{inside}", read, strays=strays, cut=cut)
    if not found:
        raise zipfile.BadZipFile("its list of members is gone, and no member is whole")


def _cut_told(form: str, why: str) -> str:
    return f"The {form} archive is damaged or cut: {why.rstrip('.')}. What could be unpacked was read."


def opened(form: str, name: str, data: bytes, budget: Budget) -> Iterator[Member]:
    """The members of one archive, each under the archive's name; one that is an archive itself is not opened."""
    if form == "zip":
        return _zipped(name, data, budget)
    if form == "tar":
        return _tarred(name, data, budget)
    return iter([Member(_without_ending(name), budget.read(_stream(form, data), len(data)))])


def _stream(form: str, data: bytes) -> IO[bytes]:
    source = io.BytesIO(data)
    if form == "gz":
        opened: Any = gzip.GzipFile(fileobj=source)
        return cast("IO[bytes]", opened)
    if form == "bz2":
        return bz2.BZ2File(source)
    if form == "xz":
        return lzma.LZMAFile(source)
    stream: IO[bytes] = zstandard.ZstdDecompressor(max_window_size=128 * MEBI).stream_reader(source)
    return stream


def _without_ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not (dot and stem):
        return name
    return f"{stem}.tar" if ending.lower() in {"tgz", "tbz2", "txz"} else stem


def kept_inside(name: str) -> tuple[str, bool]:
    """A member's name without what leads out of the archive, and whether there was such: `../../etc/x` is `etc/x`."""
    name = printable(name)
    parts = name.replace("\\", "/").split("/")
    rooted = name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", name) is not None
    if not (rooted or ".." in parts):
        return name, False
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")) or "unnamed", True


def strays_told(count: int) -> str:
    """One sentence about names that lead out of the archive."""
    if count == 1:
        return "The name of 1 member leads out of the archive; it was taken as a name only."
    return f"The names of {count} members lead out of the archive; they were taken as names only."


def _told_in_seconds(seconds: float) -> datetime | None:
    """None for times that archives hold where nothing was known, such as the beginning of an epoch."""
    return datetime.fromtimestamp(seconds, UTC) if EARLIEST.timestamp() < seconds < LATEST.timestamp() else None


def _told_in_zip(parts: tuple[int, ...]) -> datetime | None:
    """Without a zone, which a day more or less does not matter for."""
    year, month, day, hour, minute, second = parts[:6]
    try:
        found = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return found if EARLIEST < found < LATEST else None


def _zipped(name: str, data: bytes, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        budget.foresee(len(archive.infolist()))
        for info in archive.infolist():
            budget.take_member()
            inside, strays = kept_inside(info.filename)
            full = f"{name}/{inside}"
            if info.filename.endswith("/"):  # not is_dir, which fails on an empty name
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Member(full, refused="It is a link, which is never followed.", strays=strays)
            elif info.flag_bits & 1:
                yield Member(full, refused="It is encrypted with a password.", strays=strays)
            else:
                with archive.open(info) as stream:
                    read = budget.read(stream, max(info.compress_size, 1))
                yield Member(full, read, strays=strays, written=_told_in_zip(info.date_time))


def members_of_tar(data: bytes, most: int) -> int:
    """How many there are, as far as the archive can be walked and up to `most`; their bytes are passed over."""
    count = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for count, _ in enumerate(islice(archive, most), 1):  # noqa: B007 - the last count is what is wanted
                pass
    except BROKEN:
        return count
    return count


def _tarred(name: str, data: bytes, budget: Budget) -> Iterator[Member]:
    budget.foresee(members_of_tar(data, budget.limits.members + 1))
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for info in archive:
            budget.take_member()
            inside, strays = kept_inside(info.name)
            full = f"{name}/{inside}"
            if info.isdir():
                continue
            stream = archive.extractfile(info) if info.isreg() else None
            if stream is None:
                what = "a link" if info.issym() or info.islnk() else "a device or pipe"
                yield Member(full, refused=f"It is {what}, which is never followed.", strays=strays)
            else:
                read = budget.read(stream, max(info.size, 1))
                yield Member(full, read, strays=strays, written=_told_in_seconds(info.mtime))
