"""Who listens to which event, and what comes back when: all upward effects on one screen."""

from typing import Any

from sevline.cases.events import (
    CaseClassified,
    CaseTriaged,
    CustomerTold,
    CustomerWrote,
    ImpactSet,
    NoteAdded,
    SeverityChanged,
)
from sevline.cases.tasks import alert_overdue_handoffs, expire_trail, tell_of_clock, tell_of_profile
from sevline.customers.events import ProfileFactAdded
from sevline.diagnosis.events import (
    ChangesChecked,
    ProbeAsked,
    ReproductionRecorded,
    RunsAsked,
    TestConcluded,
    WorkaroundRecorded,
)
from sevline.diagnosis.tasks import on_evidence_gone, on_evidence_ready, on_probe_asked, on_runs_asked
from sevline.escalations.events import (
    ChangesRequested,
    DeferredOverdue,
    DeferredProvided,
    DuplicateNamed,
    EscalationAccepted,
    EscalationAcceptedActing,
    EscalationAcknowledged,
    EscalationActed,
    EscalationHandedOver,
    EscalationRejected,
    EscalationResubmitted,
    EscalationSubmitted,
    EscalationWithdrawn,
    QuestionAnswered,
    QuestionAsked,
)
from sevline.escalations.tasks import (
    mark_overdue_promises,
    on_ola_breached,
    on_packet_answered,
    on_packet_sent,
    on_promise_overdue,
    on_support_answered,
)
from sevline.evidence.events import (
    ChecklistAnswered,
    ComparisonAsked,
    EvidenceCited,
    EvidenceExpired,
    EvidenceReady,
    EvidenceReceived,
    EvidenceRefused,
    EvidenceRemoved,
    ImpactAsked,
    PictureConfirmed,
    RoleNamed,
    WordAdded,
)
from sevline.evidence.tasks import (
    clear_abandoned,
    expire_evidence,
    on_comparison_asked,
    on_evidence_received,
    on_impact_asked,
    on_role_named,
    on_secrets_learned,
    on_word_added,
)
from sevline.governance.tasks import end_access, expire_approvals
from sevline.people.tasks import forget_sent_forms
from sevline.platform.events import Happening, listen
from sevline.platform.jobs import schedule
from sevline.platform.tasks import sweep_jobs
from sevline.service_levels.events import ClockBreached, ClockWarned
from sevline.service_levels.tasks import announce_clocks
from sevline.vault.events import SecretsLearned
from sevline.vault.tasks import expire_originals
from sevline.web.tasks import measure_evidence

ANSWERS: tuple[type[Happening], ...] = (
    EscalationAcknowledged,
    EscalationAccepted,
    EscalationAcceptedActing,
    EscalationActed,
    ChangesRequested,
    EscalationRejected,
    DuplicateNamed,
    QuestionAsked,
)

# What the answers of the evidence checklist rest on.
MEASURED: tuple[type[Happening], ...] = (
    CaseTriaged,
    SeverityChanged,
    CaseClassified,
    ImpactSet,
    NoteAdded,
    CustomerTold,
    CustomerWrote,
    EvidenceCited,
    ChecklistAnswered,
    ReproductionRecorded,
    ChangesChecked,
    TestConcluded,
    WorkaroundRecorded,
)

LISTENERS: dict[type[Happening], tuple[Any, ...]] = {
    ProfileFactAdded: (tell_of_profile,),
    ClockWarned: (tell_of_clock,),
    ClockBreached: (tell_of_clock, on_ola_breached),
    EvidenceReceived: (on_evidence_received,),
    EvidenceReady: (on_evidence_ready, measure_evidence),
    PictureConfirmed: (on_evidence_ready, measure_evidence),
    WordAdded: (on_word_added,),
    RoleNamed: (on_role_named,),
    SecretsLearned: (on_secrets_learned,),
    **dict.fromkeys(MEASURED, (measure_evidence,)),
    EvidenceRefused: (on_evidence_gone,),
    ImpactAsked: (on_impact_asked,),
    ComparisonAsked: (on_comparison_asked,),
    ProbeAsked: (on_probe_asked,),
    RunsAsked: (on_runs_asked,),
    **dict.fromkeys((EvidenceRemoved, EvidenceExpired), (on_evidence_gone, measure_evidence)),
    EscalationSubmitted: (on_packet_sent,),
    EscalationResubmitted: (on_packet_sent,),
    EscalationHandedOver: (on_packet_sent, on_packet_answered),
    **dict.fromkeys(ANSWERS, (on_packet_answered,)),
    **dict.fromkeys((QuestionAnswered, DeferredProvided, EscalationWithdrawn), (on_support_answered,)),
    DeferredOverdue: (on_promise_overdue,),
}

SCHEDULE: dict[str, tuple[Any, int]] = {
    "clocks that run out": (announce_clocks, 30),
    "hand-offs that nobody took": (alert_overdue_handoffs, 60),
    "promises to Engineering": (mark_overdue_promises, 60),
    "approvals that ran out": (expire_approvals, 300),
    "access whose time is over": (end_access, 60),
    "uploads nobody finished": (clear_abandoned, 3600),
    "evidence whose time is over": (expire_evidence, 3600),
    "originals whose time is over": (expire_originals, 3600),
    "rows of the audit trail whose time is over": (expire_trail, 86_400),
    "finished jobs": (sweep_jobs, 86_400),
    "forms that came once": (forget_sent_forms, 86_400),
}


def connect() -> None:
    """Tell the event log and the worker about both tables; called once, when the apps are ready."""
    listen(LISTENERS)
    schedule.every(SCHEDULE)
