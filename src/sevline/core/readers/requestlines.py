"""Requests that an application writes into its own log: a method, an address, a status and mostly a duration.

    2026-11-25T12:30:01.846Z INFO [http-1] c.k.api.Orders - GET /api/v2/orders 200 67 ms tenant=t_7712
    time=2026-11-25T12:30:01Z level=info method=GET path=/api/v2/orders status=200 duration=67ms
    {"ts":"2026-11-25T12:30:01Z","msg":"request","method":"GET","path":"/api/v2/orders","status":200,"duration_ms":67}
    [GIN] 2026/11/25 - 12:30:01 | 200 | 67.1ms | 192.0.2.1 | GET "/api/v2/orders"

A line that says how long in no unit it names is read without a duration.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sevline.core.readers.columns import millis_of
from sevline.core.readers.http import SENDER, AccessLog, Exchange
from sevline.core.readers.jsonrequests import JsonRequest, json_request
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.moments import any_moment

#: Fewer than this are lines that speak of a request, not a log of requests.
#: Of calls in JSON by their place the name and text of the duration.
Lasted = dict[str, tuple[str, str]]
FEWEST, MOST, LONGEST, LONGEST_OBJECT = 10, 200_000, 4_000, 40_000
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_METHOD = rf"\b({'|'.join(METHODS)})"
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:\s?(?:Z\b|[+-]\d\d:?\d\d\b))?|"
    r"\d{4}/\d\d/\d\d (?:- )?\d\d:\d\d:\d\d|"
    r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}"
)
_TOLD = re.compile(
    # 443 is a port. The address ends where a blank or its quotation mark stands: a number at its end is no status.
    _METHOD + r"\s+[\"']?((?:/|https?://)[^\s\"']{0,2000})(?=[\s\"'|])[\"']?(?:\s+HTTP/[\d.]{1,3})?[\"']?"
    r"(?:\s*(?:->|=>|→|[-:|,]|in|status[=:]?|code[=:]?|returned|answered|responded(?: with)?|completed(?: with)?))?"
    r"\s*[\"(\[]?(?!443\b)([1-5]\d\d)\b(?![.:/-]\d)"
    r"(?!\s?(?:ms|s|sec|seconds|µs|us|ns|bytes|times|items?|rows?|records?|entries|results?|%)\b)"
)
_BARRED = re.compile(
    r"\|\s*([1-5]\d\d)\s*\|\s*([\d.]{1,16})(ms|µs|us|ns|s)\s*\|\s*(\S{1,100})\s*\|\s*"
    + _METHOD
    + r"\s+\"?(/[^\s\"]{0,2000})"
)
#: What Envoy writes behind the status: flags, details, bytes in and out, and the milliseconds of the whole.
_ENVOY = re.compile(
    r" \S{1,200}(?: \S{1,400} \S{1,100} \"[^\"]{0,400}\")? \d{1,15} \d{1,15} (\d{1,9}) (?:\d{1,9}|-) \""
)
_UNITS = {"s": 1000.0, "sec": 1000.0, "seconds": 1000.0, "ms": 1.0, "msec": 1.0, "us": 0.001, "µs": 0.001, "ns": 1e-6}
_LASTED = re.compile(r"(?<![\w.])(\d{1,9}(?:\.\d{1,9})?)\s?(seconds|sec|msec|ms|µs|us|ns|s)\b")


def _valued(*names: str, value: str) -> re.Pattern[str]:
    """`name=value`, `name: value` or `"name": "value"`; a name may have others before it (`http.method`)."""
    return re.compile(rf"(?i)(?:^|[\s{{,;(\"'._])(?:{'|'.join(names)})[\"']?\s?[=:]\s?[\"']?({value})")


_FIELD_METHOD = _valued("method", "verb", value="|".join(METHODS))
_FIELD_TARGET = _valued(
    "path", "uri", "url", "route", "target", "endpoint", "request_path", value=r"(?:/|https?://)[^\s\"',}]{0,2000}"
)
_FIELD_STATUS = _valued("status", "status_?code", "response_?code", value=r"[1-5]\d\d\b")
#: “code=500” is the answer where nothing says so more plainly; “error_code=500” is a code of the application's own.
_FIELD_CODE = re.compile(r"(?i)(?:^|[\s{,;(\"'])code[\"']?\s?[=:]\s?[\"']?([1-5]\d\d\b)")
_FIELD_MILLIS = _valued(
    "(?:duration|elapsed|latency|took|response_?time|request_?time)_?(?:ms|millis|milliseconds)",
    value=r"\d{1,9}(?:\.\d{1,9})?",
)
_FIELD_LASTED = _valued(
    "duration", "elapsed", "latency", "took", "response_?time", "request_?time",
    value=r"\d{1,9}(?:\.\d{1,9})?\s?(?:seconds|sec|msec|ms|µs|us|ns|s)\b",
)  # fmt: skip
_FIELD_SENDER = _valued("client_?ip", "remote_?addr", "remote_?ip", "client", "ip", value=r"[\w.:<>-]{3,100}")


def read_request_lines(numbered: Iterable[tuple[int, str]], artifact: str) -> AccessLog | None:
    """`numbered`: the lines that name a method, from 1. None where too few of them are requests with their time."""
    lasted: Lasted = {}
    calls = in_one_unit(list(_calls(numbered, artifact, lasted)), lasted)
    return AccessLog(artifact, tuple(calls)) if len(calls) >= FEWEST else None


def in_one_unit(calls: Sequence[Exchange], lasted: Lasted) -> list[Exchange]:
    """The calls with the durations of each name in one unit."""
    by_name: dict[str, list[str]] = {}
    for place, (name, _) in lasted.items():
        by_name.setdefault(name, []).append(place)
    millis: dict[str, float | None] = {}
    for name, places in by_name.items():
        millis |= zip(places, millis_of([lasted[place][1] for place in places], name), strict=True)
    return [replace(call, millis=millis[call.locator]) if call.locator in millis else call for call in calls]


def _calls(numbered: Iterable[tuple[int, str]], artifact: str, lasted: Lasted) -> Iterator[Exchange]:
    for number, line in numbered:
        if line.lstrip().startswith("{") and (told := _from_object(line)) is not None:
            yield of_json(told, artifact, f"{number}:1", lasted)
            continue
        if len(line) > LONGEST or (time := _TIME.search(line)) is None:
            continue
        found = _told(line) or _in_fields(line) or _between_bars(line)
        started = any_moment(time[0].replace(",", ".").replace(" - ", " ")) if found else None
        if found is not None and started is not None:
            sender = {SENDER: found.sender} if found.sender else {}
            yield Exchange(
                artifact, f"{number}:1", found.method, found.target, found.status, started, found.millis, sent=sender
            )


def _from_object(line: str) -> JsonRequest | None:
    if len(line) > LONGEST_OBJECT:
        return None
    try:
        document = decode(line.encode("utf-8", "surrogatepass"))
    except BadJsonError:
        return None
    return json_request(document) if isinstance(document, dict) else None


def of_json(found: JsonRequest, artifact: str, place: str, lasted: Lasted) -> Exchange:
    """The call, whose duration is noted in `lasted`."""
    if found.lasted[0]:
        lasted[place] = found.lasted
    sender = {SENDER: found.sender} if found.sender else {}
    return Exchange(artifact, place, found.method, found.target, found.status, found.at, found.millis, sent=sender)


@dataclass(frozen=True, slots=True)
class _Request:
    """`millis` is None where no duration stands, `sender` empty where no address of the client does."""

    method: str
    target: str
    status: int
    millis: float | None
    sender: str


def _told(line: str) -> _Request | None:
    """In a sentence: the method, the address and the status follow one another."""
    if (found := _TOLD.search(line)) is None:
        return None
    lasted = _LASTED.search(line, found.end())
    envoy = _ENVOY.match(line, found.end())
    millis = float(envoy[1]) if envoy else _millis(lasted[1], lasted[2]) if lasted else _field_millis(line)
    return _Request(found[1], found[2], int(found[3]), millis, _sender(line))


def _in_fields(line: str) -> _Request | None:
    method, target = _FIELD_METHOD.search(line), _FIELD_TARGET.search(line)
    status = _FIELD_STATUS.search(line) or _FIELD_CODE.search(line)
    if method is None or target is None or status is None:
        return None
    return _Request(method[1].upper(), target[1], int(status[1]), _field_millis(line), _sender(line))


def _between_bars(line: str) -> _Request | None:
    """As the web framework Gin writes it: status, duration and client come first."""
    if (found := _BARRED.search(line)) is None:
        return None
    return _Request(found[5], found[6], int(found[1]), _millis(found[2], found[3]), found[4])


def _sender(line: str) -> str:
    found = _FIELD_SENDER.search(line)
    return found[1] if found else ""


def _field_millis(line: str) -> float | None:
    if (named := _FIELD_MILLIS.search(line)) is not None:
        return float(named[1])
    if (named := _FIELD_LASTED.search(line)) is None or (lasted := _LASTED.search(named[1])) is None:
        return None
    return _millis(lasted[1], lasted[2])


def _millis(amount: str, unit: str) -> float:
    return float(amount) * _UNITS[unit]
