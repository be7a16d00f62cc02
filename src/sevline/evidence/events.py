"""What happens to evidence."""

from dataclasses import dataclass
from datetime import datetime
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
    way: str = "page"
    scan: str = ""


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
class ReadingStopped(Happening):
    """A person wants no more of a reading; what was read until then is kept as a part."""

    kind: ClassVar[str] = "evidence.reading_stopped"
    name: str


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
class ImpactAsked(Happening):
    """Whom a failure touched is to be counted; a job does it."""

    kind: ClassVar[str] = "evidence.impact_asked"
    number: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonAsked(Happening):
    """Before and after a fix are to be compared; a job does it. `run`: the key of the comparison."""

    kind: ClassVar[str] = "evidence.comparison_asked"
    number: int
    run: int
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEnded(Happening):
    """A count in the logs ended without an answer; `state`: refused or stopped."""

    kind: ClassVar[str] = "evidence.count_ended"
    about: str
    state: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactCounted(Happening):
    """The logs of a case were asked whom a failure touched; `records` fit the query."""

    kind: ClassVar[str] = "evidence.impact_counted"
    number: int
    query: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessDefined(Happening):
    """What will count as success was written down."""

    kind: ClassVar[str] = "evidence.success_defined"
    number: int
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FixJudged(Happening):
    """Before and after a fix were compared; `verdict`: pending, pass or fail."""

    kind: ClassVar[str] = "evidence.fix_judged"
    number: int
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceViewed(Happening):
    kind: ClassVar[str] = "evidence.viewed"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTaken(Happening):
    """What reading a file gave was taken out as JSON."""

    kind: ClassVar[str] = "evidence.report_taken"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDownloaded(Happening):
    """The redacted form; the sealed original is never handed out."""

    kind: ClassVar[str] = "evidence.downloaded"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountsShown(Happening):
    """The amounts of a billing file were shown to a holder of the finance grant; none stands in this event."""

    kind: ClassVar[str] = "evidence.amounts_shown"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceExpired(Happening):
    """Its retention is over: both forms are deleted, the hash stays as the tombstone."""

    kind: ClassVar[str] = "evidence.expired"
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLinkMade(Happening):
    """`asks` are keys of checklist items; the link itself is told once and kept nowhere."""

    kind: ClassVar[str] = "evidence.link_made"
    link: int
    asks: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLinkOpened(Happening):
    """Somebody opened the link for the first time."""

    kind: ClassVar[str] = "evidence.link_opened"
    link: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLinkRevoked(Happening):
    kind: ClassVar[str] = "evidence.link_revoked"
    link: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequested(Happening):
    """One message to the customer asked for all of `items`."""

    kind: ClassVar[str] = "evidence.requested"
    request: int
    items: tuple[str, ...]
    count: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistAnswered(Happening):
    """What a person said about an item of the checklist."""

    kind: ClassVar[str] = "evidence.item_answered"
    item: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureConfirmed(Happening):
    """A person looked at the pictures of a file and let the case see them."""

    kind: ClassVar[str] = "evidence.confirmed"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordAdded(Happening):
    """The case's word list grew; `masks` says whether the word is masked from now on or left alone."""

    kind: ClassVar[str] = "evidence.word_added"
    word: str
    masks: bool
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNamed(Happening):
    """A person said what a file is; it is read again as that."""

    kind: ClassVar[str] = "evidence.role_named"
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTold(Happening):
    """A person said when what a file holds was used; signatures and tokens are judged as of then."""

    kind: ClassVar[str] = "evidence.capture_told"
    name: str
    captured: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealAsked(Happening):
    kind: ClassVar[str] = "evidence.reveal_asked"
    token: str
    approval: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevealed(Happening):
    """The value behind a token was shown once; it stands nowhere in this event."""

    kind: ClassVar[str] = "evidence.revealed"
    token: str
    approval: int
