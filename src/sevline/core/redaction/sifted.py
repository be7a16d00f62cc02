"""Which rows of one pass may hold something for a group, and the windows of its long rows."""

from typing import TYPE_CHECKING

from sevline.core.redaction.compiled import contains
from sevline.core.redaction.plan import Group, Plan, Windows

if TYPE_CHECKING:
    import polars as pl


class Sifted:
    """What the plan's sieves let through, what changed since, and how many groups each row is still to be asked by.

    `due` are those numbers from the pass before, None where every group is to ask every row: the groups behind the last
    one that changed a row have asked it as it stands, so their answer is known. A row that changes is due for all that
    follow in this pass.
    """

    def __init__(self, plan: Plan, rows: "pl.Series", due: "pl.Series | None" = None) -> None:
        self._size, self._all, self._due = len(rows), len(plan.groups) + 1, due
        self._changed: pl.Series | None = None
        self._last: pl.Series | None = None
        self._through = [
            self._sieved(rows, sieve, first) for sieve, first in zip(plan.sieves, plan.firsts, strict=True)
        ]
        self.windows = Windows()

    def _sieved(self, rows: "pl.Series", sieve: str, first: int) -> "pl.Series":
        asked = self.still_due(first)
        if asked is None:
            return contains(rows, sieve).arg_true()
        return asked.filter(contains(rows.gather(asked), sieve)) if len(asked) else asked

    def still_due(self, number: int) -> "pl.Series | None":
        """The numbers of the rows that the group of this number is to be asked about; None stands for all."""
        return None if self._due is None else (self._due > number).arg_true()

    def among(self, number: int, group: Group) -> "pl.Series | None":
        """As `still_due`, of what the group's sieve let through or what changed since it was asked."""
        if group.sieve < 0:
            return self.still_due(number)
        through = self._through[group.sieve]
        if self._due is not None:
            through = through.filter(self._due.gather(through) > number)
        return through if self._changed is None else _joined(through, self._changed).unique().sort()

    def changed(self, number: int, before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> None:
        """Rows of these numbers were looked at, and some are not as the sieves saw them any more."""
        import polars as pl

        moved = hits.filter(before.gather(hits) != after.gather(hits))
        if moved.is_empty():
            return
        self.windows.changed(moved)
        self._changed = moved if self._changed is None else _joined(self._changed, moved)
        last = self._last if self._last is not None else pl.zeros(self._size, pl.UInt16, eager=True)
        self._last = last.scatter(moved, number + 1)
        if self._due is not None:
            self._due = self._due.clone().scatter(moved, self._all)

    def due(self, moved: "pl.Series") -> "pl.Series":
        """Of rows that changed in this pass, by how many groups each is to be asked in the next one."""
        import polars as pl

        return pl.zeros(len(moved), pl.UInt16, eager=True) if self._last is None else self._last.gather(moved)


def _joined(first: "pl.Series", second: "pl.Series") -> "pl.Series":
    return first.clone().append(second)
