"""What happens while a case is diagnosed. Evidence is named by its register keys, such as E-3."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsKept(Happening):
    """The checks ran over an upload; `counts` by state."""

    kind: ClassVar[str] = "diagnosis.findings_kept"
    upload: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesReadTogether(Happening):
    """The checks ran over several files side by side; `counts` by state, or the reason why they could not."""

    kind: ClassVar[str] = "diagnosis.files_read_together"
    files: str
    counts: dict[str, int]
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisProposed(Happening):
    kind: ClassVar[str] = "diagnosis.hypothesis_proposed"
    hypothesis: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisMoved(Happening):
    kind: ClassVar[str] = "diagnosis.hypothesis_moved"
    hypothesis: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLinked(Happening):
    kind: ClassVar[str] = "diagnosis.evidence_linked"
    hypothesis: str
    item: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestStarted(Happening):
    kind: ClassVar[str] = "diagnosis.test_started"
    test: str
    hypothesis: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestConcluded(Happening):
    kind: ClassVar[str] = "diagnosis.test_concluded"
    test: str
    conclusion: str
    actual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRecorded(Happening):
    """A cause with its confidence; with `probable` or `confirmed` and evidence it is a diagnosis (F-06)."""

    kind: ClassVar[str] = "diagnosis.cause_recorded"
    cause: int
    statement: str
    confidence: str
    items: tuple[str, ...]
    component: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRefuted(Happening):
    kind: ClassVar[str] = "diagnosis.cause_refuted"
    cause: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReproductionRecorded(Happening):
    kind: ClassVar[str] = "diagnosis.reproduction_recorded"
    state: str
    failed: int
    runs: int
    environment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkaroundRecorded(Happening):
    kind: ClassVar[str] = "diagnosis.workaround_recorded"
    workaround: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkaroundValidated(Happening):
    kind: ClassVar[str] = "diagnosis.workaround_validated"
    workaround: int
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkaroundAccepted(Happening):
    """The customer said so; this stops the restore clock."""

    kind: ClassVar[str] = "diagnosis.workaround_accepted"
    workaround: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkaroundWithdrawn(Happening):
    kind: ClassVar[str] = "diagnosis.workaround_withdrawn"
    workaround: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FixValidated(Happening):
    """The reproduction was run again after a fix: `failed` of `runs`."""

    kind: ClassVar[str] = "diagnosis.fix_validated"
    failed: int
    runs: int
    build: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesChecked(Happening):
    kind: ClassVar[str] = "diagnosis.changes_checked"
    window_first: datetime
    window_last: datetime
    found: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownErrorsSearched(Happening):
    kind: ClassVar[str] = "diagnosis.known_errors_searched"
    terms: str
    matches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelemetryGapNoted(Happening):
    kind: ClassVar[str] = "diagnosis.telemetry_gap_noted"
    text: str
    is_none: bool = False
    minutes: int = 0
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunbookStepDone(Happening):
    """A step of a runbook was answered, skipped, or proven by checks; `outcome` is fault, clear or skipped."""

    kind: ClassVar[str] = "diagnosis.runbook_step_done"
    runbook: str
    version: str
    step: str
    outcome: str
    note: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAllowed(Happening):
    """A host may be called for a case; `may_write`: requests may change data there."""

    kind: ClassVar[str] = "diagnosis.target_allowed"
    target: str
    why: str
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRemoved(Happening):
    kind: ClassVar[str] = "diagnosis.target_removed"
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAsked(Happening):
    kind: ClassVar[str] = "diagnosis.probe_asked"
    probe: str
    target: str
    what: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeEnded(Happening):
    kind: ClassVar[str] = "diagnosis.probe_ended"
    probe: str
    state: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSaved(Happening):
    """A request that can be repeated, without secrets."""

    kind: ClassVar[str] = "diagnosis.request_saved"
    request: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsAsked(Happening):
    kind: ClassVar[str] = "diagnosis.runs_asked"
    runs: str
    request: str
    target: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsEnded(Happening):
    """k of n: the fault showed in `failed` of `times` runs."""

    kind: ClassVar[str] = "diagnosis.runs_ended"
    runs: str
    state: str
    failed: int
    times: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeSaved(Happening):
    kind: ClassVar[str] = "diagnosis.recipe_saved"
    images: tuple[str, ...]
    warnings: int
