"""What happens to the catalogue."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAreaAdded(Happening):
    kind: ClassVar[str] = "product_area.added"
    engineering: str
    is_critical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAsked(Happening):
    """Support asked Engineering for a signal."""

    kind: ClassVar[str] = "product_area.signal_asked"
    request: str
    signal: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalClosed(Happening):
    """The signal is there; `query` shows it."""

    kind: ClassVar[str] = "product_area.signal_closed"
    request: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportabilityScored(Happening):
    kind: ClassVar[str] = "product_area.supportability_scored"
    score: int
    met: int
    of: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRecorded(Happening):
    kind: ClassVar[str] = "change.recorded"
    what: str
    title: str
    at: datetime
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesImported(Happening):
    """`added`: new changes; `known`: rows that were there already; `refused`: rows that could not be read."""

    kind: ClassVar[str] = "changes.imported"
    form: str
    added: int
    known: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWithdrawn(Happening):
    kind: ClassVar[str] = "change.withdrawn"
    title: str
