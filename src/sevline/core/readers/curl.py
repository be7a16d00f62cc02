"""What curl prints: the transcript of `curl -v`, and the timings of `curl -w`, as recorded calls."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any

from sevline.core.readers.http import UNTOLD, Exchange, Traffic
from sevline.core.readers.moments import any_moment

#: What curl says at its end, also inside a line of a log; behind a backtick somebody quotes it in a text about it.
EXIT = re.compile(r"(?<!`)curl: \((\d{1,3})\) ?([^\n]{0,300})")
#: In quotation marks it is quoted, as in the body of an answer, but for the message of a log's record.
MESSAGE = re.compile(
    r"(?:\b(?:msg|message|error|err|log|stderr|output)=|\"(?:msg|message|log|stderr|output)\"\s?:\s?)\"$"
)
STAMPED = re.compile(r"\"(?:@?timestamp|time|ts|t|date|datetime)\"\s?:|^\s*[^{\s]")
REQUEST = re.compile(r"^> ([A-Z]{3,10}) (\S{1,4000}) HTTP/[\d.]{1,4}\s*$")
ANSWER = re.compile(r"^< HTTP/[\d.]{1,4} (\d{3})")
HEADER = re.compile(r"^([<>]) ([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}): ?(.{0,8000})$")
CONNECTED = re.compile(r"^\* {1,3}(?:Connected to|Trying|Host) ([^\s()]{1,255})")
PORT = re.compile(r"\bport (\d{1,5})\b")
#: The command above what it printed, as people copy it from a terminal.
COMMAND = re.compile(r"^[$%#] curl\b.{0,2000}?(https?://[^\s'\"`<>|]{1,2000})")
METHOD = re.compile(r" (?:-X|--request)[ =]?[\"']?([A-Z]{3,10})\b")
TIMING = re.compile(
    r"\b(time_[a-z]{4,20}|http_code|response_code|exitcode|num_redirects|size_download)\b[\"']?\s*[:=]\s*[\"']?([\d.]{1,20})"
)
#: Of an answer's body, in characters, so much is kept.
BODY_LIMIT = 200_000
#: What curl prints between the lines of a body: its meter, how many bytes went by, and its own words behind the end.
BETWEEN = re.compile(
    r"\s*(?:[{}] \[\d+ bytes data\]|% Total |Dload |\d{1,3} +[\d.]+[kMGTP]? +\d{1,3} +[\d.]+[kMGTP]? )"
)
BEHIND = re.compile(
    r"\* (?:Connection #\d|Closing connection|Hostname \S+ was found|Excess found|TLSv1|shutting down )"
)
LEFT = re.compile(r"^\* (?:Connection #\d.* left intact|Closing connection|shutting down connection)")
TIMES = ("time_namelookup", "time_connect", "time_appconnect", "time_pretransfer", "time_starttransfer", "time_total")


@dataclass(frozen=True, slots=True)
class CurlRun(Traffic):
    """`notes` are curl's own lines (those with `*`) with their line numbers."""

    what = "what curl printed"
    how = (
        "Ask for `curl -v -sS -o /dev/null URL 2> curl.txt` from the machine where it fails, or for "
        "`curl -sS -o /dev/null -w '%{json}' URL > timings.json`, run five times."
    )

    notes: tuple[tuple[int, str], ...] = field(default=())
    timed: bool = False


def looks_like_curl(lines: Iterable[str]) -> bool:
    told = [line for line in lines if line.strip()]
    own = any(REQUEST.match(line) or ANSWER.match(line) or CONNECTED.match(line) for line in told)
    # A body has any number of lines: what stands above the first one tells what the text is.
    above = list(takewhile(lambda line: line.rstrip() != "<", told))
    marked = sum(1 for line in above if line.startswith(("* ", "> ", "< ", "} [", "{ [")))
    return any(gave_up(line) for line in told) or (own and marked * 2 >= len(above))


def gave_up(line: str) -> re.Match[str] | None:
    """What curl says at its end, where a line is curl's own or a record of it, and does not quote another's."""
    found = EXIT.search(line)
    if found is None or line[: found.start()][-1:] not in {'"', "'"}:
        return found
    return found if MESSAGE.search(line[: found.start()]) and STAMPED.search(line) else None


def looks_like_timings(text: str) -> bool:
    return sum(name in text for name in TIMES) >= 3


def read_transcript(lines: Iterable[str], artifact: str, at: datetime | None = None) -> CurlRun:
    scan = _Scan(artifact, at)
    for number, line in enumerate(lines, 1):
        scan.take(number, line.rstrip("\r\n"))
    return CurlRun(artifact, tuple(scan.finished()), notes=tuple(scan.notes))


