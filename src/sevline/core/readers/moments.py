"""Times as files write them."""

from datetime import UTC, datetime


def iso_moment(text: object) -> datetime | None:
    """ISO 8601 with or without fraction; without a zone it is taken as UTC. None when it is not a time."""
    if not isinstance(text, str) or not 10 <= len(text.strip()) <= 40:
        return None
    try:
        moment = datetime.fromisoformat(_six_digits(text.strip()))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _six_digits(text: str) -> str:
    """Python reads at most microseconds; some writers give nanoseconds."""
    head, dot, tail = text.partition(".")
    if not dot:
        return text
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}.{digits[:6]}{tail[len(digits) :]}"


def plain(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def http_moment(text: str) -> datetime | None:
    """The date of an HTTP header (RFC 9110 5.6.7); None when it is none."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
