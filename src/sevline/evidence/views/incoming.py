"""Files on their way in. The body is read while it arrives, part by part, so no plain text ever touches a disk.

The framework's own reading of a form is not used here: it would take in the whole file before the form's token is
checked, and hand it over only when all of it is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, Parser
from django.http.request import UnreadablePostError
from django.utils.http import parse_header_parameters

from sevline.core.lifecycle import Refused

BLOCK = 256 * 1024
LONGEST_FIELD = 20_000
MOST_FIELDS = 50
TAIL = 200


class BrokenOff(Refused):
    """The sender went away before all of the file was here; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("The connection broke before the whole file was here. Nothing of it was kept; send it again.")


class _Body:
    """The request's body, which says so when it ends before the length that was announced."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.left = _announced(request)
        self.tail = b""

    def read(self, size: int = BLOCK) -> bytes:
        if self.left == 0:
            return b""
        try:
            block = self.request.read(min(size, self.left))
        except UnreadablePostError:
            raise BrokenOff from None
        if not block:
            raise BrokenOff
        self.left -= len(block)
        self.tail = (self.tail + block)[-TAIL:]
        return bytes(block)


def _announced(request: HttpRequest) -> int:
    try:
        return max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


@dataclass(slots=True)
class File:
    """One file of the form; `blocks` can be read once."""

    name: str
    blocks: Iterator[bytes]


@dataclass(slots=True)
class Incoming:
    """A form with files. `fields` are those that stand before the first file."""

    fields: QueryDict
    _body: _Body
    _files: Iterator[File] = field(repr=False)

    def files(self) -> Iterator[File]:
        """The files in turn; each is to be read before the next one is asked for."""
        return self._files

    def discard(self, most: int) -> None:
        """Read what is left, up to `most` bytes, and drop it, so that the sender hears the answer."""
        try:
            while most > 0 and (block := self._body.read()):
                most -= len(block)
        except BrokenOff:
            return


def blocks_of(request: HttpRequest) -> Iterator[bytes]:
    """The body as it arrives; BrokenOff when it ends before the length that was announced."""
    return iter(_Body(request).read, b"")


def read(request: HttpRequest) -> Incoming:
    """The fields of an upload, up to its first file, whose bytes are not read yet.

    A body that is no form is the file itself; its name and fields stand in the address. Raises Refused.
    """
    body = _Body(request)
    kind, options = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    if kind != "multipart/form-data":
        given = QueryDict(request.META.get("QUERY_STRING", ""))
        return Incoming(given, body, iter([File(plain_name(given.get("name", "")), iter(body.read, b""))]))
    boundary = options.get("boundary", "").encode("latin-1", "replace")
    if not 0 < len(boundary) <= 70:
        raise Refused("The form that carried the file is broken. Send it again.")
    fields: QueryDict = QueryDict(mutable=True)
    files = _parts(body, boundary, fields)
    first = next(files, None)  # reads the fields that stand before it
    return Incoming(fields, body, _again(first, files))


def _again(first: File | None, rest: Iterator[File]) -> Iterator[File]:
    if first is not None:
        yield first
        yield from rest


def _parts(body: _Body, boundary: bytes, fields: QueryDict) -> Iterator[File]:
    stream = LazyStream(ChunkIter(body, BLOCK))  # type: ignore[arg-type]  # it only reads
    for kind, meta, part in Parser(stream, boundary):
        _, disposition = meta.get("content-disposition", ("", {}))
        if kind == FIELD and len(fields) < MOST_FIELDS:
            fields.appendlist(disposition.get("name", ""), part.read(LONGEST_FIELD).decode("utf-8", "replace"))
        elif kind == FILE and disposition.get("filename"):
            yield File(plain_name(disposition["filename"]), _whole(part, body, boundary))
        for _ in part:  # whatever of it nobody read
            pass


def _whole(part: Iterator[bytes], body: _Body, boundary: bytes) -> Iterator[bytes]:
    """The blocks of one file; BrokenOff at the end when the form stops without saying that it is complete."""
    yield from part
    if body.left == 0 and b"--" + boundary + b"--" not in body.tail:
        raise BrokenOff


def plain_name(name: str | bytes) -> str:
    """The last part of a name; a sender's folders say more about them than we need."""
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    return text.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()[:255] or "unnamed"
