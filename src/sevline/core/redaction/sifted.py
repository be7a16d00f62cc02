"""Which rows of one pass may hold something for a group."""

from typing import TYPE_CHECKING

from sevline.core.redaction.alike import ENCODED, Told
from sevline.core.redaction.compiled import contains
from sevline.core.redaction.detector import Detector
from sevline.core.redaction.few import FewRows
from sevline.core.redaction.long_rows import LongRows
from sevline.core.redaction.plan import Group, Plan
from sevline.core.redaction.rows import numbers, where

if TYPE_CHECKING:
    import polars as pl


class Sifted:
    """What the plan's sieves let through, what changed since, and how many groups each row is still to be asked by.

    `due` are those numbers from the pass before, None where every group is to ask every row: the groups behind the last
    one that changed a row have asked it as it stands, so their answer is known. A row that changes is due for all that
    follow in this pass. `known` are the numbers of the rows of which a question that outlasts thinning was answered
    with yes in an earlier pass, or that were changed otherwise since: it is asked of no other row again.
    """

    def __init__(
        self,
        plan: Plan,
        rows: "pl.Series",
        due: "pl.Series | None" = None,
        known: "dict[int, pl.Series] | None" = None,
        told: Told | None = None,
    ) -> None:
        self._plan, self._size, self._all, self._due = plan, len(rows), len(plan.groups) + 1, due
        self._told = told
        self._known: dict[int, pl.Series] = known or {}
        self._changed: pl.Series | None = None
        self._rewritten: pl.Series | None = None
        self._last: pl.Series | None = None
        self.long = LongRows.of(rows)
        self.few = FewRows.of(rows)
        self._through = [
            self._sieved(rows, sieve, number, first)
            for number, (sieve, first) in enumerate(zip(plan.sieves, plan.firsts, strict=True))
        ]

    def _sieved(self, rows: "pl.Series", sieve: str, number: int, first: int) -> "pl.Series":
        key = ~number
        asked, held = self.still_due(first), self._known.get(key)
        if self.few is not None and not self.few.may_hold(self._plan.behind[number]):
            return numbers(self._size)  # it is not asked, nor is any group behind it while this holds
        if asked is None:
            through = self._of_all(rows, sieve, number)
            if key in self._plan.outlasting:
                self._known[key] = through
            return through
        if held is not None:
            asked = self._due_of(held, first)
        through = self._asked(rows, sieve, number, asked)
        if (
            self._due is not None and held is not None and len(asked) < len(held)
        ):  # the others may become due, and are not asked now
            through = _joined(through, held.filter(self._due[held] <= first)).sort()
        if held is not None:
            self._known[key] = through
        return through

    def _of_all(self, rows: "pl.Series", sieve: str, number: int) -> "pl.Series":
        """Those of all rows that the sieve lets through, or may by what is told of their forms."""
        if self._told is not None and ~number in self._told:
            return self._told.rows((~number,))
        return self._asked(rows, sieve, number, None)

    def _asked(self, rows: "pl.Series", sieve: str, number: int, among: "pl.Series | None") -> "pl.Series":
        """Those of these rows, or of all, that the sieve lets through; it is not asked of an idle one, nor stops it."""
        among, idle = self._parted(rows, among, self._plan.behind[number])
        if among is None:
            through = where(contains(rows, sieve))
        else:
            through = among.filter(contains(rows[among], sieve)) if len(among) else among
        return through if idle is None else _joined(through, idle).sort()

    def _parted(
        self, rows: "pl.Series", among: "pl.Series | None", detectors: tuple[Detector, ...]
    ) -> "tuple[pl.Series | None, pl.Series | None]":
        """Those of these rows, or of all, that are worth asking, and the long ones in which none of the detectors can
        find anything; None stands for all in the first place and for none in the second."""
        import polars as pl

        idle = None if self.long is None else self.long.idle(rows, detectors)
        if idle is None or idle.is_empty():
            return among, None
        is_idle = pl.zeros(self._size, pl.UInt8, eager=True).scatter(idle, 1) == 1
        asked = numbers(self._size) if among is None else among
        return asked.filter(~is_idle[asked]), asked.filter(is_idle[asked])

    def hits(self, number: int, group: Group, rows: "pl.Series") -> "pl.Series":
        """The numbers of the rows that the group is to look at. Of an idle row nothing is told for another pass."""
        if self.few is not None and not self.few.may_hold(group.detectors):
            return numbers(0)
        among, idle = self._parted(rows, self.among(number, group), group.detectors)
        hits = group.rows(rows, among)
        told = hits if idle is None else _joined(hits, idle).sort()
        if self._due is None and number in self._plan.outlasting:
            self._known[number] = told
        return hits

    def _due_of(self, held: "pl.Series", number: int) -> "pl.Series":
        """Those of these rows that the group of this number is to be asked about."""
        if self._due is None or held.is_empty():
            return held
        return held.filter(self._due[held] > number)

    def still_due(self, number: int) -> "pl.Series | None":
        """The numbers of the rows that the group of this number is to be asked about; None stands for all."""
        return None if self._due is None else where(self._due > number)

    def worth_decoding(self) -> "pl.Series | None":
        """The numbers of the rows in which something may be encoded, as `still_due`."""
        if self._told is None:
            return self.still_due(len(self._plan.groups))
        through = self._told.rows((ENCODED,))
        return through if self._changed is None else _joined(through, self._changed).unique().sort()

    def among(self, number: int, group: Group) -> "pl.Series | None":
        """As `still_due`, of what the group's sieve let through or what changed since it was asked."""
        if self._told is not None and number in self._told:
            more = self._rewritten if number in self._plan.outlasting else self._changed
            through = self._told.rows((number,))
            return through if more is None else _joined(through, more).unique().sort()
        held = self._known.get(number) if self._due is not None else None
        if held is None and group.sieve < 0:
            return self.still_due(number)
        lasts = held is not None or ~group.sieve in self._plan.outlasting
        through = self._due_of(self._through[group.sieve] if held is None else held, number)
        more = self._rewritten if lasts else self._changed
        return through if more is None else _joined(through, more).unique().sort()

    def changed(
        self, number: int, before: "pl.Series", after: "pl.Series", hits: "pl.Series", *, thinned: bool = False
    ) -> None:
        """Rows of these numbers were looked at, and some are not as the sieves saw them any more."""
        import polars as pl

        moved = hits.filter(before[hits] != after[hits])
        if moved.is_empty():
            return
        if self.long is not None:
            self.long.changed(moved)
        if self.few is not None:
            self.few = FewRows.of(after)
        self._changed = moved if self._changed is None else _joined(self._changed, moved)
        if not thinned:
            self._rewritten = moved if self._rewritten is None else _joined(self._rewritten, moved)
        last = self._last if self._last is not None else pl.zeros(self._size, pl.UInt16, eager=True)
        self._last = last.scatter(moved, number + 1)
        if self._due is not None:
            self._due = self._due.clone().scatter(moved, self._all)

    def due(self, moved: "pl.Series") -> "pl.Series":
        """Of rows that changed in this pass, by how many groups each is to be asked in the next one."""
        import polars as pl

        return pl.zeros(len(moved), pl.UInt16, eager=True) if self._last is None else self._last[moved]

    def known(self, moved: "pl.Series") -> "dict[int, pl.Series]":
        """What the next pass knows of these rows, by their numbers in it."""
        import polars as pl

        more, every = self._rewritten, set(moved.to_list())
        found: dict[int, pl.Series] = {}
        for key, held in self._known.items():
            asked = held if more is None else more if held.is_empty() else _joined(held, more)
            if asked.is_empty() or every.isdisjoint(asked.to_list()):
                found[key] = moved.head(0)  # as of most: to number no rows costs as much as to number all
            else:
                there = pl.zeros(self._size, pl.UInt8, eager=True).scatter(asked, 1)
                found[key] = where(there[moved] == 1)
        return found


def _joined(first: "pl.Series", second: "pl.Series") -> "pl.Series":
    return first.clone().append(second)
