"""Requests that an application writes into its own log: a method, an address, a status and mostly a duration.

    2026-11-25T12:30:01.846Z INFO [http-1] c.k.api.Orders - GET /api/v2/orders 200 67 ms tenant=t_7712
    time=2026-11-25T12:30:01Z level=info method=GET path=/api/v2/orders status=200 duration=67ms
    {"ts":"2026-11-25T12:30:01Z","msg":"request","method":"GET","path":"/api/v2/orders","status":200,"duration_ms":67}
    [GIN] 2026/11/25 - 12:30:01 | 200 | 67.1ms | 192.0.2.1 | GET "/api/v2/orders"

Bare numbers of durations are read in the unit that all of the log's together tell, or not at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sevline.core.readers.durations import DurationUnit, Lasted, factors, in_millis, said_millis, units_told
from sevline.core.readers.http import SENDER, AccessLog, Exchange
from sevline.core.readers.jsonrequests import METHODS as JSON_METHODS
from sevline.core.readers.jsonrequests import JsonRequest, json_request
from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.moments import any_moment

#: Fewer than this are lines that speak of a request, not a log of requests.
FEWEST, MOST, LONGEST, LONGEST_OBJECT = 10, 200_000, 4_000, 40_000
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND", "PURGE")
#: What a line holds that may be a request: names that are words too only where they are a whole text of JSON.
OF_REQUESTS = (*METHODS, *(f'"{name}"' for name in sorted(JSON_METHODS.difference(METHODS))))
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
    r"\|\s*([1-5]\d\d)\s*\|\s*((?:\d{1,9}h)?(?:\d{1,9}m)?[\d.]{1,16})(ms|µs|us|ns|s)\s*\|\s*(\S{1,100})\s*\|\s*"
    + _METHOD
    + r"\s+\"?(/[^\s\"]{0,2000})"
)
#: What Envoy writes behind the status: flags, details, bytes in and out, and the milliseconds of the whole.
_ENVOY = re.compile(
    r" \S{1,200}(?: \S{1,400} \S{1,100} \"[^\"]{0,400}\")? \d{1,15} \d{1,15} (\d{1,9}) (?:\d{1,9}|-) \""
)
_AMOUNT = r"(?:\d{1,9}h)?(?:\d{1,9}m)?\d{1,15}(?:\.\d{1,12})?\s?(?:seconds|sec|msec|ms|µs|us|ns|s)\b"
_LASTED = re.compile(rf"(?<![\w.]){_AMOUNT}")


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
_NAMED = "(?:duration|elapsed|latency|took|response_?time|request_?time)"
#: The name, which may say the unit, and the value, which may say it too. A number that goes on is a time or an id.
_FIELD_LASTED = re.compile(
    rf"(?i)(?:^|[\s{{,;(\"'._])({_NAMED}_?(?:ms|millis|milliseconds|us|micros|microseconds|ns|nanos|nanoseconds|seconds|"
    rf"secs?|s|human)?)[\"']?\s?[=:]\s?[\"']?({_AMOUNT}|\d{{1,15}}(?:\.\d{{1,12}})?(?![\w:/-]|\.\d))"
)
#: What Lograge, for Rails, writes beside its durations, which are in milliseconds and do not say so.
_LOGRAGE = re.compile(r"\bcontroller=\S.*\bduration=[\d.]+ view=")
_FIELD_SENDER = _valued("client_?ip", "remote_?addr", "remote_?ip", "client", "ip", value=r"[\w.:<>-]{3,100}")


def read_request_lines(
    numbered: Iterable[tuple[int, str]], artifact: str
) -> tuple[AccessLog, list[DurationUnit]] | None:
    """`numbered`: the lines that name a method, from 1. None where too few of them are requests with their time.

    Beside the log: how durations were read that name no unit.
    """
    found = list(_requests(numbered))
    return calls_of(found, artifact) if len(found) >= FEWEST else None


def calls_of(found: Sequence[tuple[str, JsonRequest]], artifact: str) -> tuple[AccessLog, list[DurationUnit]]:
    """The requests, each with its place, as the calls that they were, and how bare durations of them were read."""
    units = factors(request.lasted for _place, request in found)
    calls = tuple(_call(request, artifact, place, units[request.lasted.field]) for place, request in found)
    return AccessLog(artifact, calls), units_told(artifact, ((place, request.lasted) for place, request in found))


def _call(found: JsonRequest, artifact: str, place: str, factor: float | None) -> Exchange:
    lasted = in_millis(found.lasted.text, found.lasted.field, factor)
    sender = {SENDER: found.sender} if found.sender else {}
    return Exchange(artifact, place, found.method, found.target, found.status, found.at, lasted, sent=sender)


def _requests(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[str, JsonRequest]]:
    for number, line in numbered:
        if line.lstrip().startswith("{") and (request := _from_object(line)) is not None:
            yield f"{number}:1", request
            continue
        if len(line) > LONGEST or (time := _TIME.search(line)) is None:
            continue
        found = _told(line) or _in_fields(line) or _between_bars(line)
        started = any_moment(time[0].replace(",", ".").replace(" - ", " ")) if found else None
        if found is not None and started is not None:
            yield (
                f"{number}:1",
                JsonRequest(found.method, found.target, found.status, started, found.lasted, found.sender),
            )


def _from_object(line: str) -> JsonRequest | None:
    if len(line) > LONGEST_OBJECT:
        return None
    try:
        document = decode(line.encode("utf-8", "surrogatepass"))
    except BadJsonError:
        return None
    return json_request(document) if isinstance(document, dict) else None


@dataclass(frozen=True, slots=True)
class _Request:
    """`sender` is empty where no address of the client stands."""

    method: str
    target: str
    status: int
    lasted: Lasted
    sender: str


def _told(line: str) -> _Request | None:
    """In a sentence: the method, the address and the status follow one another."""
    if (found := _TOLD.search(line)) is None:
        return None
    said = _LASTED.search(line, found.end())
    envoy = _ENVOY.match(line, found.end())
    lasted = Lasted(f"{envoy[1]} ms") if envoy else Lasted(said[0]) if said else _field_lasted(line)
    return _Request(found[1], found[2], int(found[3]), lasted, _sender(line))


def _in_fields(line: str) -> _Request | None:
    method, target = _FIELD_METHOD.search(line), _FIELD_TARGET.search(line)
    status = _FIELD_STATUS.search(line) or _FIELD_CODE.search(line)
    if method is None or target is None or status is None:
        return None
    return _Request(method[1].upper(), target[1], int(status[1]), _field_lasted(line), _sender(line))


def _between_bars(line: str) -> _Request | None:
    """As the web framework Gin writes it: status, duration and client come first."""
    if (found := _BARRED.search(line)) is None:
        return None
    return _Request(found[5], found[6], int(found[1]), Lasted(found[2] + found[3]), found[4])


def _sender(line: str) -> str:
    found = _FIELD_SENDER.search(line)
    return found[1] if found else ""


def _field_lasted(line: str) -> Lasted:
    """The field whose name or value says its unit, or else the first."""
    named = [Lasted(found[2].strip(), found[1].lower()) for found in _FIELD_LASTED.finditer(line)]
    if not named:
        return Lasted()
    said = next((one for one in named if said_millis(*one) is not None), None)
    if said is None and named[0].field == "duration" and _LOGRAGE.search(line):
        return Lasted(named[0].text, "duration_ms")
    return said or named[0]
