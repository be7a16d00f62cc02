"""Which service and which version of it a line of a log names, and how often the lines of each tell of a failure."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sevline.core.readers.logs.formats.json_lines import load
from sevline.core.readers.logs.record import LogRecord
from sevline.core.readers.spans import whole
from sevline.core.readers.versionfields import FIELD, SERVICE

ERROR_LEVELS = frozenset({"error", "fatal", "critical", "alert", "emergency", "emerg", "panic"})
#: Names in JSON. A logger or a caller is no service.
SERVICES = ("service", "service.name", "service_name", "serviceName", "app", "application", "component")
VERSIONS = ("version", "service.version", "service_version", "app_version", "appVersion", "release", "build")
STATUSES = ("status", "status_code", "statusCode", "http_status", "http.status_code", "http.response.status_code")
INSIDE = ("service", "resource", "http", "attributes", "fields", "labels", "kubernetes", "jsonPayload", "data")
#: One of these stands in every line that names a service or a version by a field.
LEADS = re.compile(
    rb"(?:[Ss]ervice(?:[._]?[Nn]ame)?|app(?:lication)?|component|[Vv]ersion|release|build|revision|commit|sha|tag|number|id)"
    rb"[\"']?\s?[=:]"
)
PROTOCOL = re.compile(r"(?i)(?:http|tls|ssl|h[23]$)")
SERVICE_NAMED, VERSION_NAMED = re.compile(SERVICE), re.compile(FIELD)
#: Services and versions of one log that are kept, and characters of a line that are looked at.
MOST, LONGEST = 200, 4_000
#: So many failures within so many seconds are a service that fails, and not one request.
CLOSE, WITHIN = 3, 60.0


@dataclass(slots=True)
class Told:
    """Records of one service in one version. `first` is the line of the first record, `failing` that of the first one
    that failed, `since` line and time of the first of three failures within a minute."""

    service: str
    version: str
    first: int
    count: int = 0
    failed: int = 0
    failing: int = 0
    since: tuple[int, datetime] | None = None
    _last: list[tuple[int, float]] = field(default_factory=list)

    def fail(self, line: int, at: float | None) -> None:
        self.failed += 1
        self.failing = self.failing or line
        if at is None or self.since is not None:
            return
        self._last = [*self._last[1 - CLOSE :], (line, at)]
        if len(self._last) == CLOSE and 0 <= at - self._last[0][1] <= WITHIN:
            self.since = self._last[0][0], datetime.fromtimestamp(self._last[0][1], UTC)


class Services:
    """What is kept of the services of a log as its records pass."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Told] = {}

    def take(self, record: LogRecord) -> None:
        line = (record.fields or record.shown or record.message)[:LONGEST]
        if LEADS.search(line) is None:
            return
        service, version, status = named_in(line)
        if not service and not version:
            return
        told = self.found.get((service, version))
        if told is None:
            if len(self.found) >= MOST:
                return
            told = self.found[service, version] = Told(service, version, record.line_no)
        told.count += 1
        if status >= 500 or (record.level or "").casefold() in ERROR_LEVELS:
            told.fail(record.line_no, record.at)


def named_in(line: bytes) -> tuple[str, str, int]:
    """Service, version and HTTP status that a line names; "" and 0 for what it does not."""
    document = load(line)
    if document is None:
        text = line.decode("utf-8", "replace")
        whose, which = SERVICE_NAMED.search(text), VERSION_NAMED.search(text)
        return whose[1] if whose else "", _released(which[2].rstrip(".:,")) if which else "", 0
    views = [document, *(inner for name in INSIDE if isinstance(inner := document.get(name), dict))]
    service = _first(views, SERVICES) or _inner(document, "name")
    version = _first(views[:1], VERSIONS) or _inner(document, "version")
    return _word(service), _released(_word(version)), whole(_first(views, STATUSES))


def _first(views: list[dict[str, object]], names: tuple[str, ...]) -> object:
    """The first word or number under one of the names, in the object itself before what is inside it."""
    for view in views:
        for name in names:
            if name in view and isinstance(value := view[name], str | int | float):
                return value
    return None


def _released(version: str) -> str:
    """A version of a program; "" for that of a protocol, which some fields of the same name hold."""
    return "" if PROTOCOL.match(version) or not any(map(str.isdigit, version)) else version


def _inner(document: dict[str, object], name: str) -> object:
    """`{"service": {"name": …, "version": …}}`, as the Elastic Common Schema has it."""
    service = document.get("service")
    return service.get(name) if isinstance(service, dict) else None


def _word(value: object) -> str:
    return str(value)[:80] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
