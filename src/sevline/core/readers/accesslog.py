"""Access logs as HTTP calls: the common and combined forms (with a request time after them, if there is one), and
those of AWS load balancers (ALB) and of HAProxy, which tell who made the status.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sevline.core.readers.http import SENDER, AccessLog, Exchange
from sevline.core.readers.moments import iso_moment

MAX_CALLS = 200_000
#: Names under which a call keeps what the log of a balancer says: the target's own status, and how a session ended.
TARGET_STATUS, ENDED = "target-status", "termination-state"
LINE = re.compile(
    r"^(\S{1,200}) \S{1,100} \S{1,200} \[([^\]]{10,40})\] "
    r'"([A-Z]{3,10}) (\S{1,4000})(?: (HTTP/[\d.]{1,4}))?" (\d{3}) (\d{1,15}|-)([^\n]{0,4000})$'
)
ALB = re.compile(
    r"^(?:(?:https?|h2|grpcs?|wss?) )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z) (?:app/)?[\w/-]{1,200} "
    r"(\S{1,80}) \S{1,80} "
    r'(-?[\d.]{1,16}) (-?[\d.]{1,16}) (-?[\d.]{1,16}) (\d{3}) (\d{3}|-) \S{1,20} \S{1,20} "([A-Z]{3,10}) (\S{1,4000}) '
)
HAPROXY = re.compile(
    r"(\S{1,80}) \[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d)(?:\.\d{1,6})?\] \S{1,100} \S{1,200} "
    r"(?:-?\d{1,9}/){4}\+?(\d{1,9}) (\d{3}) \+?\d{1,12} \S{1,200} \S{1,200} ([A-Za-z-]{4}) "
    r'[\d/+]{9,60} [\d/]{3,30} (?:\{[^}]{0,1000}\} ){0,2}"([A-Z]{3,10}) (\S{1,4000})'
)
SECONDS = re.compile(r"(?:\s|=)(\d{1,5}\.\d{1,6})(?:\s|$)")
#: At the end of the line with its unit, as Traefik writes it.
MILLIS = re.compile(r"\s(\d{1,9})ms\s*$")
#: The whole time of a request under a name, as formats of nginx and Apache write it; `urt` is the server behind alone.
NAMED_SECONDS = re.compile(
    r"(?:^|[\s,;])(?:rt|request_time|req_time|total_time)[=:]\"?(\d{1,5}\.\d{1,6})(?=[\"\s,;]|$)"
)


def looks_like_access_log(lines: Iterable[str]) -> bool:
    """At least three of four non-empty lines have the form."""
    tried = [line for line in lines if line.strip()]
    fitting = sum(1 for line in tried if _matched(line.rstrip("\r\n")))
    return bool(fitting) and fitting * 4 >= len(tried) * 3


def read_access_log(lines: Iterable[str], artifact: str) -> AccessLog:
    return AccessLog(artifact, tuple(_calls(lines, artifact)))


def _calls(lines: Iterable[str], artifact: str) -> Iterator[Exchange]:
    found = 0
    for number, line in enumerate(lines, 1):
        match = _matched(line.rstrip("\r\n"))
        if match is None:
            continue
        found += 1
        if found > MAX_CALLS:
            return
        make = {LINE: _combined, ALB: _balanced, HAPROXY: _proxied}[match.re]
        yield make(artifact, f"{number}:1", match)


def _matched(line: str) -> re.Match[str] | None:
    if (found := LINE.match(line)) is not None:
        return found
    if (found := ALB.match(line)) is not None:
        return found
    return HAPROXY.search(line[:9_000]) if "/" in line else None


def _combined(artifact: str, place: str, match: re.Match[str]) -> Exchange:
    behind = match[8].rsplit('"', 1)[-1]
    seconds = NAMED_SECONDS.search(match[8]) or SECONDS.search(behind)
    thousandths = MILLIS.search(behind)
    return Exchange(
        artifact=artifact,
        locator=place,
        method=match[3],
        url=match[4],
        status=int(match[6]),
        started=_moment(match[2]),
        millis=float(seconds[1]) * 1000 if seconds else float(thousandths[1]) if thousandths else None,
        sent={SENDER: match[1]},
    )


def _balanced(artifact: str, place: str, match: re.Match[str]) -> Exchange:
    """The times of a balancer are -1 where a step was not reached; “-” for the target's status where it gave none."""
    spent = [float(part) for part in match.group(3, 4, 5) if not part.startswith("-")]
    return Exchange(
        artifact=artifact,
        locator=place,
        method=match[8],
        url=match[9],
        status=int(match[6]),
        started=iso_moment(match[1]),
        millis=sum(spent) * 1000,
        sent={SENDER: match[2].rpartition(":")[0]},
        received={TARGET_STATUS: match[7]},
    )


def _proxied(artifact: str, place: str, match: re.Match[str]) -> Exchange:
    return Exchange(
        artifact=artifact,
        locator=place,
        method=match[6],
        url=match[7],
        status=int(match[4]),
        started=_moment(f"{match[2]} +0000"),
        millis=float(match[3]),
        sent={SENDER: match[1].rpartition(":")[0]},
        received={ENDED: match[5]},
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
