"""When the customer of a case hears from us next: one promise, which the message says and the clock runs to."""

from datetime import datetime, timedelta

from sevline.cases.models import Case
from sevline.cases.selectors.outbound import latest_promise_of

UNRATED_WITHIN = timedelta(hours=24)


def promise_of(case: Case, at: datetime) -> datetime:
    """As was promised already, and no later than the case's clock allows; within a day where neither says a time."""
    allowed = latest_promise_of(case, at)
    standing = case.next_update_at if case.next_update_at and case.next_update_at > at else None
    times = [time for time in (standing, allowed) if time is not None]
    return min(times) if times else (at + UNRATED_WITHIN).replace(second=0, microsecond=0)
