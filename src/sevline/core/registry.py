"""One file, one entry: everything pluggable (detectors, readers, checks, KPIs) uses this registry."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by key, in the order in which they were added.

    `discover` imports the modules of one folder in name order, so the order is the same on every machine.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry] = {}
        self._discovered: set[str] = set()

    def add(self, key: str, entry: Entry) -> Entry:
        if key in self._entries:
            raise ValueError(f"There is a {self.what} called “{key}” already.")
        self._entries[key] = entry
        return entry

    def discover(self, package: ModuleType) -> None:
        """Looks into the folder once: its files do not change while the process lives."""
        if package.__name__ in self._discovered:
            return
        for module in sorted(iter_modules(package.__path__), key=lambda found: found.name):
            import_module(f"{package.__name__}.{module.name}")
        self._discovered.add(package.__name__)

    def __getitem__(self, key: str) -> Entry:
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"There is no {self.what} called “{key}”.") from None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def keys(self) -> tuple[str, ...]:
        return tuple(self._entries)
