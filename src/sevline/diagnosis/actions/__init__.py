"""Every write about a diagnosis: the board, the causes, and the thin records that the packet reads."""

from sevline.diagnosis.actions.board import conclude_test, link_evidence, park, propose, resume, start_test
from sevline.diagnosis.actions.causes import record_cause, refute_cause
from sevline.diagnosis.actions.findings import keep_findings
from sevline.diagnosis.actions.records import (
    check_changes,
    note_telemetry_gap,
    record_reproduction,
    search_known_errors,
    validate_fix,
)
from sevline.diagnosis.actions.workarounds import record_workaround, withdraw_workaround

__all__ = [
    "check_changes",
    "conclude_test",
    "keep_findings",
    "link_evidence",
    "note_telemetry_gap",
    "park",
    "propose",
    "record_cause",
    "record_reproduction",
    "record_workaround",
    "refute_cause",
    "resume",
    "search_known_errors",
    "start_test",
    "validate_fix",
    "withdraw_workaround",
]
