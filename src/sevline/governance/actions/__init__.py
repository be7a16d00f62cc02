"""What governance writes: approvals, access for a limited time, and that the trail was taken out."""

from sevline.governance.actions.access import (
    ask_access,
    break_glass,
    end_over,
    note_used,
    review_access,
    revoke_access,
)
from sevline.governance.actions.approvals import (
    ANSWER_HOURS,
    MAY_APPROVE,
    USE_HOURS,
    answer,
    expire,
    export_trail,
    redacted,
    request,
    use,
)
from sevline.governance.actions.holds import lift_hold, set_hold

__all__ = [
    "ANSWER_HOURS",
    "MAY_APPROVE",
    "USE_HOURS",
    "answer",
    "ask_access",
    "break_glass",
    "end_over",
    "expire",
    "export_trail",
    "lift_hold",
    "note_used",
    "redacted",
    "request",
    "review_access",
    "revoke_access",
    "set_hold",
    "use",
]
