"""Queue backlog: the depth or age of a queue grows over the whole time."""

import re
from itertools import pairwise

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, growth, signature

_DEPTH = re.compile(
    r"(?i)\b(queue[_ -]?(?:depth|size|length)|depth|backlog(?:_size)?|consumer[_ -]?lag|(?:total_)?lag|messages_ready|"
    r"pending(?:_(?:messages|jobs|tasks))?|ApproximateNumberOfMessages\w{0,20}|oldest(?:_message)?_age(?:_seconds)?)"
    r"[\"']?\s?[=:]\s?[\"']?(\d{1,9})\b"
)
#: Other things have a depth, a lag and something pending too; of a queue the line says what it is.
_COMMON = frozenset({"depth", "lag", "pending"})
_SPEAKS = re.compile(
    r"(?i)queue|topic|consumer|broker|stream|subscription|partition|worker|backlog|\b(?:jobs?|tasks?|messages?|events?)\b"
)
_QUEUE = re.compile(
    r"(?i)\b(?:queue(?:_name)?|topic|stream|subscription|group)[\"']?\s?[=:]\s?[\"']?([A-Za-z][\w./-]{1,80})"
)
LEAST_DEPTHS, DEEP, RISES = 4, 50, 0.7


@signature(Mode.QUEUE_BACKLOG, "depth", "queue", "backlog", "lag", "pending", "messages", "oldest")
def queue_backlog(lines: Lines) -> Sign | None:
    """The depth or age of a queue grows over the whole time."""
    for (queue, what), seen in _depths(lines).items():
        values = [float(value) for _, value in seen]
        steps = [later >= earlier for earlier, later in pairwise(values)]
        if len(seen) < LEAST_DEPTHS or values[-1] < DEEP or sum(steps) < RISES * len(steps) or growth(values) is None:
            continue
        name = f" of “{queue}”" if queue else ""
        least, deepest = f"{seen[0][1]:,}", f"{seen[-1][1]:,}"
        told = f"The {what.replace('_', ' ')}{name} grows from {least} to {deepest} over {len(seen)} lines."
        places = ((seen[0][0], least, ""), (seen[-1][0], deepest, "no more than at first"))
        return Sign(Mode.QUEUE_BACKLOG, told, places)
    return None


def _depths(lines: Lines) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Line and value of each depth, by queue and by what it is a depth of."""
    depths: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, text in lines:
        found = _DEPTH.search(text)
        if found is not None and (found[1].lower() not in _COMMON or _SPEAKS.search(text)):
            named = _QUEUE.search(text)
            depths.setdefault((named[1] if named else "", found[1].lower()), []).append((number, int(found[2])))
    return depths
