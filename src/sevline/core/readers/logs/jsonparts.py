"""JSON documents as streams: the objects of the array that an export wraps its events in, one by one.

Only the part that is open is held. A document without such an array is one part itself, so a file of pretty-printed
objects works too. Strings are skipped whole, so a bracket in a message does not count.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

PART_LIMIT = 64 * 1024 * 1024
"""Bytes held of one part; a larger one ends the reading with a sentence."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]]', re.DOTALL)
_KEY = re.compile(rb'"([^"\\]{1,80})"\s{0,40}:\s{0,40}$')
_OPENS = re.compile(rb"\s*+[{\[]")
_NONE, _PAST = -1, 1 << 30
_DROP = 1 << 16
_BESIDE = frozenset({b"fields", b"columns", b"messages", b"warnings", b"errors", b"facets", b"metadata", b"contents"})
"""Arrays that stand beside the events: columns, and what the tool said about the query."""

_CLOSES = {b"{": b"}", b"[": b"]"}
_ENDS = frozenset(_CLOSES.values())


class BrokenJsonError(ValueError):
    """Text that is no JSON; `rest` is what was not read."""

    def __init__(self, reason: str, rest: bytes = b"") -> None:
        super().__init__(reason)
        self.rest = rest


class Part(NamedTuple):
    """`data`: one object or array as it stands; `line_no`: where it begins, from 1."""

    line_no: int
    data: bytes


def parts(blocks: Iterable[bytes], *, first_line: int = 1) -> Iterator[Part]:
    """Raises BrokenJsonError after the last whole part, where brackets do not match, or at an end inside a part."""
    scan = _Scan(first_line)
    for block in blocks:
        yield from scan.take(block)
    scan.finish()


class _Scan:
    """`held`: text from the open part on, with a little before it. `at`: where the next sign is looked for.

    `level`: how deep the events lie, counted from the document; _NONE while no array of them was met, _PAST behind it.
    `start`: where the open part begins in `held`, or -1.
    """

    def __init__(self, first_line: int) -> None:
        self.held = b""
        self.at = 0
        self.line_no = first_line
        self.stack: list[bytes] = []
        self.level = _NONE
        self.start = -1

    def take(self, block: bytes) -> Iterator[Part]:
        self.held += block
        if len(self.held) > PART_LIMIT:
            raise BrokenJsonError(f"One event is larger than {PART_LIMIT >> 20} MB")
        while (found := _TOKEN.search(self.held, self.at)) is not None:
            begin = found.start()
            open_string = self.held.find(b'"', self.at, begin) >= 0
            if open_string or (found[0] == b"[" and not self.held[found.end() :].lstrip()):
                return  # More of the text is needed to tell.
            self.at = found.end()
            if found[0] in _CLOSES:
                self._open(found[0], begin)
            elif found[0] in _ENDS:
                yield from self._close(found[0], begin)

    def _open(self, sign: bytes, begin: int) -> None:
        if not self.stack or len(self.stack) == self.level:
            self.start = begin
        if self.level == _NONE and sign == b"[" and self._holds_events(begin):
            self.level = len(self.stack) + 1
        self.stack.append(sign)

    def _holds_events(self, begin: int) -> bool:
        if b"[" in self.stack or not _OPENS.match(self.held, begin + 1):
            return False
        key = _KEY.search(self.held[max(0, begin - 200) : begin])
        return key is None or key[1] not in _BESIDE

    def _close(self, sign: bytes, begin: int) -> Iterator[Part]:
        if not self.stack or _CLOSES[self.stack.pop()] != sign:
            raise BrokenJsonError("Brackets do not match", self.held[begin:])
        depth = len(self.stack)
        if depth == self.level or (not depth and self.level == _NONE):
            yield Part(self.line_no + self.held.count(b"\n", 0, self.start), self.held[self.start : self.at])
        if depth <= self.level:
            self.start = -1
            self._forget()
        if 0 <= depth < self.level:
            self.level = _PAST
        if not depth:
            self.level, self.start = _NONE, -1

    def _forget(self) -> None:
        """Drops what was read, now and then, but for the few bytes that a key before a bracket may need."""
        drop = self.at - 400
        if drop > _DROP:
            self.line_no += self.held.count(b"\n", 0, drop)
            self.held, self.at = self.held[drop:], 400

    def finish(self) -> None:
        if self.stack:
            raise BrokenJsonError("The document ends inside an event")
