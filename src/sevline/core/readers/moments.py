"""Times as files write them."""

import re
from datetime import UTC, datetime, timedelta


def iso_moment(text: object) -> datetime | None:
    """ISO 8601 with or without fraction; without a zone it is taken as UTC. None when it is not a time."""
    if not isinstance(text, str) or not 10 <= len(text.strip()) <= 40:
        return None
    try:
        moment = datetime.fromisoformat(_six_digits(text.strip().removesuffix(" UTC")))
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
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


#: Seconds between 2001 and 2100; larger numbers of that form are milli-, micro- or nanoseconds.
EPOCH = (978_307_200, 4_102_444_800)
WRITTEN = (
    "%d/%b/%Y:%H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S %Z",
    "%Y/%m/%d %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%b %d, %Y %H:%M:%S",
)
#: Parts of a second behind the clock; and what stands between date and clock in Kibana and in the portals of Azure.
FRACTION = re.compile(r"(?<=:\d\d)\.(\d{1,9})(?=$| )")
BEFORE_CLOCK = re.compile(r"(?<=\d{4})(?: @|,) ")
#: The day first, as points between the parts of a date tell; a fraction behind the seconds is read apart.
POINTED = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? {1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"( ?(?:UTC|Z|[+-]\d\d:?\d\d))?"
)


def any_moment(text: str) -> datetime | None:
    """ISO 8601, the seconds of the epoch in any of their units, or one of the usual written forms; None otherwise."""
    text = text.strip()
    if (moment := iso_moment(text)) is not None:
        return moment
    digits = text.replace(".", "", 1)
    if digits.isascii() and digits.isdecimal() and 9 <= len(text.split(".")[0]) <= 19:
        amount = float(text)
        for unit in (1.0, 1e3, 1e6, 1e9):
            if EPOCH[0] <= amount / unit < EPOCH[1]:
                return datetime.fromtimestamp(amount / unit, UTC)
        return None
    if (pointed := POINTED.fullmatch(text)) is not None:
        return _pointed(pointed)
    return _as_written(text) if 14 <= len(text) <= 40 else None


def _as_written(text: str) -> datetime | None:
    part = FRACTION.search(text)
    bare = BEFORE_CLOCK.sub(" ", text if part is None else text[: part.start()] + text[part.end() :])
    found = next((moment for form in WRITTEN if (moment := _written(bare, form)) is not None), None)
    return found if found is None or part is None else found + timedelta(seconds=float(f"0.{part[1]}"))


def _pointed(found: re.Match[str]) -> datetime | None:
    day, month, year, hour, minute, second, part, zone = found.groups()
    offset = (zone or "Z").strip().replace("UTC", "Z")
    clock = f"{int(hour or 0):02}:{minute or '00'}:{second or '00'}.{part or '0'}"
    return iso_moment(f"{year}-{int(month):02}-{int(day):02}T{clock}{offset}")


def _written(text: str, form: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, form)  # noqa: DTZ007 - what has no zone is taken as UTC
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
