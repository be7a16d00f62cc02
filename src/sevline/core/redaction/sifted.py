"""Which rows of one pass may hold something for a group, or for an encoding, of those that may hold anything at all."""

from typing import TYPE_CHECKING

from sevline.core.redaction.compiled import contains
from sevline.core.redaction.plan import Group, Plan, Windows
from sevline.core.redaction.survey.rows import Survey, scanner
from sevline.core.redaction.views import VIEWS

if TYPE_CHECKING:
    import polars as pl

_GATES = tuple(dict.fromkeys(view.gate for view in VIEWS if view.gate))


class Sifted:
    """What the scan of a large text or the plan's sieves let through, and what changed since."""

    def __init__(self, plan: Plan, rows: "pl.Series") -> None:
        self._plan, self._rows = plan, rows
        self.windows = Windows()
        found = scanner((*plan.questions, *_GATES), int(rows.str.len_bytes().sum()))
        self._survey = Survey(found, rows) if found else None
        self._changed: pl.Series | None = None
        self._through: dict[int, pl.Series] = {}

    def among(self, group: Group) -> "pl.Series | None":
        """The numbers of the rows that the group is to ask; None stands for all."""
        worth = self.worth(group.question)
        if worth is not None or group.sieve < 0:
            return worth
        if group.sieve not in self._through:
            self._through[group.sieve] = contains(self._rows, self._plan.sieves[group.sieve]).arg_true()
        through = self._through[group.sieve]
        return through if self._changed is None else _joined(through, self._changed).unique().sort()

    def worth(self, question: str) -> "pl.Series | None":
        """The numbers of the rows that the scan let through; None stands for all."""
        return self._survey.worth(question) if self._survey else None

    def changed(self, before: "pl.Series", after: "pl.Series", hits: "pl.Series") -> None:
        """Rows of these numbers were looked at, and some are not as they were seen any more."""
        now = after.gather(hits)
        is_moved = before.gather(hits) != now
        moved = hits.filter(is_moved)
        if len(moved):
            self.windows.changed(moved)
            self._changed = moved if self._changed is None else _joined(self._changed, moved)
            if self._survey:
                self._survey.changed(moved, now.filter(is_moved))


def _joined(first: "pl.Series", second: "pl.Series") -> "pl.Series":
    return first.clone().append(second)
