"""Requests that Rails writes in two lines, of which the first holds the address and the last the status.

    I, [2026-11-25T09:00:05.1 #12]  INFO -- : [0f1e2d3c] Started GET "/o/1" for 192.0.2.7 at 2026-11-25 09:00:05 +0000
    I, [2026-11-25T09:00:05.2 #12]  INFO -- : [0f1e2d3c] Completed 503 Service Unavailable in 50ms (Views: 1.0ms)

Both bear the same request id or, without one, the same process; of a process that answers one at a time that is enough.
"""

import re
from collections.abc import Iterable, Iterator

from sevline.core.readers.http import SENDER, Exchange
from sevline.core.readers.moments import any_moment

#: One of these stands in every line that counts.
MARKS = ("Started ", "Completed ")
_STARTED = re.compile(r"\bStarted ([A-Z]{3,7}) \"(/[^\"\s]{0,2000})\" for (\S{1,100}) at (.{19,30})")
_COMPLETED = re.compile(r"\bCompleted ([1-5]\d\d)\b[^\n]{0,60}? in (\d{1,9}(?:\.\d{1,6})?)ms\b")
_REQUEST, _PROCESS = re.compile(r"\[([0-9a-f][0-9a-f-]{7,35})\]"), re.compile(r"#(\d{1,10})\]")
LONGEST, MOST_OPEN = 4_000, 1_000


def paired_calls(numbered: Iterable[tuple[int, str]], artifact: str) -> Iterator[Exchange]:
    """`numbered`: lines from 1. A call is cited where its status stands."""
    begun: dict[str, re.Match[str]] = {}
    for number, line in numbered:
        head = line[:LONGEST]
        if (started := _STARTED.search(head)) is not None:
            if len(begun) >= MOST_OPEN:  # nothing ended for long: their ends are not in this log
                begun.clear()
            begun[_of(head)] = started
        elif (ended := _COMPLETED.search(head)) is not None and (first := begun.pop(_of(head), None)) is not None:
            at = any_moment(first[4].strip())
            if at is not None:
                yield Exchange(
                    artifact, f"{number}:1", first[1], first[2], int(ended[1]), at, float(ended[2]),
                    sent={SENDER: first[3]},
                )  # fmt: skip


def _of(line: str) -> str:
    """What both lines of a request have in common."""
    found = _REQUEST.search(line) or _PROCESS.search(line)
    return found[1] if found else ""
