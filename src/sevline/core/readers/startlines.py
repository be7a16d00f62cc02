"""Lines in which a log itself says that a build started, that a configuration changed, or names another version."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sevline.core.finding import Evidence, Given
from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.moments import plain
from sevline.core.readers.versionfields import Switch

#: A start this long before an error, in seconds, may have to do with it.
SHORTLY = 3_600.0
MAX_TEXT, SHOWN = 1_000, 160
#: The kind of a line that names another version than those before it.
VERSION = "version"
#: Start lines that are read, and those of one wording among them, of which the last ones are kept.
MAX_STARTS, MOST_ALIKE = 20_000, 200
#: What a line begins with that every start line holds, in small letters, so that the rest is not looked at.
HINTS = ("start", "deploy", "boot", "launch", "roll", "release", "upgrad", "config", "flag", "migrat", "setting")
#: A name of a build with its value, which holds a digit; or a number of three parts that is no address.
_VERSION = (
    r"(?:\b(?:build|version|release|revision|rev|commit|image|tag|sha)\b\s?[=: ]\s?"
    r"(?=[\w.:/@+-]*\d)[\w.:/@+-]{2,}+(?! of\b)|"
    r"(?<![\d.])\bv?(?!\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)(?!\d{1,3}(?:\.\d{1,3}){3}\b(?![.+-]))\d+\.\d+(?:\.[\w+-]+)+)"
)
#: What a program starts, deploys and releases many times while it runs: between the word and the version none stands.
_NO_WORK = (
    r"(?:(?<![\w-])(?!(?:jobs?|tasks?|requests?|connections?|connecting|leases?|locks?|transactions?|tx|batch(?:es)?|"
    r"imports?|exports?|backups?|scans?|quer(?:y|ies)|sessions?|threads?|polls?|polling|fetch(?:es|ing)?|downloads?|"
    r"uploads?|retr(?:y|ies)|timers?|spans?|steps?|savepoints?|messages?|streams?|snapshots?|shards?|partitions?|campaigns?|reports?)(?![\w-])).|(?<=[\w-]).){0,120}?"
)
#: A service that starts names what it starts as; a job or a request that starts does not.
_START = re.compile(
    r"(?i:\b(?:(?:re)?start(?:ing|ed)|boot(?:ing|ed)|launch(?:ing|ed)|deploy(?:ing|ed|ment)|"
    r"roll(?:ing|ed)[ -]?(?:out|back)|"
    rf"upgrad(?:ing|ed)|releas(?:ing|ed))\b{_NO_WORK}{_VERSION})"
    r"|\bStarted \w{1,80}(?:Application|Service) in \d"
)
#: A flag that “is” on was read; one that was turned on was changed.
_CONFIG = re.compile(
    r"(?i)\bconfig(?:uration)?[ _-](?:diff|change[ds]?|reload(?:ed)?|updated)\b"
    r"(?!.{0,40}\b(?:skipped|unchanged|not (?:needed|changed)|no changes?)\b)|\bsettings? changed\b|"
    r"\b(?:feature )?flag\b(?! cache)(?!.{0,60}\b(?:evaluated|resolved|checked|looked)\b).{0,60}"
    r"(?<!\bis )(?<!\bare )(?<!\bnot )(?<!\bif )\b(?:enabled|disabled|turned (?:on|off)|"
    r"set to)\b(?! for request)|"
    r"\b(?:applied|applying|running) migration\b|\bmigration\b.{0,60}\b(?:applied|completed|finished)\b"
)


@dataclass(frozen=True, slots=True)
class StartLine:
    """`told` is the line behind its time, at most SHOWN characters of it; of kind “version” what it names, and what
    lines before it name."""

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
        return max(last, key=lambda one: (RANKS.index(one.kind), len(one.told)), default=None)


#: Of what one deploy writes, the last of these tells most.
RANKS = (VERSION, "start", "configuration")


def switch_lines(switches: Iterable[Switch], lines: Sequence[str], reference: datetime | None) -> Iterator[StartLine]:
    """The lines from which on a log names another version, whose times can be read."""
    found = [(one, lines[one.line - 1][:MAX_TEXT]) for one in switches]
    data = "\n".join(line for _, line in found).encode("utf-8", "surrogatepass")
    for record in read_log([data], reference=reference).records if found else ():
        if record.at is not None:
            one = found[record.line_no - 1][0]
            yield StartLine(one.line, datetime.fromtimestamp(record.at, UTC), VERSION, one.told[:SHOWN])


def start_lines(lines: Iterable[tuple[int, str]], reference: datetime | None) -> Iterator[StartLine]:
    """The start lines of a log, of numbered lines, whose times can be read."""
    found: list[tuple[int, str, str]] = []
    for number, line in lines:
        if kind := kind_of(line):
            found.append((number, line[:MAX_TEXT], kind))
    found = _seldom(found)[-MAX_STARTS:]
    data = "\n".join(line for _, line, _ in found).encode("utf-8", "surrogatepass")
    for record in read_log([data], reference=reference).records:
        number, line, kind = found[record.line_no - 1]
        if record.at is not None:
            yield StartLine(number, datetime.fromtimestamp(record.at, UTC), kind, _behind_time(line))


def _seldom(found: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Without the earlier ones of a wording that comes so often that it is everyday work."""
    counts: Counter[str] = Counter()
    kept = []
    for one in reversed(found):
        wording = _DIGITS.sub("#", one[1])
        counts[wording] += 1
        if counts[wording] <= MOST_ALIKE:
            kept.append(one)
    return kept[::-1]


def kind_of(line: str) -> str:
    """“configuration” or “start”, or "" for every other line."""
    head = line[:MAX_TEXT]
    small = head.casefold()
    if not any(hint in small for hint in HINTS):
        return ""
    return "configuration" if _CONFIG.search(head) else "start" if _START.search(head) else ""


_DIGITS = re.compile(r"\d+")
_STAMP = re.compile(r"^\W?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S{0,14}\s{0,3}")


def _behind_time(line: str) -> str:
    return " ".join(_STAMP.sub("", line).split())[:SHOWN]
