"""Long rows of a pass: which characters stand in them, and the windows in which their detectors look.

One hit in a long row must not call for all of it time and again, nor a question that its characters cannot answer.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from sevline.core.redaction.compiled import contains
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.literals import literal
from sevline.core.redaction.needed import ALL, NOTHING, Needs, bits, may_stand, needed
from sevline.core.redaction.plan import Excerpts, Group, with_keyword
from sevline.core.redaction.rows import put, where

if TYPE_CHECKING:
    import polars as pl

#: Bytes from which a row is asked in windows.
LONG_ROW = 262_144
#: Characters of a window, and how many it shares with the next: more than the form of any number is long.
WINDOW, OVERLAP = 2048, 512
#: Bytes of which the characters are taken at once, and out of all that follow.
SAMPLE = 4096


def letters_of(text: str) -> int:
    """The characters of a text, as a set."""
    left, found = text.encode("utf-8", "surrogatepass"), 0
    while left:
        some = bytes(set(left[:SAMPLE]))
        found |= bits(map(chr, some))
        left = left.translate(None, some)
    return found


def letters_of_long_lines(text: str) -> int:
    """The characters of a text of long lines; of one with many lines, which holds most of them, all there are."""
    is_long = len(text) > LONG_ROW and text.count("\n") * SAMPLE < len(text)
    return letters_of(text) if is_long else ALL


@lru_cache(4096)
def may_find(entry: Detector, letters: int) -> bool:
    """Whether the detector can find anything in a text of these characters."""
    return letters == ALL or (
        may_stand(_of_keywords(entry.keywords), letters)
        and may_stand(needed(entry.gate), letters)
        and may_stand(needed(entry.pattern), letters)
    )


@lru_cache(1024)
def _of_keywords(keywords: tuple[str, ...]) -> Needs:
    return needed("|".join(map(literal, keywords))) if keywords else NOTHING


def forget() -> None:
    may_find.cache_clear()
    _of_keywords.cache_clear()


class LongRows:
    """Those of one pass. What was seen of a row holds until it changes."""

    def __init__(self, numbers: list[int]) -> None:
        self._numbers = numbers
        self._letters: dict[int, int] = {}
        self._cut: dict[int, tuple[int, pl.Series]] = {}

    @staticmethod
    def of(rows: "pl.Series") -> "LongRows | None":
        """None where no row is long."""
        numbers = _long(rows).to_list()
        return LongRows(numbers) if numbers else None

    def idle(self, rows: "pl.Series", detectors: Iterable[Detector]) -> "pl.Series":
        """The numbers of those in which none of the detectors can find anything."""
        import polars as pl

        wanted = list(detectors)
        found = [
            number
            for number in self._numbers
            if not any(may_find(entry, self._letters_of(rows, number)) for entry in wanted)
        ]
        return pl.Series(found, dtype=pl.get_index_type())

    def narrowed(self, group: Group, rows: "pl.Series", numbers: "pl.Series") -> Group:
        """The group with the detectors that can find anything in the rows of these numbers, of which none is idle."""
        if len(numbers) > len(self._numbers) or not set(self._numbers).issuperset(numbers.to_list()):
            return group  # a row that is not long is asked by all
        letters = 0
        for number in numbers.to_list():
            letters |= self._letters_of(rows, number)
        return group.only([entry for entry in group.detectors if may_find(entry, letters)])

    def _letters_of(self, rows: "pl.Series", number: int) -> int:
        if number not in self._letters:
            self._letters[number] = letters_of(rows[number])
        return self._letters[number]

    def excerpts(self, group: Group, rows: "pl.Series", numbers: "pl.Series") -> "Excerpts | None":
        """Of long rows the windows in which a literal or the joined gate is; None where no row is long.

        `rows` are those of these numbers.
        """
        if group.alone or _long(rows).is_empty():
            return None
        keywords = group.keywords
        gate = group.gate if group.detectors[0].stage >= Stage.PERSONAL else ""  # others may span the whole row
        words = self._in_place(rows, numbers, lambda cut: with_keyword(cut, keywords)) if keywords else rows
        if keywords and group.detectors[0].stage is Stage.VENDOR:
            return Excerpts(words, words)  # a key begins at its literal, and its shortest form fits into the overlap
        text = self._in_place(rows, numbers, lambda cut: contains(cut, gate)) if gate else rows
        return Excerpts(words, text)

    def _in_place(
        self, rows: "pl.Series", numbers: "pl.Series", asked: "Callable[[pl.Series], pl.Series]"
    ) -> "pl.Series":
        """The rows, which have these numbers in the pass, and in place of a long one its windows for which the answer
        is yes, where they are shorter."""
        import polars as pl

        long = _long(rows)
        shorter: list[str] = []
        for place, number in zip(long.to_list(), numbers[long].to_list(), strict=True):
            if number not in self._cut:
                row = str(rows[place])
                self._cut[number] = len(row), windows_of(row)
            length, windows = self._cut[number]
            chosen = windows.filter(asked(windows))
            is_shorter = int(chosen.str.len_chars().sum()) + len(chosen) - 1 <= length
            shorter.append("\n".join(chosen) if is_shorter else rows[place])
        return put(rows, long, pl.Series("text", shorter, dtype=pl.String))

    def changed(self, numbers: "pl.Series") -> None:
        for number in numbers.to_list():
            self._cut.pop(number, None)
            self._letters.pop(number, None)


def _long(rows: "pl.Series") -> "pl.Series":
    return where(rows.str.len_bytes() > LONG_ROW)


def windows_of(row: str) -> "pl.Series":
    """A long row in pieces that overlap."""
    import polars as pl

    return pl.Series("text", [row[at : at + WINDOW + OVERLAP] for at in range(0, len(row), WINDOW)])
