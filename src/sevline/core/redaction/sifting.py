"""Which rows of a pass may hold something for whom: of a short text by patterns, of a long one by search for words."""

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from sevline.core.redaction.clues import clues
from sevline.core.redaction.compiled import contains
from sevline.core.redaction.detector import Stage
from sevline.core.redaction.plan import Group, Plan, joined
from sevline.core.redaction.views import UNMARKED, VIEWS, View

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from sevline.core.redaction.wordsieve import WordSieve

#: Bytes of a text from which to search it for words is worth while, and to make ready for that.
WORTH, WORTH_A_START = 1 << 11, 1 << 21


class Sifted(Protocol):
    """The rows of one pass."""

    def among(self, group: Group) -> "pl.Series | None":
        """The numbers of the rows that the group is to ask; None stands for all."""
        ...

    def apart(self, group: Group, hits: "pl.Series") -> "list[pl.Series] | None":
        """For each detector of the group its places among these rows; None where that is not known, or all the group's
        detectors ask for the same."""
        ...

    def encoded(self, view: View, rows: "pl.Series") -> "pl.Series":
        """The numbers of the rows in which something may be encoded so."""
        ...

    def changed(self, before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> None:
        """Rows of these numbers were looked at, and some are not as they were when they were sifted."""
        ...


def sifted(plan: Plan, rows: "pl.Series") -> Sifted:
    """The rows, sifted as their size makes it worth."""
    size = int(rows.str.len_bytes().sum() or 0)
    questions = questions_of(plan.groups)
    if size >= WORTH_A_START or (size >= WORTH and questions in _ready):
        return _ByWords(questions, rows)
    return _ByPatterns(plan, rows)


class _ByPatterns:
    """Patterns, each the first questions of several groups as one."""

    def __init__(self, plan: Plan, rows: "pl.Series") -> None:
        self._through = [contains(rows, sieve).arg_true() for sieve in plan.sieves]
        self._changed: pl.Series | None = None
        self._unmarked: pl.Series | None = None

    def among(self, group: Group) -> "pl.Series | None":
        if group.sieve < 0:
            return None
        through = self._through[group.sieve]
        return through if self._changed is None else joined(through, self._changed).unique().sort()

    def apart(self, _group: Group, _hits: "pl.Series") -> None:
        return None

    def encoded(self, view: View, rows: "pl.Series") -> "pl.Series":
        if view.marks:
            return _encoded(view, rows)
        if self._unmarked is None:
            self._unmarked = contains(rows, UNMARKED).arg_true()
        return self._unmarked

    def changed(self, before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> None:
        moved = _moved(before, after, hits)
        if len(moved):
            self._changed = moved if self._changed is None else joined(self._changed, moved)


Questions = tuple[tuple[str, ...], ...]


class _ByWords:
    """A mask of bits for each row; a row that changed is searched again."""

    def __init__(self, questions: Questions, rows: "pl.Series") -> None:
        self._numbers = {asked: number for number, asked in enumerate(questions)}
        self._sieve = _sieve(questions)
        self._masks = self._sieve.masks(rows)
        self._unmarked: pl.Series | None = None

    def among(self, group: Group) -> "pl.Series | None":
        asked = _asked(group)
        return self._rows(asked) if asked in self._numbers else None

    def apart(self, group: Group, hits: "pl.Series") -> "list[pl.Series] | None":
        asked = _asked(group)
        if asked not in self._numbers or group.keywords or group.alone:
            return None
        masks = self._masks.take(hits.to_numpy())
        return [_numbers(masks & bit) for bit in self._bits(asked)]

    def encoded(self, view: View, rows: "pl.Series") -> "pl.Series":
        if view.marks:
            return _encoded(view, rows, self._rows((view.gate,)))
        if self._unmarked is None:
            hits = self._rows((UNMARKED,))
            self._unmarked = hits.filter(contains(rows.gather(hits), UNMARKED))
        return self._unmarked

    def changed(self, before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> None:
        moved = _moved(before, after, hits)
        if len(moved):
            self._masks[moved.to_numpy()] = self._sieve.masks(after.gather(moved))

    def _rows(self, asked: tuple[str, ...]) -> "pl.Series":
        mask = self._masks.dtype.type(0)
        for bit in self._bits(asked):
            mask |= bit
        return _numbers(self._masks & mask)

    def _bits(self, asked: tuple[str, ...]) -> "list[np.uint64]":
        return self._sieve.bits[self._numbers[asked]]


def _numbers(masks: "NDArray[np.uint64]") -> "pl.Series":
    import numpy as np
    import polars as pl

    return pl.Series("at", np.flatnonzero(masks).astype(np.uint32), dtype=pl.get_index_type())


def _encoded(view: View, rows: "pl.Series", among: "pl.Series | None" = None) -> "pl.Series":
    """The numbers of the rows, all or those of these numbers, with a mark of the encoding and a piece encoded in it."""
    some = rows if among is None else rows.gather(among)
    hits = some.str.contains_any(list(view.marks))
    at = hits.arg_true() if among is None else among.filter(hits)
    return at.filter(contains(rows.gather(at), view.gate)) if len(at) else at


def _moved(before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> "pl.Series":
    return hits.filter(before.gather(hits) != after.gather(hits))


def _asked(group: Group) -> tuple[str, ...]:
    """The questions of a group: of detectors whose gates are joined each its own, else the first."""
    if group.keywords or group.alone:
        return (group.question,)
    return tuple(entry.gate or entry.pattern for entry in group.detectors)


@lru_cache(maxsize=32)
def questions_of(groups: tuple[Group, ...]) -> Questions:
    """Those of the built-in detectors, which are the same for every case, and of the encodings."""
    asked = [_asked(group) for group in groups if group.detectors[0].stage is not Stage.TERM]
    return (*dict.fromkeys([*asked, *((view.gate,) for view in VIEWS if view.gate), (UNMARKED,)]),)


_ready: set[Questions] = set()


@lru_cache(maxsize=4)
def _sieve(questions: Questions) -> "WordSieve":
    from sevline.core.redaction.wordsieve import WordSieve

    sieve = WordSieve([[clues(pattern) for pattern in asked] for asked in questions])
    _ready.add(questions)
    return sieve
