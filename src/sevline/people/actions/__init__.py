"""Every write about people: how they come in, what they may do, what they are told."""

from sevline.people.actions.cast import DemoCast, add_demo_cast, remove_demo_cast
from sevline.people.actions.entry import (
    DEAD_LINK,
    ELEVATED,
    INVITE,
    RESET,
    Entry,
    enter,
    invite,
    is_setup_open,
    mail_reset_link,
    new_link,
    reset_at_console,
    set_up,
    setup_link,
)
from sevline.people.actions.notices import mark_read, notify, notify_role, notify_team
from sevline.people.actions.sessions import end_sessions, sign_out_elsewhere, signed_in_by_link
from sevline.people.actions.standing import (
    assign,
    deactivate,
    forget_second_factors,
    keep_while,
    reactivate,
    standing_of,
)
from sevline.people.actions.tokens import Told, make_token, note_used, revoke_token

__all__ = [
    "DEAD_LINK",
    "ELEVATED",
    "INVITE",
    "RESET",
    "DemoCast",
    "Entry",
    "Told",
    "add_demo_cast",
    "assign",
    "deactivate",
    "end_sessions",
    "enter",
    "forget_second_factors",
    "invite",
    "is_setup_open",
    "keep_while",
    "mail_reset_link",
    "make_token",
    "mark_read",
    "new_link",
    "note_used",
    "notify",
    "notify_role",
    "notify_team",
    "reactivate",
    "remove_demo_cast",
    "reset_at_console",
    "revoke_token",
    "set_up",
    "setup_link",
    "sign_out_elsewhere",
    "signed_in_by_link",
    "standing_of",
]
