"""Cascading timeout: timeouts begin in one service and follow in those that call it."""

import re

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, signature
from sevline.core.readers.statedstatus import stated

_TIMED_OUT = re.compile(
    rf"(?i:\btimed[ -]?out\b|deadline exceeded|ETIMEDOUT|SocketTimeout|ReadTimeout)|{stated('504')}"
)
#: The word alone is as often a setting; in a line that tells of a failure it is the failure.
_TIMEOUT = re.compile(r"\btime[ -]?out\b(?!\s?[=:]\s?\d)", re.IGNORECASE)
_FAILED = re.compile(
    r"\b(?:ERROR|WARN(?:ING)?|FATAL|CRITICAL|SEVERE)\b|"
    r"(?i:\blevel\W{1,4}(?:error|warn|fatal|critical)|"
    r"\bfail|\berror\b|exceed|expired|abort|\bafter \d|waiting for|reached)"
)
_SERVICE = re.compile(
    r"(?i)\b(?:service(?:[._]name)?|svc|app|application|component|logger)[\"']?\s?[=:]\s?[\"']?([a-z][\w.-]{1,60})"
)
_LOGGER = re.compile(r"\]\s+((?:[a-z_][\w$]*\.)+[A-Za-z_][\w$]*)\s*(?:-|:)\s|\b([a-z_][\w$]*(?:\.[\w$]+)+)\s+-\s")
_IN_BRACKETS = re.compile(r"\[([a-z][a-z0-9_.-]{2,40})\]|\b(?:ERROR|WARN(?:ING)?|INFO)\s+([a-z][a-z0-9_.-]{2,40}):?\s")
# A thread of a pool ([sync-worker-3], [http-nio-8080-exec-1], [main]) is no service.
_THREAD = re.compile(r"[-_.#]?\d+$|^main$|worker|thread|pool|executor|scheduler|dispatcher", re.IGNORECASE)
# What a record goes on with: a stack trace and its head say again what the record's own line said.
_GOES_ON = re.compile(r"\s|Caused by: |(?:[a-z_][\w$]*\.)+[\w$]*(?:Exception|Error|Timeout)\b|\.\.\. \d+ more")


@signature(Mode.CASCADING_TIMEOUT, "timeout", "timed out", "time out", "deadline", "etimedout", "504")
def cascading_timeout(lines: Lines) -> Sign | None:
    """Timeouts begin in one service and follow in those that call it."""
    first: dict[str, tuple[int, str]] = {}
    count = 0
    for number, text in lines:
        if _GOES_ON.match(text) or not _is_timeout(text):
            continue
        count += 1
        if service := service_of(text):
            first.setdefault(service, (number, text))
    if len(first) < 2 or count < 3:
        return None
    names = list(first)
    linked = any(
        re.search(rf"\b{re.escape(inner)}\b", first[outer][1].replace(outer, "", 1))
        for at, outer in enumerate(names)
        for inner in names[:at]
    )
    told = f"{count:,} timeouts, which begin in {', then '.join(f'“{name}”' for name in names[:4])}."
    places = tuple((line, f"{name} timed out", "an answer") for name, (line, _) in list(first.items())[:4])
    return Sign(Mode.CASCADING_TIMEOUT, told, places, linked)


def _is_timeout(text: str) -> bool:
    return bool(_TIMED_OUT.search(text) or (_TIMEOUT.search(text) and _FAILED.search(text)))


def service_of(text: str) -> str:
    """The service that wrote the line, by its field, its logger's last part or its name in brackets; "" for none."""
    if (named := _SERVICE.search(text)) is not None:
        return named[1]
    if (logger := _LOGGER.search(text)) is not None:
        return (logger[1] or logger[2]).rpartition(".")[2]
    bracketed = _IN_BRACKETS.search(text)
    name = (bracketed[1] or bracketed[2]) if bracketed else ""
    return "" if _THREAD.search(name) else name
