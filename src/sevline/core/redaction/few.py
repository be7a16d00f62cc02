"""What a few short rows hold together: most fields of a form hold nothing that most detectors need.

To ask Polars about one short text costs as much as about a thousand lines, so Python first looks for the literals and
the characters without which the answer is known.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from sevline.core.redaction.detector import Detector
from sevline.core.redaction.long_rows import letters_of
from sevline.core.redaction.needed import lowered, may_stand, needed

if TYPE_CHECKING:
    import polars as pl

#: Characters up to which looking for every literal costs less than one question to Polars for each group.
MOST = 8192


class FewRows:
    """The rows of one pass, or a text before it is cut into rows."""

    def __init__(self, text: str) -> None:
        self._text, self._lower, self._letters = text, lowered(text), letters_of(text)
        self._told: dict[str, bool] = {}

    @classmethod
    def of(cls, rows: "pl.Series") -> "FewRows | None":
        """None where there is more text, or there are more rows, than is worth it."""
        if len(rows) > MOST or int(rows.str.len_bytes().sum()) > MOST:
            return None
        return cls("\n".join(rows.to_list()))

    @classmethod
    def of_text(cls, text: str) -> "FewRows | None":
        return cls(text) if len(text) <= MOST else None

    def may_hold(self, detectors: Iterable[Detector]) -> bool:
        """Whether one of the detectors can find anything."""
        return any(map(self._may_hold, detectors))

    def _may_hold(self, entry: Detector) -> bool:
        if entry.keywords and not (self.has(entry.keywords) if not entry.any_case else self._names(entry.keywords)):
            return False
        return self.may_match(entry.gate or entry.pattern)

    def may_match(self, pattern: str) -> bool:
        """Whether there are the words and characters that every match of the pattern holds."""
        if pattern not in self._told:
            self._told[pattern] = may_stand(needed(pattern), self._letters, self._lower)
        return self._told[pattern]

    def has(self, literals: Iterable[str]) -> bool:
        """Whether one of them stands there as it is written."""
        return any(literal in self._text for literal in literals)

    def _names(self, literals: tuple[str, ...]) -> bool:
        return any(literal in self._lower for literal in _lowered(literals))


def learn(detectors: Iterable[Detector]) -> None:
    """Reads of each detector what it needs, for a process of which many are forked."""
    for entry in detectors:
        needed(entry.gate or entry.pattern)


@lru_cache(1024)
def _lowered(literals: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(literal.lower() for literal in literals)


def forget() -> None:
    _lowered.cache_clear()
