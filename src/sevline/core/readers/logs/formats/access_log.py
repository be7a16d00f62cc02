"""Apache and nginx access logs, common and combined; the level follows the status: 4xx WARN, 5xx ERROR."""

import re
from datetime import datetime

from sevline.core.readers.logs.record import FORMATS, Header, LogFormat, Parse
from sevline.core.readers.logs.times import clf

_LINE = re.compile(
    rb"(?:[\w.\-]{1,253}(?::\d{1,5})? )?([0-9A-Fa-f.:]{2,45}|[\w.\-\[\]:]{1,253}) \S{1,128} ([^\[\]\n]{1,128}) "
    rb'\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "((?:[^"\\]|\\.)*+)" (\d{3}) (\d+|-)'
)
_LEVELS = {b"4": "WARN", b"5": "ERROR"}


def reader(reference: datetime | None) -> Parse:
    del reference
    return parse


def parse(line: bytes) -> Header | None:
    found = _LINE.match(line)
    if found is None:
        return None
    return Header(request_message(found[4], found[5]), clf(found[3]), status_level(found[5]), shown=line)


def status_level(status: bytes) -> str:
    return _LEVELS.get(status[:1], "INFO")


def request_message(request: bytes, status: bytes) -> bytes:
    """`GET /path status not-found`: the status is a word, because success and failure are two patterns."""
    method, _, rest = request.partition(b" ")
    target = rest.rpartition(b" ")[0] if b" HTTP/" in rest else rest
    return method + b" " + target.partition(b"?")[0] + b" status " + _STATUS.get(status, b"other")


_CLASSES = {1: b"informational", 2: b"success", 3: b"redirect", 4: b"client-error", 5: b"server-error"}
_WORDS = {
    400: b"bad-request", 401: b"unauthorized", 403: b"forbidden", 404: b"not-found", 408: b"request-timeout",
    409: b"conflict", 413: b"content-too-large", 422: b"unprocessable", 429: b"too-many-requests",
    499: b"client-closed", 500: b"internal-server-error", 502: b"bad-gateway", 503: b"service-unavailable",
    504: b"gateway-timeout",
}  # fmt: skip
_STATUS = {b"%d" % code: _WORDS.get(code, _CLASSES[code // 100]) for code in range(100, 600)}
STATUS_WORDS = frozenset((*_STATUS.values(), b"other"))

FORMATS.add(
    "access_log",
    LogFormat(
        "access_log",
        "Apache or nginx access log",
        reader,
        rank=70,
        seen="request logs of web servers, common and combined",
    ),
)
