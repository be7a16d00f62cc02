"""Access for a limited time: granted by somebody else, good for some minutes, used once."""

from datetime import datetime, timedelta

MINUTES, MOST_MINUTES = 60, 8 * 60  # how long a grant lasts unless told otherwise, and at most


def is_open(*, starts_at: datetime | None, ends_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a grant gives access at `now`: one of 60 minutes is over when the 61st begins."""
    if starts_at is None or ends_at is None or ended_at is not None:
        return False
    return starts_at <= now < ends_at


def grant_lacks(*, shown: bool, state: str, decided_at: datetime | None, minutes: int, now: datetime) -> str:
    """Why a grant gives no access at `now`, as a sentence; empty when it does.

    `state` is that of its approval; a grant of 60 minutes is over when the 61st begins.
    """
    if shown:
        return "The value was shown once. Ask again if it is needed again."
    if state == "pending":
        return "Nobody has approved this yet."
    if state != "approved" or decided_at is None:
        return f"This request is {state}. Ask again if the value is still needed."
    if now >= decided_at + timedelta(minutes=minutes):
        return f"The {minutes} minutes of this grant are over. Ask again if the value is still needed."
    return ""
