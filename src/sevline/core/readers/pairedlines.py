"""Requests that Rails writes in two lines, of which the first holds the address and the last the status.

    I, [2026-11-25T09:00:05.1 #12]  INFO -- : [0f1e2d3c] Started GET "/o/1" for 192.0.2.7 at 2026-11-25 09:00:05 +0000
    I, [2026-11-25T09:00:05.2 #12]  INFO -- : [0f1e2d3c] Completed 503 Service Unavailable in 50ms (Views: 1.0ms)

Both bear the same request id or, without one, the same process. Where a process answers several at a time, that one
counts which began as long before the end as the end says that it took; where none fits alone, they are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sevline.core.readers.http import SENDER, Exchange
from sevline.core.readers.moments import any_moment

#: One of these stands in every line that counts.
MARKS = ("Started ", "Completed ")
_STARTED = re.compile(r"\bStarted ([A-Z]{3,7}) \"(/[^\"\s]{0,2000})\" for (\S{1,100}) at (.{19,30})")
_COMPLETED = re.compile(r"\bCompleted ([1-5]\d\d)\b[^\n]{0,60}? in (\d{1,9}(?:\.\d{1,6})?)ms\b")
_REQUEST, _PROCESS = re.compile(r"\[([0-9a-f][0-9a-f-]{7,35})\]"), re.compile(r"#(\d{1,10})\]")
_FINE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]\d{2,9}(?:Z|[+-]\d\d:?\d\d)?")
LONGEST, MOST_OPEN, MOST_AT_ONCE = 4_000, 1_000, 64


#: Seconds by which begin and end less duration may differ, since what came before the controller is not in it.
_NEAR = 0.05
_PAUSE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class _Begun:
    """`at` in seconds, where the line has a time with its fraction."""

    found: re.Match[str]
    at: float | None


@dataclass(slots=True)
class _Open:
    """The requests of one id or process that began and did not end; `lost` ends are of some that were left out."""

    begun: list[_Begun] = field(default_factory=list)
    lost: int = 0
    last: datetime | None = None

    def begin(self, found: re.Match[str], line: str) -> None:
        """After a pause nobody waits for the ends of those that were left out: some never come."""
        at = any_moment(found[4].strip())
        if at and self.last and at - self.last > _PAUSE:
            self.lost = 0
        self.last = at
        self.begun = [*self.begun[-MOST_AT_ONCE:], _Begun(found, _seconds(line))]

    def ended(self, line: str, took: float) -> re.Match[str] | None:
        at = _seconds(line)
        if len(self.begun) == 1 and not self.lost:
            return None if _is_of_an_earlier_one(self.begun[0], at, took) else self.begun.pop().found
        fitting = [
            one for one in self.begun if at is not None and one.at is not None and abs(at - took - one.at) <= _NEAR
        ]
        if len(fitting) == 1:
            self.begun.remove(fitting[0])
            return fitting[0].found
        self.lost += len(self.begun) - 1
        self.begun.clear()
        return None


def _is_of_an_earlier_one(one: _Begun, at: float | None, took: float) -> bool:
    """Whether what took so long began before this one did: its beginning stands above the log."""
    return at is not None and one.at is not None and at - took < one.at - _NEAR


def paired_calls(numbered: Iterable[tuple[int, str]], artifact: str) -> Iterator[Exchange]:
    """`numbered`: lines from 1. A call is cited where its status stands."""
    waiting: dict[str, _Open] = {}
    for number, line in numbered:
        head = line[:LONGEST]
        if (started := _STARTED.search(head)) is not None:
            if len(waiting) >= MOST_OPEN:  # nothing ended for long: their ends are not in this log
                waiting.clear()
            waiting.setdefault(_of(head), _Open()).begin(started, head)
        elif (ended := _COMPLETED.search(head)) is not None and (held := waiting.get(_of(head))) is not None:
            first = held.ended(head, float(ended[2]) / 1000)
            if not held.begun and not held.lost:
                del waiting[_of(head)]
            if first is not None and (at := any_moment(first[4].strip())) is not None:
                yield Exchange(
                    artifact, f"{number}:1", first[1], first[2], int(ended[1]), at, float(ended[2]),
                    sent={SENDER: first[3]},
                )  # fmt: skip


def _seconds(line: str) -> float | None:
    """The time at the head of the line, where it is finer than a second."""
    found = _FINE.search(line[:80])
    moment = any_moment(found[0].replace(",", ".")) if found else None
    return moment.timestamp() if moment else None


def _of(line: str) -> str:
    """What both lines of a request have in common."""
    found = _REQUEST.search(line) or _PROCESS.search(line)
    return found[1] if found else ""
