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
    follow in this pass. `known` are the numbers of the rows of which a question that outlasts thinning was answered
    with yes in an earlier pass, or that were changed otherwise since: it is asked of no other row again.
    """

    def __init__(
        self,
        plan: Plan,
        rows: "pl.Series",
        due: "pl.Series | None" = None,
        known: "dict[int, pl.Series] | None" = None,
    ) -> None:
        self._plan, self._size, self._all, self._due = plan, len(rows), len(plan.groups) + 1, due
        self._known: dict[int, pl.Series] = known or {}
        self._changed: pl.Series | None = None
        self._rewritten: pl.Series | None = None
        self._last: pl.Series | None = None
        self._through = [
            self._sieved(rows, sieve, number, first)
            for number, (sieve, first) in enumerate(zip(plan.sieves, plan.firsts, strict=True))
        ]
        self.windows = Windows()

    def _sieved(self, rows: "pl.Series", sieve: str, number: int, first: int) -> "pl.Series":
        key = ~number
        asked, held = self.still_due(first), self._known.get(key)
        if asked is None:
            through = contains(rows, sieve).arg_true()
            if key in self._plan.outlasting:
                self._known[key] = through
            return through
        if held is not None:
            asked = self._due_of(held, first)
        through = asked.filter(contains(rows.gather(asked), sieve)) if len(asked) else asked
        if (
            self._due is not None and held is not None and len(asked) < len(held)
        ):  # the others may become due, and are not asked now
            through = _joined(through, held.filter(self._due.gather(held) <= first)).sort()
        if held is not None:
            self._known[key] = through
        return through

    def _due_of(self, numbers: "pl.Series", number: int) -> "pl.Series":
        """Those of these rows that the group of this number is to be asked about."""
        if self._due is None or numbers.is_empty():
            return numbers
        return numbers.filter(self._due.gather(numbers) > number)

    def still_due(self, number: int) -> "pl.Series | None":
        """The numbers of the rows that the group of this number is to be asked about; None stands for all."""
        return None if self._due is None else (self._due > number).arg_true()

    def among(self, number: int, group: Group) -> "pl.Series | None":
        """As `still_due`, of what the group's sieve let through or what changed since it was asked."""
        held = self._known.get(number) if self._due is not None else None
        if held is None and group.sieve < 0:
            return self.still_due(number)
        lasts = held is not None or ~group.sieve in self._plan.outlasting
        through = self._due_of(self._through[group.sieve] if held is None else held, number)
        more = self._rewritten if lasts else self._changed
        return through if more is None else _joined(through, more).unique().sort()

    def answered(self, number: int, hits: "pl.Series") -> None:
        """The group looked at these rows."""
        if self._due is None and number in self._plan.outlasting:
            self._known[number] = hits

    def changed(
        self, number: int, before: "pl.Series", after: "pl.Series", hits: "pl.Series", *, thinned: bool = False
    ) -> None:
        """Rows of these numbers were looked at, and some are not as the sieves saw them any more."""
        import polars as pl

        moved = hits.filter(before.gather(hits) != after.gather(hits))
        if moved.is_empty():
            return
        self.windows.changed(moved)
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

        return pl.zeros(len(moved), pl.UInt16, eager=True) if self._last is None else self._last.gather(moved)

    def known(self, moved: "pl.Series") -> "dict[int, pl.Series]":
        """What the next pass knows of these rows, by their numbers in it."""
        import polars as pl

        more, every = self._rewritten, set(moved.to_list())
        found: dict[int, pl.Series] = {}
        for key, held in self._known.items():
            numbers = held if more is None else more if held.is_empty() else _joined(held, more)
            if numbers.is_empty() or every.isdisjoint(numbers.to_list()):
                found[key] = moved.head(0)  # as of most: to number no rows costs as much as to number all
            else:
                there = pl.zeros(self._size, pl.UInt8, eager=True).scatter(numbers, 1)
                found[key] = (there.gather(moved) == 1).arg_true()
        return found


def _joined(first: "pl.Series", second: "pl.Series") -> "pl.Series":
    return first.clone().append(second)
