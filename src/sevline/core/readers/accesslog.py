"""Access logs in the common and combined forms (with a request time after them, if there is one) as HTTP calls."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sevline.core.readers.http import AccessLog, Exchange

MAX_CALLS = 200_000
LINE = re.compile(
    r"^(\S{1,200}) \S{1,100} \S{1,200} \[([^\]]{10,40})\] "
    r'"([A-Z]{3,10}) (\S{1,4000})(?: (HTTP/[\d.]{1,4}))?" (\d{3}) (\d{1,15}|-)([^\n]{0,4000})$'
)
SECONDS = re.compile(r"(?:\s|=)(\d{1,5}\.\d{1,6})(?:\s|$)")


def looks_like_access_log(lines: Iterable[str]) -> bool:
    """At least three of four non-empty lines have the form."""
    tried = [line for line in lines if line.strip()]
    fitting = sum(1 for line in tried if LINE.match(line.rstrip("\r\n")))
    return bool(fitting) and fitting * 4 >= len(tried) * 3


def read_access_log(lines: Iterable[str], artifact: str) -> AccessLog:
    return AccessLog(artifact, tuple(_calls(lines, artifact)))


def _calls(lines: Iterable[str], artifact: str) -> Iterator[Exchange]:
    found = 0
    for number, line in enumerate(lines, 1):
        match = LINE.match(line.rstrip("\r\n"))
        if match is None:
            continue
        found += 1
        if found > MAX_CALLS:
            return
        seconds = SECONDS.search(match[8].rsplit('"', 1)[-1])
        yield Exchange(
            artifact=artifact,
            locator=f"{number}:1",
            method=match[3],
            url=match[4],
            status=int(match[6]),
            started=_moment(match[2]),
            millis=float(seconds[1]) * 1000 if seconds else None,
            sent={"x-client": match[1]},
        )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
