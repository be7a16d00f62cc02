"""What happens to the catalogue."""

from dataclasses import dataclass
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
