"""A deploy that no line announces: the version that a log's own lines name changes from one line to the next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: One of these stands in every line that names its version by a field.
WORDS = ("version", "build", "release", "revision", "commit", "sha", "image")
#: The field, and its value, which holds a digit. What belongs to something else, as `api_version` does, is none.
FIELD = (
    r"(?i)(?:^|[\s{,;(\[|&])[\"']?((?:(?:service|app|application|deployment)[._]?)?(?:version|build|release|revision)"
    r"|(?:build|release)[._]?(?:id|number|tag)|(?:git[._]?)?(?:commit|sha)|image[._]?tag)[\"']?\s?[=:]\s?[\"']?"
    r"([A-Za-z_./:@-]{0,60}\d[\w.+:/@-]{0,60})"
)
SERVICE = (
    r"(?i)(?:^|[\s{,;(\[|&])[\"']?(?:service|app|application|component)(?:[._]?name)?[\"']?\s?[=:]\s?[\"']?"
    r"([\w./-]{1,60})"
)
#: A field of so many values is no version of what writes the log, such as that of an order or of its clients.
MOST_VALUES = 6
#: Lines that name the old version before the change, and the new one after it, at least.
LEAST_LINES = 5
#: The new version's share of the lines after the change, at least: a canary takes some of the work.
LEAST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Switch:
    """From the line of this number on, counted from 1, lines name `new` where they named `old`."""

    line: int
    name: str
    old: str
    new: str
    service: str = ""

    @property
    def told(self) -> str:
        whose = f" of {self.service}" if self.service else ""
        return f"{self.name}={self.new}{whose}, where lines before say {self.name}={self.old}"


def switches(rows: "pl.Series") -> Iterator[Switch]:
    """The changes of a version that the lines of a log name, in the order of the log."""
    hits = rows.str.contains_any(list(WORDS), ascii_case_insensitive=True).arg_true()
    if len(hits) < 2 * LEAST_LINES:
        return
    near = rows.gather(hits)
    names, values = near.str.extract(FIELD, 1), near.str.extract(FIELD, 2)
    services = near.str.extract(SERVICE, 1)
    told: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for number, name, value, service in zip(
        hits.to_list(), names.to_list(), values.to_list(), services.to_list(), strict=True
    ):
        if name is not None:
            told.setdefault((name.lower(), service or ""), []).append((number + 1, value.rstrip(".:,")))
    found = [one for (name, service), lines in told.items() for one in _changes(name, service, lines)]
    yield from sorted(found, key=lambda one: one.line)


def _changes(name: str, service: str, lines: Sequence[tuple[int, str]]) -> Iterator[Switch]:
    counts = Counter(value for _, value in lines)
    if not 1 < len(counts) <= MOST_VALUES:
        return
    seen: set[str] = set()
    for at, (number, value) in enumerate(lines):
        if value not in seen and at >= LEAST_LINES:
            after = len(lines) - at
            if counts[value] >= max(LEAST_LINES, LEAST_SHARE * after):
                yield Switch(number, name, lines[at - 1][1], value, service)
        seen.add(value)
