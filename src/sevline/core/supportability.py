"""How well a component can be supported, by a checklist; and when two asked-for signals are the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sevline.core.lifecycle import Refused
from sevline.core.tables import Row, Table, load, no_repeats

SIGNALS = ("log", "metric", "trace", "dashboard", "endpoint", "practice")
_FILLERS = frozenset(
    {"a", "an", "the", "in", "of", "on", "for", "to", "is", "are", "was", "no", "not", "any", "missing", "there",
     "with", "and", "or", "per", "each", "every"}
)  # fmt: skip


class CheckRow(Row, frozen=True):
    """One check; `ask` is the request to Engineering where it is not met, for a signal of that kind."""

    key: str
    signal: str
    title: str
    means: str
    ask: str


class Supportability(Table, frozen=True):
    check: tuple[CheckRow, ...]

    def check_rows(self) -> None:
        no_repeats("check", (row.key for row in self.check))
        if not self.check:
            raise ValueError("there is no check")
        if strange := [row for row in self.check if row.signal not in SIGNALS]:
            raise ValueError(f"the check “{strange[0].key}” asks for “{strange[0].signal}”, which is no kind of signal")


SUPPORTABILITY = load("supportability.toml", Supportability)


@dataclass(frozen=True, slots=True)
class Score:
    """`points` of 100, half up; `gaps` are the checks that are not met, in the order of the table."""

    points: int
    met: tuple[str, ...]
    of: int
    gaps: tuple[CheckRow, ...]
    version: str


def score(met: Iterable[str], table: Supportability = SUPPORTABILITY) -> Score:
    """What a component scores that meets these checks; raises Refused for a check that the table does not hold."""
    given, known = set(met), [row.key for row in table.check]
    if strange := given - set(known):
        raise Refused(f"There is no check “{min(strange)[:40]}”.")
    kept = tuple(key for key in known if key in given)
    gaps = tuple(row for row in table.check if row.key not in given)
    return Score((200 * len(kept) + len(known)) // (2 * len(known)), kept, len(known), gaps, table.version)


def same_signal(name: str) -> str:
    """What two names of one signal have in common: their words in any order, without fillers and plural endings."""
    words = re.findall(r"\w+", name.casefold().replace("_", " "))
    told = {word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word for word in words}
    return " ".join(sorted(told - _FILLERS) or sorted(told))[:300]
