"""What happens to evidence."""

from dataclasses import dataclass
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReceived(Happening):
    """Sealed and quarantined; nobody sees it yet. `size` in bytes."""

    kind: ClassVar[str] = "evidence.received"
    name: str
    size: int
    sha256: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReady(Happening):
    """Redacted and read; `redacted` counts what was masked, by kind."""

    kind: ClassVar[str] = "evidence.ready"
    name: str
    run: int
    artifacts: int
    redacted: dict[str, int]
    detector_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRefused(Happening):
    kind: ClassVar[str] = "evidence.refused"
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRemoved(Happening):
    """Taken out by a person, original and redacted form alike; the hash stays as the tombstone."""

    kind: ClassVar[str] = "evidence.removed"
    name: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCited(Happening):
    kind: ClassVar[str] = "evidence.cited"
    item: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceViewed(Happening):
    kind: ClassVar[str] = "evidence.viewed"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDownloaded(Happening):
    """The redacted form; the sealed original is never handed out."""

    kind: ClassVar[str] = "evidence.downloaded"
    name: str
