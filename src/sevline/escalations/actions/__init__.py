"""Every write about escalations: Support drafts and sends, Engineering answers."""

from sevline.escalations.actions.answers import (
    accept,
    accept_acting,
    acknowledge,
    act,
    ask,
    hand_over,
    name_duplicate,
    reject,
    request_changes,
)
from sevline.escalations.actions.packets import answer_question, draft, edit, withdraw
from sevline.escalations.actions.sending import mark_overdue, provide_deferred, submit
from sevline.escalations.actions.taking import note_export

__all__ = [
    "accept",
    "accept_acting",
    "acknowledge",
    "act",
    "answer_question",
    "ask",
    "draft",
    "edit",
    "hand_over",
    "mark_overdue",
    "name_duplicate",
    "note_export",
    "provide_deferred",
    "reject",
    "request_changes",
    "submit",
    "withdraw",
]
