"""Consistency lag: copies that are behind, or what was written is not found and then is."""

import re

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, signature
from sevline.core.readers.statedstatus import ENDS, STATED

_LAG = re.compile(
    r"(?i)(?:seconds_behind_(?:master|source)|(?:replica(?:tion)?|replay|apply)[_ -]?lag(?:_seconds)?|"
    r"behind primary by)"
    r"[\"']?\s?[=:]?\s?[\"']?(\d+(?:\.\d+)?)\s?(ms|s|sec|seconds)?\b"
)
_STALE_READ = re.compile(r"(?i)stale (?:read|replica)|read[- ]your[- ](?:own[- ])?writes|replica (?:is )?behind")
_CALL = re.compile(
    r"\b(GET|HEAD|POST|PUT|PATCH|DELETE)\s(\S{2,300}?)(?:\?\S*)?[\s\"](?:HTTP/[\d.]{1,3}[\"']?\s)?"
    rf"(?:[\s\"'(:,→>=-]{{0,4}}|.*?\b{STATED})([2-5][0-9][0-9]){ENDS}"
)
LONG_LAG = 5.0


@signature(Mode.CONSISTENCY_LAG, "lag", "behind", "stale", "your", " 404", " 200", " 201", "=404", ":404", "delete ")
def consistency_lag(lines: Lines) -> Sign | None:
    """Copies that are seconds behind, or what was written is not found and then is."""
    lags: list[tuple[int, float]] = []
    stale: list[int] = []
    for number, text in lines:
        if (lag := _LAG.search(text)) is not None:
            lags.append((number, float(lag[1]) / (1000 if lag[2] == "ms" else 1)))
        elif _STALE_READ.search(text):
            stale.append(number)
    late = _found_late(lines)
    long = [one for one in lags if one[1] >= LONG_LAG]
    if late:
        path, lost, there = late
        told = f"{path} was written, not found (line {lost}), and found later (line {there})."
        return Sign(Mode.CONSISTENCY_LAG, told, ((lost, "404", "what was written"), (there, "found", "")))
    if long:
        line, most = max(long, key=lambda one: one[1])
        told = f"A copy is up to {most:g} s behind, on {len(long)} of {len(lags)} lines that name its lag."
        return Sign(Mode.CONSISTENCY_LAG, told, ((line, f"{most:g} s", f"below {LONG_LAG:g} s"),), len(long) > 1)
    if stale:
        told = f"Reads of old data are reported on {len(stale)} line{'s' if len(stale) > 1 else ''}."
        return Sign(Mode.CONSISTENCY_LAG, told, tuple((line, "a stale read", "") for line in stale[:3]), len(stale) > 2)
    return None


def _found_late(lines: Lines) -> tuple[str, int, int] | None:
    """A path that was written, answered 404 to a read, and then answered it; with the lines of the two reads."""
    written: set[str] = set()
    lost: dict[str, int] = {}
    for number, text in lines:
        if (call := _CALL.search(text)) is None:
            continue
        method, path, status = call[1], call[2], call[3]
        if method == "DELETE":  # what is gone is not found by right
            written.discard(path)
            lost.pop(path, None)
        elif method in {"POST", "PUT", "PATCH"}:
            written |= {path} if status[0] == "2" else set()
        elif status == "404" and (path in written or path.rpartition("/")[0] in written):
            lost.setdefault(path, number)
        elif status[0] == "2" and path in lost:
            return path, lost[path], number
    return None
