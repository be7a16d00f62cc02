"""Whom the records of a small log name, for `sevline logs`: tenants, regions, versions and hosts, counted."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sevline.core.mining import LogState
    from sevline.core.mining.shares import NamedValues, Shares

_LARGEST = 64 * 1024 * 1024
_MOST_RECORDS = 50_000
"""Records that are looked at: it takes Python a second or so."""

_SAMPLE_LINES = 200
_NAMING = 0.05
"""Part of the first lines that must name something."""


class Naming:
    """Looks at one plain file whose lines name something; of anything else it knows nothing."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._path = Path(paths[0]) if len(paths) == 1 and _names_something(Path(paths[0])) else None
        self.values = None if self._path is None else _values()

    def shares(self, state: "LogState") -> "Mapping[str, Shares]":
        """Pattern -> dimension -> value -> records; when all has been read."""
        if self._path is None or self.values is None or not self.values.shape_of:
            return {}
        with self._path.open("rb") as stream:
            found = self.values.count((line.rstrip(b"\r\n") for line in stream), state.pattern_of())
        if self.values.cut:
            for name in state.sources:
                state.note(name, f"Whom its records name was counted in the first {_MOST_RECORDS:,} of them.")
        return found


def _values() -> "NamedValues":
    from sevline.core.mining.shares import NamedValues

    return NamedValues(_MOST_RECORDS)


def _names_something(path: Path) -> bool:
    """Whether it is a file of lines, neither packed nor one document, some of which name a tenant or the like."""
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return False
    from sevline.core.mining.shares import DIMENSIONS
    from sevline.core.readers.logs.fields import fields_of
    from sevline.core.readers.logs.lines import LineFacts
    from sevline.core.readers.logs.unfold import unfolded

    try:
        with path.open("rb") as stream:
            head = stream.read(256 * 1024)
    except OSError:
        return False  # whoever reads all of it says so
    facts = LineFacts()
    sample = [line.text for line in islice(unfolded([head], facts), _SAMPLE_LINES)]
    if facts.folded or facts.returns or facts.encoding != "utf-8" or not sample:
        return False
    naming = sum(not fields_of(line).keys().isdisjoint(DIMENSIONS) for line in sample)
    return naming >= max(1, _NAMING * len(sample))
