"""What a log says about itself: format, share that was read, times, gaps, first error, ids."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sevline.core.finding import Evidence, Gathered, Given
from sevline.core.readers.onsets import OnsetTold
from sevline.core.readers.servicelines import Told


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence between two records; `line` is the record after it."""

    line: int
    first: datetime
    last: datetime

    @property
    def seconds(self) -> float:
        return (self.last - self.first).total_seconds()


#: A pause is silence when it is more than so many times the usual and, in seconds, long enough to notice.
TIMES_USUAL, LEAST_SILENCE = 5, 10.0
#: Records from which on what is usual in a log can be told.
ENOUGH_RECORDS = 5


@dataclass(frozen=True, slots=True)
class LogFacts(OnsetTold):
    """One log. `parsed` of `count` records had a header that was read. `usual_gap` is the 99th percentile, in a short
    log the median, of the seconds between two records. `errors` are line and time of each record at error level, at
    most 10,000; `ids` are the trace and request ids that stand in it, at most 20,000, each with its first line.
    `services` are those that its lines name, by version, at most 200."""

    artifact: str
    format: str
    count: int
    parsed: int
    zone_unknown: int
    first: datetime | None = None
    last: datetime | None = None
    unparsed_line: int = 0
    usual_gap: float = 0.0
    gaps: tuple[Gap, ...] = ()
    errors: tuple[tuple[int, datetime], ...] = ()
    ids: tuple[tuple[str, int], ...] = ()
    services: tuple[Told, ...] = ()

    def cite(self, line: int, observed: str, expected: str = "") -> Evidence:
        return Evidence(self.artifact, f"{max(line, 1)}:1", observed, expected)


@dataclass(frozen=True)
class AllLogs(Gathered):
    """All logs that were given together: what one of them lacks, another may say."""

    what = LogFacts.what
    how = LogFacts.how
    parts: ClassVar[tuple[type[Given], ...]] = (LogFacts,)
    needs: ClassVar[type[Given]] = LogFacts

    given: tuple[Given, ...]

    @property
    def logs(self) -> tuple[LogFacts, ...]:
        return tuple(part for part in self.given if isinstance(part, LogFacts))
