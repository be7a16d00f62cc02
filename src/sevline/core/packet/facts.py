"""What an escalation packet is made from: plain values that a case already holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

UNKNOWN = "unknown"
RUNNING = "running"
IMPACT_PARTS = ("accounts", "users", "regions", "feature", "since", "still_happening", "business_effect")
CHANGE_AREAS = ("deploys", "flags", "config", "customer")
TITLE_MAX = 90


class Ask(StrEnum):
    FIX = "fix"
    DIAGNOSE = "diagnose"
    DATA = "data"
    DECISION = "decision"


class Reproduced(StrEnum):
    REPRODUCED = "reproduced"
    INTERMITTENT = "intermittent"
    NOT_REPRODUCED = "not_reproduced"


class WorkaroundState(StrEnum):
    NOT_LOOKED_FOR = ""
    NONE_FOUND = "none_found"
    PARTIAL = "partial"
    VALIDATED = "validated"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One excerpt and the claim that it carries. `window` is the time range that `query` was asked for."""

    id: str
    claim: str
    source: str = ""
    query: str = ""
    window: str = ""
    excerpt: str = ""
    redacted: bool = True


@dataclass(frozen=True, slots=True)
class HypothesisItem:
    statement: str
    state: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TestItem:
    """A test that was run. One without a conclusion is inconclusive and stays in the packet, as does one that runs."""

    __test__ = False  # pytest must not collect it

    purpose: str
    expected: str = ""
    actual: str = ""
    conclusion: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.conclusion == RUNNING


@dataclass(frozen=True, slots=True)
class Reproduction:
    """`succeeded` of `runs` showed the fault; both None when nobody counted. `recipe` is the text of a compose file."""

    state: Reproduced | None = None
    steps: tuple[str, ...] = ()
    succeeded: int | None = None
    runs: int | None = None
    environment: str = ""
    build: str = ""
    minimal: bool = False
    tried: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class PacketFacts:
    """Empty means that nobody said; `UNKNOWN` means that somebody said it is not known.

    `sources` names, per field (“p4”, “p5”, …) or line of one (“p7.error”), the evidence ids that its claims rest on,
    where no part of the field holds its own. `other_tenants` are those that texts and files name beside `tenant_id`,
    each with its source. `impact_unasked` are the impact parts that say “unknown” only because nobody was asked: they
    are shown and earn nothing. `not_applicable` maps a field to the accepted reason why it does not apply;
    a reason in `not_accepted` is shown and changes nothing of the score.
    """

    case_ref: str = ""
    severity: int = 3
    severity_rule: str = ""
    severity_basis: str = ""  # who decided otherwise than the rule and why; empty: the rule gave it
    severity_inputs: Mapping[str, str] = field(default_factory=dict)
    severity_unknowns: tuple[str, ...] | None = None
    component: str = ""
    symptom: str = ""
    condition: str = ""
    ask: Ask | None = None
    ask_text: str = ""
    needed_by: datetime | None = None
    needed_because: str = ""
    impact: Mapping[str, str] = field(default_factory=dict)
    impact_unasked: frozenset[str] = frozenset()
    expected: str = ""
    actual: str = ""
    reproduction: Reproduction = field(default_factory=Reproduction)
    occurred_at: tuple[datetime, ...] = ()
    request_ids: tuple[str, ...] = ()
    trace_ids: tuple[str, ...] = ()
    tenant_id: str = ""
    other_tenants: Mapping[str, str] = field(default_factory=dict)
    environment: str = ""
    error_text: str = ""
    evidence: tuple[EvidenceItem, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    hypotheses: tuple[HypothesisItem, ...] = ()
    tests: tuple[TestItem, ...] = ()
    ruled_out: tuple[str, ...] = ()
    suspected_component: str = ""
    suspected_because: str = ""
    confidence: str = ""
    cause_confirmed: bool = False
    workaround: WorkaroundState = WorkaroundState.NOT_LOOKED_FOR
    workaround_steps: str = ""
    workaround_used_by: str = ""
    workaround_tried: tuple[str, ...] = ()
    telemetry_gaps: tuple[str, ...] = ()
    no_telemetry_missing: bool = False
    search_terms: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    similar_cases: tuple[str, ...] = ()
    redaction_clean: bool = False
    owner: str = ""
    contacts: tuple[str, ...] = ()
    next_update: datetime | None = None
    security_suspected: bool = False
    attachment_bytes: int = 0
    raw_logs_pasted: bool = False
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    not_accepted: Mapping[str, str] = field(default_factory=dict)


def title(facts: PacketFacts) -> str:
    """Component, symptom and condition in one line."""
    symptom = " ".join(part for part in (facts.symptom.strip(), facts.condition.strip()) if part)
    return ": ".join(part for part in (facts.component.strip(), symptom) if part)
