"""Requests that Rails writes in two lines, of which the first holds the address and the last the status.

    I, [2026-11-25T09:00:05.1 #12]  INFO -- : [0f1e2d3c] Started GET "/o/1" for 192.0.2.7 at 2026-11-25 09:00:05 +0000
    I, [2026-11-25T09:00:05.2 #12]  INFO -- : [0f1e2d3c] Completed 503 Service Unavailable in 50ms (Views: 1.0ms)

Both bear the same request id or, without one, the same process. A process that answers several at a time, as Puma does,
does not say which of them ended: where more than one may have, none is told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sevline.core.readers.http import SENDER, Exchange
from sevline.core.readers.moments import any_moment

#: One of these stands in every line that counts.
MARKS = ("Started ", "Completed ")
_STARTED = re.compile(r"\bStarted ([A-Z]{3,7}) \"(/[^\"\s]{0,2000})\" for (\S{1,100}) at (.{19,30})")
_COMPLETED = re.compile(r"\bCompleted ([1-5]\d\d)\b[^\n]{0,60}? in (\d{1,9}(?:\.\d{1,6})?)ms\b")
_REQUEST, _PROCESS = re.compile(r"\[([0-9a-f][0-9a-f-]{7,35})\]"), re.compile(r"#(\d{1,10})\]")
LONGEST, MOST_OPEN, MOST_AT_ONCE = 4_000, 1_000, 64
#: Starts are told to the second, and lines of several threads come a little out of order.
SLACK = timedelta(seconds=2)


@dataclass(slots=True)
class _Begun:
    """`sure`: no other request of its process ended while it was open that may have been this one."""

    at: datetime
    method: str
    path: str
    sender: str
    sure: bool = True


class _Open:
    """The requests that have begun, by what their lines have in common."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[_Begun]] = {}
        self._latest: datetime | None = None

    def begin(self, key: str, one: _Begun) -> None:
        if len(self._by_key) >= MOST_OPEN:  # nothing ended for long: their ends are not in this log
            self._by_key.clear()
        self._latest = max(one.at, self._latest or one.at)
        self._by_key[key] = [*self._by_key.get(key, [])[-MOST_AT_ONCE:], one]

    def end(self, key: str, lasted: timedelta) -> _Begun | None:
        """The one that ended after so long; None where it cannot be told.

        Whatever began so long before the latest start that it would have ended by then is never told to have ended.
        """
        begun = self._by_key.pop(key, [])
        fitting = [one for one in begun if self._latest is None or one.at + lasted + SLACK >= self._latest]
        if not fitting:
            return None
        first, *others = fitting
        if any((one.method, one.path) != (first.method, first.path) for one in others):
            for one in fitting:
                one.sure = False
        if others:
            self._by_key[key] = others
        return first if first.sure else None


def paired_calls(numbered: Iterable[tuple[int, str]], artifact: str) -> Iterator[Exchange]:
    """`numbered`: lines from 1. A call is cited where its status stands."""
    begun = _Open()
    for number, line in numbered:
        head = line[:LONGEST]
        if (started := _STARTED.search(head)) is not None:
            if (at := any_moment(started[4].strip())) is not None:
                begun.begin(_of(head), _Begun(at, started[1], started[2], started[3]))
        elif (ended := _COMPLETED.search(head)) is not None:
            millis = float(ended[2])
            if (one := begun.end(_of(head), timedelta(milliseconds=millis))) is not None:
                yield Exchange(
                    artifact, f"{number}:1", one.method, one.path, int(ended[1]), one.at, millis,
                    sent={SENDER: one.sender},
                )  # fmt: skip


def _of(line: str) -> str:
    """What both lines of a request have in common."""
    found = _REQUEST.search(line) or _PROCESS.search(line)
    return found[1] if found else ""
