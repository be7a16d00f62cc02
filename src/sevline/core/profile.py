"""How long a fact about a customer's surroundings is believed."""

from datetime import datetime, timedelta

VERIFY_AFTER = timedelta(days=180)


def is_stale(verified_at: datetime, at: datetime) -> bool:
    """Whether the fact is older than 180 days and must be verified before anybody rests on it."""
    return at - verified_at > VERIFY_AFTER