class _Body:
    """The lines of an answer's body. It ends at its length, where the answer says that, or behind the connection: a
    terminal shows what curl says of the connection above a last line that has no line break, and a file above all."""

    def __init__(self, length: str) -> None:
        self.room = min(int(length), BODY_LIMIT) if length.isascii() and length.isdigit() else BODY_LIMIT
        self.lines: list[str] = []
        self.lines_left = -1  # any number

    @property
    def text(self) -> str:
        return "\n".join(self.lines).rstrip("\n")

    def left(self) -> None:
        self.lines_left = 1 if self.lines else -1

    def take(self, line: str) -> bool:
        """Whether the line is one of the body."""
        own = line.startswith(("> ", "< ", "$ ")) or BETWEEN.match(line) is not None
        if own or self.room <= 0 or not self.lines_left:
            return False
        self.lines_left -= 1 if self.lines_left > 0 else 0
        kept = BEHIND.split(line, maxsplit=1)[0][: self.room]
        self.room -= len(kept.encode()) + 1
        self.lines.append(kept)
        return True


class _Scan:
    """The request that is open, and those that are done. Several runs may follow one another in a text: what curl says
    at its end closes one, and a command, a connection or a request after it begins the next."""

    def __init__(self, artifact: str, at: datetime | None) -> None:
        self.artifact, self.at = artifact, at
        self.done: list[Exchange] = []
        self.notes: list[tuple[int, str]] = []
        self.open: dict[str, Any] = {}
        self.begun = 0  # how many calls were done when this run began
        self._begin()

    def _begin(self) -> None:
        self.host, self.port, self.secure, self.connected = "", "", False, 1
        self.asked: tuple[str, str] = ("", "")
        self.exit: tuple[int, str] | None = None
        self.body: _Body | None = None

    def take(self, number: int, line: str) -> None:
        if told := gave_up(line):
            self._next()  # each run ends once
            self.exit = (number, told[0].strip())
        elif line.startswith("*"):
            self._note(number, line)
        elif command := COMMAND.match(line):
            self._end()
            method = METHOD.search(line)
            self.asked = (method[1] if method else "GET", command[1])
        elif request := REQUEST.match(line):
            self._next()
            self._close()
            self.open = {"line": number, "method": request[1], "path": request[2], "status": 0}
            self.open |= {"sent": {}, "received": {}, "parts": {}}
            self.body = None
        elif self.open:
            self._take_answer(number, line)

    def _take_answer(self, number: int, line: str) -> None:
        """A line of the headers that were sent or received, or of the body."""
        if answer := ANSWER.match(line):
            self.open |= {"status": int(answer[1])}
            self.open["parts"]["status"] = f"{number}:1"
            self.body = None
        elif self.body is not None:
            if self.body.take(line):
                self.open["parts"].setdefault("body", f"{number}:1")
        elif line.rstrip() == "<":
            self.body = _Body(self.open["received"].get("content-length", ""))
        elif header := HEADER.match(line):
            side, name = ("sent", header[2].lower()) if header[1] == ">" else ("received", header[2].lower())
            self.open[side][name] = header[3].strip()
            self.open["parts"][f"sent:{name}" if side == "sent" else f"header:{name}"] = f"{number}:1"

    def _note(self, number: int, line: str) -> None:
        if self.body is not None and LEFT.match(line):
            self.body.left()
        self.notes.append((number, line[1:].strip()[:300]))
        if named := CONNECTED.match(line):
            self._next()
            self._called(named[1].rstrip(":,.").strip("[]"), number)
        if told := PORT.search(line):
            self.port = told[1]
        self.secure = self.secure or "TLS" in line or "SSL connection" in line or "port 443" in line

    def _called(self, named: str, number: int) -> None:
        """A host, or what curl tries: an address with its port and dots behind it."""
        host, _, port = named.rpartition(":")
        alone = port.isdigit() and ":" not in host.partition("]")[2] and (":" not in host or "]" in host)
        self.host, self.port = (host.strip("[]"), port) if host and alone else (named, self.port)
        self.connected = number

    def _close(self) -> None:
        if not self.open:
            return
        one, self.open = self.open, {}
        body, self.body = self.body, None
        host = one["sent"].get("host") or self.host
        place = f"{one['line']}:1"
        parts = {"status": place, "url": place, "method": place, "error": place} | one["parts"]
        parts["redirect"] = parts.get("header:location", place)
        url = one["path"]
        if one["method"] == "CONNECT":
            url = f"https://{url.removesuffix(':443')}/"
        elif not url.startswith("http"):
            url = f"{'https' if self.secure else 'http'}://{host}{url}"
        when = any_moment(one["received"].get("date", "")) or self.at
        self.done.append(
            Exchange(
                self.artifact,
                place,
                one["method"],
                url,
                one["status"],
                started=when,
                sent=one["sent"],
                received=one["received"],
                response_body=body.text if body else "",
                size=len(body.text) if body else 0,
                redirect=one["received"].get("location", ""),
                parts=parts,
            )
        )

    def finished(self) -> list[Exchange]:
        self._end()
        return self.done

    def _next(self) -> None:
        """What comes behind the end of a run is of another one."""
        if self.exit is not None:
            self._end()

    def _end(self) -> None:
        """The run is over; where curl says why, the call that it made last got no answer, or not all of it."""
        self._close()
        last = self.done[-1] if len(self.done) > self.begun else None
        # A proxy that answered and refused is the end of it: no call to the host was made.
        refused = last is not None and last.method == "CONNECT" and last.status >= 300
        if self.exit is not None and not refused:
            number, message = self.exit
            place = f"{number}:1"
            host = self.host or _named(message)
            self._ported(message)
            asked = self.asked if self.asked[1] else ("GET", self._address(host)) if host else ("", "")
            method, url = (last.method, last.url) if last else asked
            if last and not last.status:
                self.done.pop()
            parts = {"status": place, "error": place, "url": place, "time": place}
            self.done.append(
                Exchange(self.artifact, place, method, url, 0, started=self.at, error=message, parts=parts)
            )
        self.begun = len(self.done)
        self._begin()

    def _ported(self, message: str) -> None:
        """The port that curl's message names, where its own lines did not."""
        if not self.port and (told := PORT.search(message)):
            self.port, self.secure = told[1], self.secure or told[1] == "443"

    def _address(self, host: str) -> str:
        """Where curl was bound for, as far as its own lines tell, with a port that is not the scheme's."""
        scheme, usual = ("https", "443") if self.secure else ("http", "80")
        port = "" if self.port in {"", usual} or ":" in host else f":{self.port}"
        return f"{scheme}://{host}{port}/"


