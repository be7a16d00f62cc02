"""What a pattern finds in some rows, how often, and the rows with something else in its place."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from sevline.core.redaction.compiled import between_marks
from sevline.core.redaction.pieces import exchanged
from sevline.core.redaction.thinning import Around, thins, thins_by

if TYPE_CHECKING:
    import polars as pl

#: Bytes from which Polars cuts the text and counts, which holds up no other thread meanwhile, and how long a row is
#: then on average: in short ones the matches are seldom the same.
LARGE, LONG = 262_144, 512
#: Different matches up to which Polars puts in the others too, and how often each must stand there on average.
MOST, OFTEN = 4_096, 4


class Matches:
    """Each match stands between two marks, so that only it is replaced and not the same letters elsewhere. `marks` do
    not occur in the rows."""

    def __init__(self, rows: "pl.Series", pattern: str, marks: tuple[str, str]) -> None:
        self._mark, self._end = marks
        self._marked = between_marks(rows, pattern, self._mark)
        self._cut: pl.Series | None = None
        if int(rows.str.len_bytes().sum()) >= max(LARGE, LONG * len(rows)):
            self._cut = self._marked.str.join(self._end).str.split(self._mark).explode()

    @cached_property
    def _pieces(self) -> list[str]:
        """The text in pieces, of which every second one is a match."""
        if self._cut is not None:
            return self._cut.to_list()
        return self._end.join(self._marked.to_list()).split(self._mark)

    @cached_property
    def found(self) -> Counter[str]:
        """How often each was found, in the order of the text."""
        if self._cut is None:
            return Counter(self._pieces[1::2])
        found = self._cut.gather_every(2, 1)
        if found.is_empty():
            return Counter()
        different = found.unique(maintain_order=True)
        return Counter(dict(zip(different.to_list(), found.unique_counts().to_list(), strict=True)))

    def thins(self, replacements: Mapping[str, str]) -> bool:
        """As `thinning.thins`."""
        if self._cut is None:
            return thins(self._pieces, replacements, self._end)
        found, between = self._cut.gather_every(2, 1), self._cut.gather_every(2)
        before, behind = between.head(-1).str.tail(1), between.slice(1).str.head(1)

        def around() -> Around:
            return Around(
                (found[0], before[0]),
                (found[-1], behind[-1]),
                self._pairs(found.slice(1), before.slice(1)),
                self._pairs(found.head(-1), behind.head(-1)),
            )

        return thins_by({*before.unique(), *behind.unique()}, around, replacements, self._end)

    def _pairs(self, found: "pl.Series", beside: "pl.Series") -> set[tuple[str, str]]:
        """Each match with the character next to it, alike ones once."""
        cut = (pair.partition(self._mark) for pair in (found + self._mark + beside).unique().to_list())
        return {(value, character) for value, _, character in cut}

    def exchanged(self, replacements: Mapping[str, str]) -> "pl.Series":
        """The rows with each of these in the place of what was found; what has none stays. The last that is asked."""
        import polars as pl

        if self._cut is not None and 0 < len(self.found) <= min(MOST, self.found.total() // OFTEN):
            written = [f"{self._mark}{value}{self._mark}" for value in self.found]
            return self._marked.str.replace_many(written, [replacements.get(value, value) for value in self.found])
        return pl.Series(
            "text", exchanged(self._pieces, dict(replacements), self._mark).split(self._end), dtype=pl.String
        )
