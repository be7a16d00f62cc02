"""What a log says about itself, by one pass over its records."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from sevline.core.finding import Given
from sevline.core.readers.logfacts import ENOUGH_RECORDS, LEAST_SILENCE, TIMES_USUAL, Gap, LogFacts
from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.logs.record import LogRecord
from sevline.core.readers.reader import Form, Source, reader
from sevline.core.readers.servicelines import ERROR_LEVELS, Services

MAX_LINES, MAX_ERRORS, MAX_IDS, MAX_GAPS = 200_000, 10_000, 20_000, 50
LEAST_TIMED = 0.5
IDS = re.compile(
    rb"(?i)(?:trace[_-]?id|request[_-]?id|correlation[_-]?id|req[_-]?id)\W{1,4}([0-9a-z][0-9a-z_.:-]{5,63})|"
    rb"\b00-([0-9a-f]{32})-[0-9a-f]{16}-"
)
#: Records before a pause, without which nobody knows that the log used to speak.
SAID_BEFORE = 3


@reader("log-facts", Form.LINES)
def log_facts(source: Source, lines: list[str]) -> Iterator[Given]:
    """Format, times, gaps, first error and ids of a log"""
    if _is_table(lines):
        return
    data = "\n".join(lines[:MAX_LINES]).encode("utf-8", "surrogatepass")
    reading = read_log([data], reference=source.reference)
    scan = _Scan()
    for record in reading.records:
        scan.take(record)
    if not scan.is_log(reading.count):
        return
    times = sorted(scan.times)
    usual, gaps = _gaps(times)
    unread = reading.by_format.get("plain", 0)  # records that no format knew
    yield LogFacts(
        source.artifact,
        reading.detection.format,
        reading.count,
        reading.count - unread,
        reading.zone_unknown,
        first=_moment(times[0][0]),
        last=_moment(times[-1][0]),
        unparsed_line=scan.unparsed,
        usual_gap=usual,
        gaps=gaps,
        errors=tuple(scan.errors),
        ids=tuple(scan.ids.items()),
        services=tuple(scan.services.found.values()),
    )


def _is_table(lines: list[str]) -> bool:
    """Whether a line of names stands above lines with as many separators: a table, whose rows have times too."""
    head = next((line for line in lines[:3] if line.strip()), "")
    mark = max(",;\t", key=head.count)
    parts = head.count(mark)
    if not parts or any(letter.isdigit() for letter in head.split(mark)[0]):
        return False
    body = [line for line in lines[1:41] if line.strip()]
    return 10 * sum(line.count(mark) == parts for line in body) >= 9 * len(body)


class _Scan:
    """What is kept of the records as they pass."""

    def __init__(self) -> None:
        self.times: list[tuple[float, int]] = []
        self.errors: list[tuple[int, datetime]] = []
        self.ids: dict[str, int] = {}
        self.services = Services()
        self.unparsed = 0
        self.levels = 0

    def is_log(self, count: int) -> bool:
        """Whether so many records are a log: of a few each has a time, and a single one a level too."""
        if count >= ENOUGH_RECORDS:
            return len(self.times) >= LEAST_TIMED * count
        return len(self.times) == count > 0 and (count > 1 or self.levels > 0)

    def take(self, record: LogRecord) -> None:
        self.services.take(record)
        if record.at is None:
            self.unparsed = self.unparsed or record.line_no
        else:
            self.times.append((record.at, record.line_no))
            self.levels += bool(record.level)
            if (record.level or "").casefold() in ERROR_LEVELS and len(self.errors) < MAX_ERRORS:
                self.errors.append((record.line_no, _moment(record.at)))
        if len(self.ids) < MAX_IDS:
            for found in IDS.finditer(record.shown or record.message):
                self.ids.setdefault((found[1] or found[2]).decode("ascii", "replace").lower(), record.line_no)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _gaps(times: list[tuple[float, int]]) -> tuple[float, tuple[Gap, ...]]:
    """The usual pause (99th percentile), and the silences, longest first."""
    pauses = [(later - earlier, earlier, later, line) for (earlier, _), (later, line) in pairwise(times)]
    if len(times) < ENOUGH_RECORDS:
        return 0.0, ()
    lengths = sorted(pause for pause, *_ in pauses)
    usual = (
        lengths[min(len(lengths) - 1, int(0.99 * len(lengths)))] if len(lengths) >= 100 else lengths[len(lengths) // 2]
    )
    # What says little at first, such as that it started, is not silent until its work comes.
    long = [pause for pause in pauses[SAID_BEFORE - 1 :] if pause[0] > max(TIMES_USUAL * usual, LEAST_SILENCE)]
    long.sort(key=lambda pause: -pause[0])
    return usual, tuple(Gap(line, _moment(earlier), _moment(later)) for _, earlier, later, line in long[:MAX_GAPS])
