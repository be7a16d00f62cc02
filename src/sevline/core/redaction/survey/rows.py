"""Which rows are worth which question, in one scan."""

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from sevline.core.redaction.survey.machine import WORDS, scan

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from sevline.core.redaction.survey.table import Table

    Masks = NDArray[np.uint64]
    Places = NDArray[np.int64]

#: Bytes of text for which the scan is made, and from which it is used once it was made.
WORTH_MAKING, WORTH_SCANNING = 1_000_000, 16_384
#: Bytes of a row that it takes long to scan again.
LONGEST = 262_144
#: How many sets of questions keep their tables.
MOST_MADE = 4
_making = Lock()
_choice = {"scanned": True}


def do_without() -> None:
    """From now on this process asks every row: LLVM takes some 50 MB, which several have not to spare."""
    _choice["scanned"] = False


@dataclass(frozen=True)
class Scanner:
    """Some questions, of which those are scanned for that it pays to: `bits` gives their places."""

    questions: tuple[str, ...]

    @cached_property
    def bits(self) -> dict[str, int]:
        from sevline.core.redaction.survey.table import is_worth_it

        worth = [question for question in dict.fromkeys(self.questions) if is_worth_it(question)]
        return {question: bit for bit, question in enumerate(worth[: 64 * WORDS])}

    @cached_property
    def table(self) -> "Table":
        from sevline.core.redaction.survey.table import table

        return table(tuple(self.bits))

    def make(self) -> None:
        """The tables, for whoever comes first; others wait."""
        _ = self.table

    def scanned(self, text: bytes, starts: "Places", stops: "Places") -> "Masks":
        """Two words of questions for each stretch of the text."""
        import numpy as np

        from sevline.core.redaction.survey.table import FOLD, SYMBOLS

        run = scan()
        assert run is not None  # noqa: S101 - asked for by whoever has the scanner
        out = np.empty((len(starts), WORDS), np.uint64)
        one = self.table
        lists = (one.single, one.seldom, one.first, one.crowded, one.around, one.listed)
        arrays = (FOLD, SYMBOLS, *lists, one.shape, one.classes, one.wanted, out)
        source = np.frombuffer(text, np.uint8)
        places = (source.ctypes.data, starts.ctypes.data, stops.ctypes.data)
        run(*places, len(starts), *(array.ctypes.data for array in arrays))
        return out


_made: dict[tuple[str, ...], Scanner] = {}


def scanner(questions: tuple[str, ...], size: int) -> Scanner | None:
    """The scanner of these questions for a text of so many bytes; None where it does not pay, or cannot be."""
    if not _choice["scanned"] or size < (WORTH_SCANNING if questions in _made else WORTH_MAKING):
        return None
    with _making:
        if scan() is None:
            return None
        found = _made.get(questions)
        if found is None:
            found = Scanner(questions)
            found.make()
            while len(_made) >= MOST_MADE:  # of sets of questions with a case's own words
                _made.pop(next(iter(_made)))
            _made[questions] = found
        return found


class Survey:
    """What rows are worth; kept up where they change."""

    def __init__(self, scanner: Scanner, rows: "pl.Series") -> None:
        self._scanner = scanner
        self._told = self._of(rows)

    def _of(self, rows: "pl.Series") -> "Masks":
        import numpy as np

        lengths = rows.str.len_bytes().to_numpy()
        stops = np.cumsum(lengths, dtype=np.int64)
        starts = np.concatenate((np.zeros(1, np.int64), stops[:-1]))
        return self._scanner.scanned(rows.str.join("").item().encode(), starts, stops)

    def worth(self, question: str) -> "pl.Series | None":
        """The numbers of the rows that are worth the question; None where all may be."""
        import numpy as np
        import polars as pl

        bit = self._scanner.bits.get(question)
        if bit is None:
            return None
        word, place = divmod(bit, 64)
        found = np.flatnonzero(self._told[:, word] & np.uint64(1 << place))
        return pl.Series("at", found, dtype=pl.get_index_type())

    def changed(self, at: "pl.Series", rows: "pl.Series") -> None:
        """The rows of these numbers are now these. A long one that was worth nearly everything is not scanned again."""
        import numpy as np

        places = at.to_numpy()
        is_long = rows.str.len_bytes().to_numpy() > LONGEST
        if not is_long.any():
            self._told[places] = self._of(rows)
            return
        full = np.bitwise_count(self._told[places]).sum(axis=1) > len(self._scanner.bits) / 2
        kept = np.flatnonzero(~(is_long & full))
        self._told[places] = ~np.uint64(0)
        if len(kept):
            self._told[places[kept]] = self._of(rows.gather(kept))
