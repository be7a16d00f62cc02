"""Lines in which a log itself says that a build started, or that a configuration changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sevline.core.finding import Evidence, Given
from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.moments import plain

#: A start this long before an error, in seconds, may have to do with it.
SHORTLY = 3_600.0
MAX_STARTS, MAX_TEXT, SHOWN = 200, 1_000, 160
#: What a line begins with that every start line holds, in small letters, so that the rest is not looked at.
HINTS = ("start", "deploy", "boot", "launch", "roll", "release", "upgrad", "config", "flag", "migrat", "setting")
_VERSION = (
    r"(?:\b(?:build|version|release|revision|rev|commit|image|tag|sha)\b\s?[=: ]\s?[\w.:/@+-]{2,}|"
    r"\bv?\d+\.\d+(?:\.[\w+-]+)+)"
)
#: A service that starts names what it starts as; a job or a request that starts does not.
_START = re.compile(
    r"(?i:\b(?:(?:re)?start(?:ing|ed)|boot(?:ing|ed)|launch(?:ing|ed)|deploy(?:ing|ed|ment)|"
    r"roll(?:ing|ed)[ -]?(?:out|back)|"
    rf"upgrad(?:ing|ed)|releas(?:ing|ed))\b.{{0,120}}?{_VERSION})|\bStarted \w{{1,80}}(?:Application|Service) in \d"
)
_CONFIG = re.compile(
    r"(?i)\bconfig(?:uration)?[ _-](?:diff|change[ds]?|reload(?:ed)?|updated)\b|\bsettings? changed\b|"
    r"\b(?:feature )?flag\b.{0,60}\b(?:enabled|disabled|turned (?:on|off)|set to)\b|"
    r"\b(?:applied|applying|running) migration\b|\bmigration\b.{0,60}\b(?:applied|completed|finished)\b"
)


@dataclass(frozen=True, slots=True)
class StartLine:
    """`told` is the line behind its time, at most SHOWN characters of it."""

    line: int
    at: datetime
    kind: str
    told: str


@dataclass(frozen=True, slots=True)
class StartLines(Given):
    """What one log says of starts and changes, in time order."""

    what = "a log that says when a build started"
    how = "Attach the service's own log from before the fault, with the lines of its start."

    artifact: str
    starts: tuple[StartLine, ...]

    def cite(self, one: StartLine) -> Evidence:
        return Evidence(self.artifact, f"{one.line}:1", f"{plain(one.at)} {one.told}")

    def before(self, moment: datetime, seconds: float) -> StartLine | None:
        """What the log says last before a moment, at most so long before it; of one start the line that tells most."""
        near = [one for one in self.starts if 0 <= (moment - one.at).total_seconds() <= seconds]
        last = [one for one in near if (near[-1].at - one.at).total_seconds() <= 60]
        return max(last, key=lambda one: (one.kind == "configuration", len(one.told)), default=None)


def start_lines(lines: Sequence[str], reference: datetime | None) -> Iterator[StartLine]:
    """The start lines of a log whose times can be read."""
    found = [(number, line[:MAX_TEXT], kind) for number, line in enumerate(lines, start=1) if (kind := kind_of(line))]
    found = found[:MAX_STARTS]
    data = "\n".join(line for _, line, _ in found).encode("utf-8", "surrogatepass")
    for record in read_log([data], reference=reference).records:
        number, line, kind = found[record.line_no - 1]
        if record.at is not None:
            yield StartLine(number, datetime.fromtimestamp(record.at, UTC), kind, _behind_time(line))


def kind_of(line: str) -> str:
    """“configuration” or “start”, or "" for every other line."""
    head = line[:MAX_TEXT]
    small = head.casefold()
    if not any(hint in small for hint in HINTS):
        return ""
    return "configuration" if _CONFIG.search(head) else "start" if _START.search(head) else ""


_STAMP = re.compile(r"^\W?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S{0,14}\s{0,3}")


def _behind_time(line: str) -> str:
    return " ".join(_STAMP.sub("", line).split())[:SHOWN]
