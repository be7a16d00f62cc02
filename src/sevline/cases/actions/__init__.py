"""Every write about cases: verbs that ask for the right, load what the person sees, decide, save and record."""

from sevline.cases.actions.columns import (
    mask_again,
    note_diagnosis,
    note_evidence_percent,
    note_facts,
    note_packet,
    note_shown_to,
)
from sevline.cases.actions.handoff import (
    accept_handoff,
    alert_overdue,
    offer_handoff,
    share_with_team,
    withdraw_handoff,
)
from sevline.cases.actions.intake import classify, open_case, set_impact, set_next_action
from sevline.cases.actions.leading import engage_lead
from sevline.cases.actions.moves import (
    close,
    hold_internal,
    hold_vendor,
    reopen,
    resolve,
    resume,
    take,
    wait_for_customer,
)
from sevline.cases.actions.outbound import HeldBack, ask_for_wording
from sevline.cases.actions.talk import add_note, customer_replied, tell_customer
from sevline.cases.actions.triage import NeedsApproval, change_severity, lower_severity, restrict, triage
from sevline.cases.actions.working import NoSuchCase

__all__ = [
    "HeldBack",
    "NeedsApproval",
    "NoSuchCase",
    "accept_handoff",
    "add_note",
    "alert_overdue",
    "ask_for_wording",
    "change_severity",
    "classify",
    "close",
    "customer_replied",
    "engage_lead",
    "hold_internal",
    "hold_vendor",
    "lower_severity",
    "mask_again",
    "note_diagnosis",
    "note_evidence_percent",
    "note_facts",
    "note_packet",
    "note_shown_to",
    "offer_handoff",
    "open_case",
    "reopen",
    "resolve",
    "restrict",
    "resume",
    "set_impact",
    "set_next_action",
    "share_with_team",
    "take",
    "tell_customer",
    "triage",
    "wait_for_customer",
    "withdraw_handoff",
]
