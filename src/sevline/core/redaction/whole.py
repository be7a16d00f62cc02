"""A text before it is cut into lines, and which values that span lines can be in it."""

from collections.abc import Iterable

from sevline.core.redaction.alike import Told
from sevline.core.redaction.compiled import contains
from sevline.core.redaction.detector import Detector
from sevline.core.redaction.few import FewRows
from sevline.core.redaction.literals import LARGE
from sevline.core.redaction.long_rows import letters_of_long_lines, may_find
from sevline.core.redaction.needed import ALL
from sevline.core.redaction.plan import keywords_of


class WholeText:
    """The text as one row; what can be told of it without the patterns is asked first."""

    def __init__(self, text: str, told: Told | None = None) -> None:
        import polars as pl

        self.text, self.row, self._told = text, pl.Series("text", [text], dtype=pl.String), told
        self._letters, self._few = letters_of_long_lines(text), FewRows.of_text(text)

    def is_worth_asking(self, entries: Iterable[Detector]) -> bool:
        """Whether one of the literals of these can be there, which only a text of many lines is asked at once; a large
        one holds one of them anyway."""
        if self._few is not None or self._letters != ALL or len(self.text) >= LARGE:
            return True
        return self._is_named([entry for entry in entries if entry.keywords])

    def holds(self, entry: Detector) -> bool:
        """Whether a block of this kind is there: what only looks like one would cost a copy of all of it."""
        if self._few is not None and not self._few.may_hold([entry]):
            return False
        if self._told is not None and entry.kind in self._told and not self._told.some(entry.kind):
            return False
        if not may_find(entry, self._letters) or (entry.keywords and not self._is_named([entry])):
            return False
        found = self.row.str.extract_all(entry.pattern).explode().drop_nulls().unique().to_list()
        return any(map(entry.validate, found))

    def _is_named(self, entries: list[Detector]) -> bool:
        return bool(contains(self.row, keywords_of(tuple(entries)).pattern).item())