def _named(message: str) -> str:
    """The host in curl's message, such as “Could not resolve host: api.example.com”."""
    found = re.search(r"(?:host: |connect to |for )([A-Za-z0-9.-]{1,253})", message)
    return found[1] if found else ""


def read_timings(
    text: str, artifact: str, places: Iterable[tuple[str, Mapping[str, Any]]], at: datetime | None = None
) -> CurlRun | None:
    """One call for each set of timings. `places` are JSON objects with locators; those of plain text are read here."""
    found = [
        call
        for locator, values in (*places, *_plain(text))
        if (call := _timed(locator, values, artifact, at)) is not None
    ]
    return CurlRun(artifact, tuple(found), timed=True) if found else None


def _plain(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Lines such as `time_total: 0.412`; a name that comes again begins the next call."""
    values: dict[str, Any] = {}
    first = 1
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(("{", "[", '"')):
            continue
        for name, value in TIMING.findall(line):
            if name in values:
                yield f"{first}:1", values
                values = {}
            if not values:
                first = number
            values[name] = value
    if values:
        yield f"{first}:1", values


def _timed(locator: str, values: Mapping[str, Any], artifact: str, at: datetime | None) -> Exchange | None:
    total = _float(values.get("time_total"))
    if total is None:
        return None
    code = int(_float(values.get("exitcode")) or 0)
    parts = dict.fromkeys(("status", "timings", "time", "url", "error"), locator)
    if not locator.endswith(":1"):
        parts["time"] = f"{locator}/time_total"
        parts["status"] = f"{locator}/http_code" if "http_code" in values else locator
    return Exchange(
        artifact,
        locator,
        str(values.get("method") or "GET"),
        str(values.get("url_effective") or values.get("url") or ""),
        _status(values, code),
        started=at,
        millis=total * 1000,
        error=f"curl: ({code}) {values.get('errormsg') or ''}".strip() if code else "",
        timings=_phases(values, total),
        parts=parts,
    )


def _status(values: Mapping[str, Any], code: int) -> int:
    """Times alone, without any code, are of a call that somebody timed, and say nothing of how it ended."""
    status = _float(values.get("http_code") or values.get("response_code"))
    return UNTOLD if status is None and not code else int(status or 0)


def _phases(values: Mapping[str, Any], total: float) -> dict[str, float]:
    """curl's times run from the start; phases are their differences, in milliseconds."""
    ends = ("namelookup", "connect", "appconnect", "pretransfer", "starttransfer")
    phases, clock = {}, 0.0
    for phase, end in zip(("dns", "connect", "ssl", "send", "wait"), ends, strict=True):
        reached = max(_float(values.get(f"time_{end}")) or clock, clock)
        phases[phase] = (reached - clock) * 1000
        clock = reached
    return phases | {"receive": max(total - clock, 0.0) * 1000}


def _float(value: Any) -> float | None:
    try:
        return float(value) if value not in {None, ""} and not isinstance(value, bool) else None
    except (TypeError, ValueError):
        return None
