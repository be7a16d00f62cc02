"""Every write about a diagnosis: the board, the tests, the causes, and the thin records that the packet reads."""

from sevline.diagnosis.actions.board import link_evidence, park, propose, reconsider, refute, support
from sevline.diagnosis.actions.causes import record_cause, refute_cause
from sevline.diagnosis.actions.findings import keep_findings, use_as_evidence
from sevline.diagnosis.actions.gaps import note_telemetry_gap
from sevline.diagnosis.actions.probes import ask_probe, run_probe
from sevline.diagnosis.actions.profile import add_profile
from sevline.diagnosis.actions.recipes import save_recipe
from sevline.diagnosis.actions.records import (
    check_changes,
    record_reproduction,
    search_known_errors,
    validate_fix,
)
from sevline.diagnosis.actions.requests import keep_call, keep_curl
from sevline.diagnosis.actions.runbooks import answer_step, attach_proven
from sevline.diagnosis.actions.running import ask_runs, do_runs
from sevline.diagnosis.actions.targets import allow_target, remove_target
from sevline.diagnosis.actions.testing import conclude_test, start_test
from sevline.diagnosis.actions.workarounds import record_workaround, withdraw_workaround

__all__ = [
    "add_profile",
    "allow_target",
    "answer_step",
    "ask_probe",
    "ask_runs",
    "attach_proven",
    "check_changes",
    "conclude_test",
    "do_runs",
    "keep_call",
    "keep_curl",
    "keep_findings",
    "link_evidence",
    "note_telemetry_gap",
    "park",
    "propose",
    "reconsider",
    "record_cause",
    "record_reproduction",
    "record_workaround",
    "refute",
    "refute_cause",
    "remove_target",
    "run_probe",
    "save_recipe",
    "search_known_errors",
    "start_test",
    "support",
    "use_as_evidence",
    "validate_fix",
    "withdraw_workaround",
]
