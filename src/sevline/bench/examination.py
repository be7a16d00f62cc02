"""What an examination returns: plain values, JSON-able through `as_json`, holding redacted content only."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from sevline.core.finding import Finding

TOGETHER = "together."
"""Before the ids of what files show only side by side, where each source has a prefix of its own."""


class ArtifactState(StrEnum):
    READ = "read"
    PARTIAL = "partial"
    REFUSED = "refused"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class ArtifactHead:
    """Sent before the redacted bytes of one artefact: who it is, how to show it. `parent` is an artefact id or ""."""

    id: str
    name: str
    kind: str
    mode: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """`size` in bytes and `sha256` are of the original; `lines` are of the redacted text; `reason` is a sentence."""

    id: str
    name: str
    kind: str
    mode: str
    size: int
    sha256: str
    lines: int
    state: ArtifactState
    reason: str = ""
    parent: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Redactions:
    """`counts` and up to five tokens a kind; `not_looked_at` names what no detector saw, with the reason."""

    counts: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    not_looked_at: list[str] = field(default_factory=list)
    version: str = ""
    secrets: list[str] = field(default_factory=list)
    """Of secrets that only their names gave away, a keyed hash and the length."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A log line's shape. `histogram`: [minute of the epoch, count]; `examples`: [line number, redacted text]."""

    artifact: str
    id: str
    template: str
    count: int
    first: str
    last: str
    levels: dict[str, int]
    histogram: list[tuple[int, int]]
    examples: list[tuple[int, str]]
    services: list[str]
    step: int = 1
    """Minutes of a cell of the histogram."""
    records_of: dict[str, int] = field(default_factory=dict)
    """Service -> records."""
    shares: dict[str, dict[str, int]] = field(default_factory=dict)
    """Tenant, region, version, host -> value -> records that name it."""


@dataclass(frozen=True, slots=True)
class FoundFact:
    artifact: str
    kind: str
    value: str
    offset: int
    confidence: float
    instant: str
    zone_known: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """What would let more checks run: the thing, how to get it, and the ids of the checks that wait for it."""

    what: str
    how: str
    checks: list[str]


@dataclass(frozen=True, slots=True)
class Examination:
    """`time_range` is [first, last] in ISO 8601 with offset, or empty; `at` is the moment times are judged by. `notes`
    are sentences about what was sent as a whole; `topics` are those that a text speaks of, as check ids begin; `gave`
    names the kinds of evidence that checks can ask for.
    """

    at: str
    artifacts: tuple[Artifact, ...] = ()
    redactions: Redactions = field(default_factory=Redactions)
    patterns: tuple[Pattern, ...] = ()
    findings: tuple[Finding, ...] = ()
    missing: tuple[Missing, ...] = ()
    facts: tuple[FoundFact, ...] = ()
    time_range: tuple[str, ...] = ()
    refused: str = ""
    notes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    gave: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
