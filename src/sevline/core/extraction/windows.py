"""Matches of a pattern in a long text, looked for only where a quick look says that there may be one.

The quick look is the same pattern without what it asks of its surroundings, run by Polars, which takes a tenth of the
time. It can only find too much, so what is found is what the pattern alone would find.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Characters of a window, and how far a match may reach beyond the one in which it begins.
WINDOW, REACH = 4_096, 3_000
#: Shorter texts are looked through as they are.
LONG = 8 * WINDOW
_AROUND = re.compile(r"\(\?<?[=!]")


class Windows:
    """One text, cut once for all patterns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._cut: pl.Series | None = None
        self._one_byte = False  # a letter is a byte, so that places in bytes are places in letters

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """As `pattern.finditer`, for patterns whose matches are shorter than REACH."""
        if len(self.text) < LONG or (gate := quick(pattern)) is None:
            yield from pattern.finditer(self.text)
            return
        place = 0
        for start, first in self._where(gate):
            end = min(start + WINDOW, len(self.text))
            place = max(place, first)
            while place <= end and (found := pattern.search(self.text, place, min(end + REACH, len(self.text)))):
                if found.start() >= end and end < len(self.text):
                    break
                yield found
                place = max(found.end(), found.start() + 1)

    def _where(self, gate: str) -> Iterator[tuple[int, int]]:
        """Where a window begins in which a match may begin, and the place before which none does."""
        import polars as pl

        if self._cut is None:
            starts = range(0, len(self.text), WINDOW)
            self._cut = pl.Series("text", [self.text[max(0, start - 1) : start + WINDOW + REACH] for start in starts])
            self._one_byte = self.text.isascii()
        found = self._cut.str.find(gate, strict=True)
        hits = found.is_not_null().arg_true()
        for number, offset in zip(hits.to_list(), found.gather(hits).to_list(), strict=True):
            start = WINDOW * number
            first = max(start, max(0, start - 1) + offset) if self._one_byte else start
            if first < start + WINDOW:
                yield start, first


@lru_cache(maxsize=256)
def quick(pattern: re.Pattern[str]) -> str | None:
    """The pattern for Polars, without look-around and names; None where that cannot run it."""
    import polars as pl

    gate = _without_looks(pattern.pattern)
    if pattern.flags & re.IGNORECASE:
        gate = f"(?i:{gate})"
    if pattern.flags & re.MULTILINE:
        gate = f"(?m:{gate})"
    try:
        pl.Series("text", [""]).str.contains(gate)
    except pl.exceptions.PolarsError:
        return None
    return gate


def _without_looks(pattern: str) -> str:
    """The pattern without its groups that look ahead or behind."""
    kept: list[str] = []
    place = 0
    while (found := _AROUND.search(pattern, place)) is not None:
        kept.append(pattern[place : found.start()])
        place = _closed(pattern, found.end())
    return "".join((*kept, pattern[place:]))


def _closed(pattern: str, place: int) -> int:
    """The place behind the bracket that closes the group in which `place` stands."""
    depth, within = 1, False
    while depth:
        letter = pattern[place]
        if letter == "\\":
            place += 1
        elif within:
            within = letter != "]"
        elif letter == "[":
            within = True
            place += pattern[place + 1] == "]"
        else:
            depth += (letter == "(") - (letter == ")")
        place += 1
    return place
