"""Which rows of one pass may hold something for a group, and the windows of its long rows."""

from typing import TYPE_CHECKING

from sevline.core.redaction.compiled import contains
from sevline.core.redaction.plan import Group, Plan, Windows

if TYPE_CHECKING:
    import polars as pl


class Sifted:
    """What the plan's sieves let through, and what changed since."""

    def __init__(self, plan: Plan, rows: "pl.Series") -> None:
        self._through = [contains(rows, sieve).arg_true() for sieve in plan.sieves]
        self._changed: pl.Series | None = None
        self.windows = Windows()

    def among(self, group: Group) -> "pl.Series | None":
        """The numbers of the rows that the group is to ask; None stands for all."""
        if group.sieve < 0:
            return None
        through = self._through[group.sieve]
        return through if self._changed is None else _joined(through, self._changed).unique().sort()

    def changed(self, before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> None:
        """Rows of these numbers were looked at, and some are not as the sieves saw them any more."""
        moved = hits.filter(before.gather(hits) != after.gather(hits))
        if len(moved):
            self.windows.changed(moved)
            self._changed = moved if self._changed is None else _joined(self._changed, moved)


def _joined(first: "pl.Series", second: "pl.Series") -> "pl.Series":
    return first.clone().append(second)
