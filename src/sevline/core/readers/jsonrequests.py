"""A request in one JSON object, as servers, balancers and gateways log it: each names its members in its own way.

{"ts":1764061200.5,"request":{"method":"GET","host":"a.example","uri":"/o/1"},"status":200,"duration":0.05}   Caddy
{"time_iso8601":"…","request":"GET /o/1 HTTP/1.1","status":"200","request_time":"0.020"}                      nginx
{"timestamp":"…","httpRequest":{"requestMethod":"GET","requestUrl":"https://…","status":200,"latency":"0.03s"}}
{"ClientRequestMethod":"GET","ClientRequestURI":"/o/1","EdgeResponseStatus":200,"EdgeStartTimestamp":"…"}
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sevline.core.readers.columns import snake
from sevline.core.readers.durations import Lasted, is_duration
from sevline.core.readers.moments import any_moment

#: Members, the surest first, by the last one or two of their names in snake case.
_METHOD = "request_method http_method client_request_method method verb request_verb cs_method httpmethod"
_TARGET = (
    "request_url request_uri client_request_uri request_path uri url path request_target resource_path cs_uri_stem "
    "route"
)
_STATUS = (
    "downstream_status edge_response_status elb_status_code http_status status_code response_status response_code "
    "sc_status result_code status "
    "origin_status origin_response_status"
)
_TIME = (
    "time_iso8601 start_utc edge_start_timestamp start_time started_at request_time_utc timestamp time_generated "
    "timestamp_utc time ts at date "
    "time_local request_time t"
)
_TOOK = ("duration", "latency", "response_time", "elapsed", "took")
_LASTED = (
    *(f"{name}_{unit}" for unit in ("ms", "us", "ns", "human", "seconds", "sec", "s", "millis", "micros", "nanos")
      for name in _TOOK),
    "request_time", "response_latency", "time_taken", "latency", "event_duration", "duration", "elapsed",
    "response_time", "took", "total_time", "latencies_request", "target_processing_time",
)  # fmt: skip
_RANKS = {written: rank for rank, name in enumerate(_LASTED) for written in (name, f".{name}")}
_SENDER = "client_ip remote_ip remote_addr client_addr client_address c_ip ip"
_LINE = re.compile(r"([A-Z]{3,10}) (\S{1,4000})(?: HTTP/[\d.]{1,4})?")
_DEPTH, _MOST = 4, 200
#: RFC 9110, RFC 5789 and WebDAV with what builds on it; another word in capitals is no method.
METHODS = frozenset(
    {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}
    | {"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "ACL", "REPORT", "SEARCH", "MKCALENDAR"}
    | {"ORDERPATCH", "BIND", "UNBIND", "REBIND", "LABEL", "MERGE", "UPDATE", "CHECKIN", "CHECKOUT", "UNCHECKOUT"}
    | {"VERSION-CONTROL", "BASELINE-CONTROL", "MKWORKSPACE", "MKACTIVITY", "MKREDIRECTREF", "UPDATEREDIRECTREF"}
    | {"LINK", "UNLINK"}
    | {"PURGE", "BAN", "REFRESH", "QUERY"}  # of caches, and the draft for a search with a body
)
#: Members that only one program writes, a field of it without a unit, and the unit in which it counts.
_PROGRAMS = (
    (frozenset({"downstream_status"}), "duration", "ns"),  # Traefik
    (frozenset({"origin_duration"}), "duration", "ns"),
    (frozenset({"controller", "action", "view"}), "duration", "ms"),  # Lograge, for Rails
    (frozenset({"request_method", "request_path", "elapsed"}), "elapsed", "ms"),  # Serilog, for ASP.NET
)


def row_request(row: Mapping[str, str]) -> "JsonRequest | None":
    """The request in a row of a table, whose columns may name members inside others: `http.request.method`."""
    document: dict[str, Any] = {}
    for column, value in row.items():
        *above, name = column.split(".")[-_DEPTH:]
        inner = document
        for part in above:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                break
        else:
            inner[name] = value
    return json_request(document)


class JsonRequest(NamedTuple):
    """`sender` is "" where no address of the client stands."""

    method: str
    target: str
    status: int
    at: datetime
    lasted: Lasted
    sender: str


def json_request(document: Mapping[str, Any]) -> JsonRequest | None:
    """None where method, address, status and time are not all there."""
    members: dict[str, str] = {}
    for name, value in _members(document):
        members.setdefault(name, value)
    method, target = _asked(members)
    status = next((int(value) for value in _each(members, _STATUS) if re.fullmatch(r"[1-5]\d\d", value)), None)
    day, clock = members.get("date", ""), members.get("time", "")  # apart in logs of the W3C's form
    at = any_moment(f"{day} {clock}") if day and clock else None
    at = at or next(filter(None, map(any_moment, _each(members, _TIME))), None)
    if not method or not target or status is None or at is None:
        return None
    return JsonRequest(method, target, status, at, _lasted(members), next(_each(members, _SENDER), ""))


def _members(value: Mapping[str, Any], above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Each scalar under its own name, and under that of the object around it and its own; the first of a name counts
    where it stands less deep."""
    inner: list[tuple[str, Mapping[str, Any]]] = []
    for key, held in list(value.items())[:_MOST]:
        name = snake(str(key))
        if isinstance(held, Mapping):
            inner.append((name, held))
        elif isinstance(held, str | int | float) and not isinstance(held, bool):
            yield f"{above}_{name}".strip("_"), str(held)
            yield f".{name}", str(held)
    for name, held in inner if depth < _DEPTH else ():
        yield from _members(held, name, depth + 1)


def _each(members: Mapping[str, str], names: str) -> Iterator[str]:
    for name in names.split():
        for written in (name, f".{name}"):
            if held := members.get(written, "").strip():
                yield held


def _asked(members: Mapping[str, str]) -> tuple[str, str]:
    method = next((value.upper() for value in _each(members, _METHOD) if value.upper() in METHODS), "")
    target = next((value for value in _each(members, _TARGET) if value.startswith(("/", "http://", "https://"))), "")
    if method and target:
        return method, target
    # As one line, in a member of its own or, in Application Insights, as the name of what was done.
    for name in ("request", ".request", "name", "operation_name"):
        if (line := _LINE.fullmatch(members.get(name, ""))) is not None and line[1] in METHODS:
            return line[1], target or line[2]
    return method, target


def _lasted(members: Mapping[str, str]) -> Lasted:
    for name in sorted(_RANKS.keys() & members.keys(), key=_RANKS.__getitem__):
        field = name.removeprefix(".")
        if is_duration(members[name]):
            unit = next((unit for marks, of, unit in _PROGRAMS if of == field and marks <= members.keys()), "")
            return Lasted(members[name], f"{field}_{unit}" if unit else field)
    return Lasted()
