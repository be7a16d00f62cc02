"""Retry storm: attempts per request grow, and 503 is followed by 429."""

import re
from collections import Counter
from statistics import median

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, growth, signature
from sevline.core.readers.statedstatus import stated

_REQUEST = re.compile(r"(?i)\b(?:request|req|correlation|trace|call)[_-]?id[\"']?\s?[=:]\s?[\"']?([\w.:<>-]{1,80})")
_ATTEMPT = re.compile(
    r"(?i)\b(?:attempts?[_ ]per[_ ]request|attempts?(?:[_ -]?(?:no|num|number|count))?|"
    r"retr(?:y|ies)(?:[_ -]?(?:no|num|number|count|attempt))?|try|tries)[\"']?\s?[=:#(]?\s?#?(\d{1,3}(?:\.\d+)?)\b"
    r"(?!\s?(?:ms|s|sec|seconds|min)\b)"
)
_REFUSED = re.compile(stated("503|429"))


@signature(Mode.RETRY_STORM, "503", "429", "attempt", "retry", "retries", "try", "tries")
def retry_storm(lines: Lines) -> Sign | None:
    """Attempts per request grow, and 503 is followed by 429."""
    attempts: list[tuple[int, float]] = []
    refused: dict[str, list[int]] = {"503": [], "429": []}
    seen: Counter[str] = Counter()
    for number, text in lines:
        status, counted = _REFUSED.search(text), _ATTEMPT.search(text)
        if status is not None:
            refused[max(refused, key=status[0].rfind)].append(number)
        if counted is not None:
            attempts.append((number, float(counted[1])))
        elif status is not None and (request := _REQUEST.search(text)) is not None:
            seen[request[1]] += 1
            attempts.append((number, float(seen[request[1]])))
    unavailable, limited = refused["503"], refused["429"]
    if not unavailable or not limited or unavailable[0] > limited[0] or median(unavailable) >= median(limited):
        return None
    grown = growth([value for _, value in attempts])
    if grown is None:
        return None
    before, after = grown
    least, most = min(attempts, key=lambda one: one[1]), max(attempts, key=lambda one: one[1])
    places = {
        least[0]: (least[0], f"attempt {least[1]:g}", "one attempt"),
        unavailable[0]: (unavailable[0], "503", "an answer"),
        limited[0]: (limited[0], "429", "an answer"),
        most[0]: (most[0], f"attempt {most[1]:g}", "one attempt"),
    }
    told = (
        f"Attempts grow from {before:.1f} to {after:.1f} for each request, and 503 (from line {unavailable[0]}) is "
        f"followed by 429 (from line {limited[0]})."
    )
    return Sign(Mode.RETRY_STORM, told, _in_order(places), len(attempts) >= 6)


def _in_order(places: dict[int, tuple[int, str, str]]) -> tuple[tuple[int, str, str], ...]:
    return tuple(place for _, place in sorted(places.items()))
