"""Blocks of bytes into lines: UTF-16 by its mark or by its zero bytes, CR/LF, NUL, lines that never end."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

LINE_LIMIT = 64 * 1024
"""Bytes kept of a line; the rest is dropped and the line counted in `LineFacts.cut`."""

_HEAD = 512
_UNENDED = 64 * 1024
"""Bytes without LF after which CR is asked for."""

_LEAST_RETURNS = 2
_PIECE = 64 * 1024
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))


@dataclass(slots=True)
class LineFacts:
    """What was noticed while the lines were cut; final when the lines have been read to the end."""

    encoding: str = "utf-8"
    bytes: int = 0
    lines: int = 0
    cut: int = 0
    nul: int = 0
    undecoded: int = 0
    """Lines that hold bytes which are no UTF-8, of a text that names no other encoding."""
    guessed: bool = False
    """The encoding was told from the zero bytes: no mark names it."""
    returns: bool = False
    """Lines end with CR alone, as those of an old Mac and of what redraws its line."""
    folded: str = ""
    """What the lines were taken out of: `csv`, `json`; empty for lines as they stand."""
    notes: list[str] = field(default_factory=list)
    """Sentences about what could not be read."""


def lines(blocks: Iterable[bytes], facts: LineFacts) -> Iterator[bytes]:
    """Lines without their end; an unfinished last line is a line too. Never raises on any bytes."""
    return lines_of(as_utf8(blocks, facts), facts)


def lines_of(blocks: Iterable[bytes], facts: LineFacts) -> Iterator[bytes]:
    """As `lines`, for text that is UTF-8 already."""
    held = b""
    for block in blocks:
        *whole, rest = block.split(b"\n")
        if not whole:
            held = _extend(held, rest)
            continue
        whole[0] = _extend(held, whole[0])
        held = rest
        yield from _cleaned(whole, facts)
    if held:
        yield from _cleaned([held], facts)


def _extend(held: bytes, more: bytes) -> bytes:
    """At most one byte more than the limit is held, so that a cut still shows."""
    return held + more[: max(0, LINE_LIMIT + 1 - len(held))] if held else more


def _cleaned(whole: list[bytes], facts: LineFacts) -> Iterator[bytes]:
    facts.lines += len(whole)
    if not any(b"\0" in line or len(line) > LINE_LIMIT for line in whole):
        for line in whole:
            yield line[:-1] if line[-1:] == b"\r" else line
        return
    for raw in whole:
        line = raw
        if len(line) > LINE_LIMIT:
            facts.cut += 1
            line = line[:LINE_LIMIT]
        if b"\0" in line:
            facts.nul += 1
            line = line.replace(b"\0", b"")
        yield line.rstrip(b"\r")


def ends_with_returns(text: bytes) -> bool:
    """Whether the lines of a text, told from its first bytes, end with CR alone: some of those, and no LF for long."""
    head = text[:_UNENDED]
    return b"\n" not in head and head.count(b"\r") >= _LEAST_RETURNS


def with_line_feeds(text: bytes) -> bytes:
    """The text with LF behind each line, where its lines end with CR alone."""
    return b"".join(_returns_replaced([text])) if ends_with_returns(text) else text


def as_utf8(blocks: Iterable[bytes], facts: LineFacts, *, whole: bool = True) -> Iterator[bytes]:
    """The same text without its mark and with LF behind each line; bytes without a mark pass unchanged, whatever they
    are. `whole` False: this is a part of a log, of which no last line without LF tells how lines end."""
    decoded = _decoded(blocks, facts)
    return _with_ends(decoded, facts) if whole else decoded


def _with_ends(blocks: Iterator[bytes], facts: LineFacts) -> Iterator[bytes]:
    head: list[bytes] = []
    size = 0
    for block in blocks:
        head.append(block)
        size += len(block)
        if size >= _UNENDED or b"\n" in block:
            break
    facts.returns = ends_with_returns(b"".join(head))
    whole = chain(head, blocks)
    return _returns_replaced(whole) if facts.returns else whole


def _returns_replaced(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """CR and CR LF both end a line; a CR at the end of a block waits for what follows."""
    held = b""
    for block in blocks:
        text = held + block
        held = b"\r" if text.endswith(b"\r") else b""
        yield text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if held:
        yield b"\n"


def _decoded(blocks: Iterable[bytes], facts: LineFacts) -> Iterator[bytes]:
    stream = iter(blocks)
    head = b""
    for block in stream:
        head += block
        facts.bytes += len(block)
        if len(head) >= _HEAD:
            break
    mark, facts.encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", ""))
    if not mark:
        facts.encoding = _by_zeros(head)
        facts.guessed = facts.encoding != "utf-8"
    decoder = None if facts.encoding == "utf-8" else codecs.getincrementaldecoder(facts.encoding)("replace")
    text = chain([head[len(mark) :]], _counted(stream, facts))
    if decoder is None:
        yield from proved(text, facts)
        return
    for block in text:
        yield decoder.decode(block).encode("utf-8", "replace")


def proved(blocks: Iterable[bytes], facts: LineFacts) -> Iterator[bytes]:
    """The same blocks; lines that are not all UTF-8 are counted. Most blocks are ASCII, which is asked at once."""
    proof = _Proof()
    for block in blocks:
        facts.undecoded += proof.bad_lines(block)
        yield block
    facts.undecoded += proof.bad_lines(b"\n")


class _Proof:
    """Of the line that goes on, only what may be part of a letter is held, and whether it was bad so far."""

    def __init__(self) -> None:
        self._held, self._bad = b"", False

    def bad_lines(self, block: bytes) -> int:
        """How many that end in the block are not all UTF-8."""
        if not self._held and not self._bad and block.isascii():
            return 0
        text = self._held + block if self._held else block
        cut = text.rfind(b"\n") + 1
        bad = self._bad_of(memoryview(text)[:cut]) if cut else 0
        self._keep(text[cut:])
        return bad

    def _bad_of(self, whole: memoryview) -> int:
        """`whole` ends where a line does."""
        first, self._bad = self._bad, False
        if not first and _is_utf8(whole):
            return 0
        lines = bytes(whole[:-1]).split(b"\n")
        return first + sum(not _is_utf8(memoryview(line)) for line in lines[first:])

    def _keep(self, rest: bytes) -> None:
        self._held = b"" if rest.isascii() else rest
        if len(rest) > LINE_LIMIT:
            try:
                self._held = rest[codecs.utf_8_decode(rest, "strict", False)[1] :]
            except UnicodeDecodeError:
                self._held, self._bad = b"", True


def _is_utf8(text: memoryview) -> bool:
    """Piece by piece, so that what is decoded stays in the processor's cache."""
    at = 0
    while at < len(text):
        piece = bytes(text[at : at + _PIECE])
        try:
            at += len(piece) if piece.isascii() else codecs.utf_8_decode(piece, "strict", at + _PIECE >= len(text))[1]
        except UnicodeDecodeError:
            return False
    return True


def _by_zeros(head: bytes) -> str:
    """UTF-16 without a mark has a zero byte beside nearly every letter of ASCII, always on the same side."""
    pairs = len(head) // 2
    if pairs < 4:
        return "utf-8"
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd * 10 >= pairs * 7 and even * 20 <= pairs:
        return "utf-16-le"
    if even * 10 >= pairs * 7 and odd * 20 <= pairs:
        return "utf-16-be"
    return "utf-8"


def _counted(stream: Iterator[bytes], facts: LineFacts) -> Iterator[bytes]:
    for block in stream:
        facts.bytes += len(block)
        yield block
